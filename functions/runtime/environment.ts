import * as z from 'zod'

const name = z.string().min(1)
/** Parsed as JSON only: the schema of its content is loaded only where it is needed. */
const json = z.string().transform((written): unknown => JSON.parse(written))

/** All environment variables of functions. Infra sets them by these names and handlers read them. */
const VARIABLES = {
  TABLE: name,
  /** The queue that the function reads. */
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
  /** The number that calls; empty if the stage has none. */
  CALL_FROM: z.string(),
  /** E-mails and text messages that this process may send per second. */
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
  /** The port of Lambda's extension for secrets; the name is the extension's. */
  PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z.coerce.number().int(),
}

export type Variable = keyof typeof VARIABLES
export type Environment = { readonly [Name in Variable]: z.infer<(typeof VARIABLES)[Name]> }

/**
 * The named variables of this process, each in its own type. Throws before anything runs if any are missing or wrong,
 * naming them all.
 */
export function variables<Name extends Variable>(...names: readonly Name[]): Pick<Environment, Name> {
  return readEnvironment(process.env, names)
}

/** The same for any environment. */
export function readEnvironment<Name extends Variable>(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
): Pick<Environment, Name> {
  const shape = Object.fromEntries(names.map((one) => [one, VARIABLES[one]]))
  return z.object(shape).parse(env) as Pick<Environment, Name>
}
