import * as z from 'zod'
import { address, email, flag, id, line, list, localDate, mobile, phone } from './fields.ts'

const channel = z.enum(['email', 'sms'])
const wish = z.object({
  contactId: id,
  channel: z.enum(['email', 'sms', 'all']),
  /** The number or address it was said from: the wish applies to everybody reached there. */
  address: address.optional(),
})

/** About an order or a release, whichever it names. */
const ofEither = z.object({ orderId: id.optional(), releaseId: id.optional() })
const namingOne = <Named extends z.ZodType<z.infer<typeof ofEither>>>(event: Named) =>
  event
    .refine(
      ({ orderId, releaseId }) => (orderId === undefined) !== (releaseId === undefined),
      'expected an orderId or a releaseId',
    )
    .meta({ oneOf: [{ required: ['orderId'] }, { required: ['releaseId'] }] })
const ofReply = ofEither.extend({ contactId: id, channel, replyId: id })

/** Events about people who may be told something, and what they write and ring about. */
export const CONTACT_EVENTS = {
  'contact.updated': z.object({
    contactId: id,
    name: line,
    email: email.optional(),
    mobile: mobile.optional(),
    phone: phone.optional(),
    language: z.enum(['en', 'cy', 'both']).optional(),
    prefers: channel.optional(),
    addressIsSafe: flag.optional(),
    confirmedOn: localDate.optional(),
    doNotMessage: flag.optional(),
    absent: list(z.object({ from: localDate, to: localDate, coverContactId: id.optional() }), 200).optional(),
    /** For staff: the fields of work in which they may open casefiles from pages. */
    worksIn: list(z.enum(['probation', 'treatment', 'prison', 'release', 'service']), 5).optional(),
    by: id.optional(),
  }),
  'contact.opted-out': wish,
  'contact.opted-in': wish,
  'reply.received': namingOne(ofReply.extend({ crisis: flag.optional() })),
  'reply.read': namingOne(ofReply.partial({ contactId: true, channel: true }).extend({ by: id })),
  'contact.calendar-withdrawn': z.object({ contactId: id, by: id }),
  'contact.disowned': z.object({ contactId: id, channel, address: address.optional() }),
  'person.rung': namingOne(ofEither.extend({ by: id })),
  'release.reported': namingOne(ofEither.extend({ by: id, isOut: flag })),
}
