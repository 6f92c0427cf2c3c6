import { beforeAll, describe, expect, test } from 'vitest'
import { STAGES } from '../../../infra/aws/stages.ts'
import type { DeadLetter } from '../../../infra/commands/dead-letter-queue.ts'
import { type Cloud, openCloud } from '../../../infra/emulated/cloud.ts'
import { whyNoDynamoDb } from '../../../infra/emulated/dynamodb-local.ts'
import { play } from '../../../infra/emulated/play.ts'
import type { Refusal } from '../../../infra/emulated/providers.ts'
import { type Arrival, readArrival } from '../../../infra/local/arrivals.ts'
import { MINUTE_MS } from '../../../shared/calendar/london.ts'
import { readEvent } from '../../../shared/casefile/read-event.ts'
import { appointment, contact, event, order, type Told } from '../../story.ts'

/**
 * No personal data in queues, logs, metrics or dead letters. The deployed functions are given a caseload in which
 * everything that is somebody's bears a mark, and things go wrong in every way that repeats what it was given;
 * then all that they emit is searched for the marks.
 */

const MARK = /zmark|900731|960731|A7310ZM/i
const MOBILE = '07700 900731'
const CRN = { type: 'CRN', value: 'X900731' }
const NOMS = { type: 'NOMS', value: 'A7310ZM' }
const person = { personReference: { identifiers: [CRN, NOMS] } }

const marked = (contactId: string, more: Record<string, unknown> = {}) =>
  contact(contactId, {
    name: `Zmark ${contactId}`,
    email: `zmark.${contactId.toLowerCase()}@example.com`,
    phone: '01632 960731',
    ...more,
  })
const onOrder = (at: string, type: string, info: Record<string, unknown>) =>
  event(at, type, { orderId: 'O-1', ...info }, person)

/** Each address that a provider will not take, in words that repeat it. The second is none of the message's fault. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  'zmark.c-cm@example.com': {
    status: 400,
    name: 'BadRequestException',
    message: 'Illegal address: zmark.c-cm@example.com',
  },
  'zmark.c-office@example.com': {
    status: 403,
    name: 'AccessDeniedException',
    message: 'not authorized to send to <zmark.c-office@example.com>, nor to +447700900731',
  },
}

const STORY: readonly Told[] = [
  marked('C-PERSON', { email: undefined, mobile: MOBILE, prefers: 'sms', addressIsSafe: true }),
  ...['C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY', 'C-KEY', 'C-DAY', 'C-OWNER'].map((id) =>
    marked(id),
  ),
  order(),
  { ...order({ orderId: 'O-2' }), eventId: 'order.made/O-2', ...person },
  { ...appointment('2026-03-09T14:00', { with: 'C-CM', place: '7 Zmark Lane' }), ...person },
  onOrder('2026-03-06T16:00', 'appointment.rearranged', {
    appointmentId: 'A-1',
    startsAt: '2026-03-10T10:00',
    place: '8 Zmark Lane',
  }),
  onOrder('2026-03-10T11:20', 'contact-sheet.submitted', {
    appointmentId: 'A-1',
    attendance: 'did-not-attend',
    nextAppointment: 'A-2',
    progress: [{ objective: 'zmark objective', note: 'zmark note' }],
    supportNeed: 'zmark need',
    by: 'C-CM',
  }),
  event('2026-01-01T00:00', 'prison.updated', { prisonId: 'QAL', name: 'HMP Zmark', governor: 'C-GOV' }),
  event('2026-01-01T00:00', 'rota.published', {
    area: 'NORTH',
    owner: 'C-OWNER',
    shifts: [{ from: '2026-01-01T00:00', to: '2027-01-01T00:00', contactId: 'C-DAY' }],
  }),
  event(
    '2026-03-02T10:00',
    'release.planned',
    {
      ...{
        releaseId: 'R-1',
        area: 'NORTH',
        releaseOn: '2026-03-11',
        initials: 'ZMARK',
        dutyOfficer: 'C-DUTY',
      },
      keyWorker: 'C-KEY',
      prisonId: 'QAL',
      meetAt: 'the zmark gate',
      gateTime: '09:00',
    },
    person,
  ),
]

/** What no event can be made of, each for a reason of its own, and all of it somebody's. */
const REFUSED = [
  '{"name":"Zmark, cut off in the midd',
  JSON.stringify({ ...marked('C-1'), additionalInformation: { contactId: 'zmark of 7310', name: 'Zmark' } }),
  JSON.stringify({ ...marked('C-1'), occurredAt: 'zmark o’clock' }),
  JSON.stringify({ ...marked('C-1'), occurredAt: '2027-01-01T00:00:00Z' }),
  JSON.stringify({ ...marked('C-1', { language: 'zmark', absent: [{ from: 'zmark', to: 'zmark' }] }) }),
  JSON.stringify({ ...marked('C-1'), occurredAt: '2026-03-02T12:00:00+00:00[Zmark/Zmark]' }),
  JSON.stringify({ ...marked('C-1'), name: 'Zmark'.repeat(60_000) }),
  JSON.stringify({
    Type: 'Notification',
    MessageId: '1',
    Message: 'zmark',
    MessageAttributes: { eventType: { Type: 'String', Value: 'throughcare.contact.updated' } },
  }),
]

const until = Date.parse('2026-03-13T00:00:00Z')

const why = whyNoDynamoDb()
if (why) test.skip(`marked data: ${why}`)
else {
  describe('of what is somebody’s, the deployed functions', () => {
    let cloud: Cloud
    let written: string
    let letters: readonly DeadLetter[]

    beforeAll(async () => {
      let attempts = 0
      cloud = await openCloud({
        stage: STAGES.test,
        // Let in after so many attempts, or it would be tried again for ever.
        refuses: (address) =>
          address === 'zmark.c-office@example.com' && ++attempts > 5 ? undefined : REFUSALS[address],
      })
      const told = [...STORY.map((one) => JSON.stringify(one)), ...REFUSED]
      const arrivals = told.map((body, index): Arrival => {
        const read = readArrival(body, index + 1)
        return 'at' in read ? read : { line: index + 1, at: Date.parse('2026-03-02T12:00:00Z'), body }
      })
      await breakPlan(cloud)
      await play(cloud, { arrivals, until })
      await cloud.replyByText(MOBILE, 'Zmark will be late')
      await cloud.replyByText('zmark', 'x'.repeat(3_000))
      await cloud.settle(until)
      letters = await cloud.deadLetters(until)
      written = await cloud.close()
    }, PATIENCE_MS)

    test('give it to those whom they tell', () => {
      const given = cloud.taken.map(({ address, subject, text }) => `${address} ${subject} ${text}`)
      expect(given.join('\n')).toMatch(/8 Zmark Lane/)
      expect(new Set(cloud.taken.map(({ channel }) => channel))).toEqual(new Set(['email', 'sms']))
    })

    test('write nothing into a log or a metric', () => {
      const lines = written.split('\n')
      expect(lines.length).toBeGreaterThan(100)
      expect(lines.filter((line) => MARK.test(line))).toEqual([])
    })

    test('put nothing into a queue', () => {
      expect(cloud.queued().length).toBeGreaterThan(50)
      expect(cloud.queued().filter((body) => MARK.test(body))).toEqual([])
    })

    test('show nothing of a dead letter', () => {
      const about = letters.map((letter) => letter.about)
      expect(about).toEqual(expect.arrayContaining(['not understood', 'order:O-3']))
      expect(letters.map((letter) => JSON.stringify(letter)).filter((letter) => MARK.test(letter))).toEqual(
        [],
      )
    })
  })
}

/** An event that an older build let in, and of which no plan can be made. */
async function breakPlan({ store }: Cloud) {
  const reading = readEvent(JSON.stringify(order({ orderId: 'O-3' })), until)
  if (reading.is !== 'event' || reading.event.type !== 'order.made') throw new Error('expected an order')
  const { event: good } = reading
  const bad = { ...good, info: { ...good.info, sentencedOn: 'the zmark of March' } }
  // A message is tried for half an hour, and a dead letter another hour later.
  await store.takeIn('order:O-3', bad, until - 120 * MINUTE_MS)
}

const PATIENCE_MS = 240_000
