import * as z from 'zod'

const name = z.string().min(1)
/** Read as it was written: only those who need it load the schema of what it says. */
const json = z.string().transform((written): unknown => JSON.parse(written))

/** Everything a function may be told by its environment. Infra sets these names and handlers read them. */
const VARIABLES = {
  TABLE: name,
  /** The queue that a function reads. */
  QUEUE_URL: z.url(),
  /** Where all events come in. */
  EVENTS_QUEUE_URL: z.url(),
  WAKE_QUEUE_URL: z.url(),
  RELEASE_WAKE_QUEUE_URL: z.url(),
  STAGE: name,
  CHANNELS: json,
  EMAIL_FROM: name,
  EMAIL_CONFIGURATION_SET: name,
  TEXT_FROM: name,
  TEXT_CONFIGURATION_SET: name,
  /** The number that calls; empty where the stage has none. */
  CALL_FROM: z.string(),
  /** How many e-mails and text messages this process may send in a second. */
  EMAILS_PER_SECOND: z.coerce.number().positive(),
  TEXTS_PER_SECOND: z.coerce.number().positive(),
  GO_LIVE: z.iso.datetime({ offset: true }).transform((written) => Date.parse(written)),
  ADDRESS: z.url(),
  LETTERHEADS: json,
  BUILD: name,
  LINK_KEY_SECRET: name,
  NOTIFY_SECRET: name,
  OUR_EVENTS_TOPIC: name,
  DUTY_MODES_PARAMETER: name,
  BANK_HOLIDAYS_PARAMETER: name,
  BANK_HOLIDAYS_FEED: z.url(),
  SESSION_KEY_SECRET: name,
  CLIENT_SECRET: name,
  CALLBACK_TOKEN_SECRET: name,
  SIGN_IN: json,
  SENDERS: json,
  /** Where Lambda's extension for secrets listens; its own name. */
  PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z.coerce.number().int(),
}

export type Variable = keyof typeof VARIABLES
export type Environment = { readonly [Name in Variable]: z.infer<(typeof VARIABLES)[Name]> }

/**
 * The variables of this process that are named, each in its own type. Throws before anything runs where one is missing
 * or wrong, and says so of all of them at once.
 */
export function variables<Name extends Variable>(...names: readonly Name[]): Pick<Environment, Name> {
  return readEnvironment(process.env, names)
}

/** The same of any environment. */
export function readEnvironment<Name extends Variable>(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
): Pick<Environment, Name> {
  const shape = Object.fromEntries(names.map((one) => [one, VARIABLES[one]]))
  return z.object(shape).parse(env) as Pick<Environment, Name>
}
