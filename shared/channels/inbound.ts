import * as z from 'zod'
import { FromSns } from './sns.ts'

/** A text message that reached us. `id` is the provider's: the same one twice is one message. */
export const Inbound = z.object({
  from: z.string().max(40),
  body: z.string().max(2_000),
  id: z.string().min(1).max(200),
  /** The number of ours that it was written to, where the provider says. */
  to: z.string().max(40).optional(),
})
export type Inbound = z.infer<typeof Inbound>

const FromEndUserMessaging = z
  .object({
    originationNumber: z.string(),
    destinationNumber: z.string().optional(),
    messageBody: z.string(),
    inboundMessageId: z.string(),
  })
  .transform(
    ({ originationNumber, destinationNumber, messageBody, inboundMessageId }): z.input<typeof Inbound> => ({
      from: originationNumber,
      to: destinationNumber,
      body: messageBody,
      id: inboundMessageId,
    }),
  )
  .pipe(Inbound)

const FromNotify = z
  .object({ source_number: z.string(), message: z.string(), id: z.string() })
  .transform(({ source_number, message, id }) => ({ from: source_number, body: message, id }))
  .pipe(Inbound)

/** Reads a text message as End User Messaging hands it over by SNS. Throws an error that names only the fields that are wrong. */
export function readInbound(body: string): Inbound {
  const { Message } = FromSns.parse(JSON.parse(body))
  const read = FromEndUserMessaging.safeParse(JSON.parse(Message))
  if (read.success) return read.data
  throw new Error(`no text message: ${read.error.issues.map(({ path }) => path.join('.')).join(', ')}`)
}

/** Reads a text message as GOV.UK Notify hands it over by its callback; undefined when it is none. */
export function readInboundOfNotify(body: unknown): Inbound | undefined {
  return FromNotify.safeParse(body).data
}
