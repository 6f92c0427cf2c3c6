import * as z from 'zod'
import { FromSns } from './sns.ts'

/** A text message that reached us. `id` is the provider's: the same one twice is one message. */
export const Inbound = z.object({
  from: z.string().max(40),
  body: z.string().max(2_000),
  id: z.string().min(1).max(200),
  /** Which of our numbers it was sent to, if the provider says. */
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

/** Parses a text message from End User Messaging by SNS. Throws an error that names only the wrong fields. */
export function readInbound(body: string): Inbound {
  const { Message } = FromSns.parse(JSON.parse(body))
  const read = FromEndUserMessaging.safeParse(JSON.parse(Message))
  if (read.success) return read.data
  throw new Error(`no text message: ${read.error.issues.map(({ path }) => path.join('.')).join(', ')}`)
}

/** Parses a text message from GOV.UK Notify's callback; undefined if it is not one. */
export function readInboundOfNotify(body: unknown): Inbound | undefined {
  return FromNotify.safeParse(body).data
}
