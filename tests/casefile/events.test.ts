import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { event } from '../story.ts'

const NOW = londonTime('2026-03-10', '12:00')
const read = (body: unknown) => readEvent(typeof body === 'string' ? body : JSON.stringify(body), NOW)

const booking = {
  orderId: 'O-1',
  appointmentId: 'A-1',
  kind: 'treatment',
  startsAt: '2026-03-12T14:00',
  durationMinutes: 60,
}
const booked = (more: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) => ({
  ...event('2026-03-10T10:00:00Z', 'appointment.booked', { ...booking, ...more }),
  ...envelope,
})

describe('an event is read as the contract says', () => {
  test('bare, and in the SNS wrapper, whose MessageId names an event without an id', () => {
    const { eventId: _, ...bare } = booked()
    const wrapped = { Type: 'Notification', MessageId: 'M-1', Message: JSON.stringify(bare) }
    expect(read(wrapped)).toMatchObject({
      is: 'event',
      event: { eventId: 'M-1', type: 'appointment.booked' },
    })
  })

  test('without an id it is known by its content, whatever the order of its fields', () => {
    const { eventId: _, ...bare } = booked()
    const turned = Object.fromEntries(Object.entries(bare).reverse())
    const received = { ...bare, receivedAt: '2026-03-10T11:00:00Z' }
    const ids = [bare, turned, received].map((one) => {
      const reading = read(one)
      return reading.is === 'event' ? reading.event.eventId : reading
    })
    expect(new Set(ids).size).toBe(1)
  })

  test('without an id, other content is another event', () => {
    const ids = [booked(), booked({ startsAt: '2026-03-12T15:00' })].map(({ eventId: _, ...bare }) => {
      const reading = read(bare)
      return reading.is === 'event' ? reading.event.eventId : reading
    })
    expect(new Set(ids).size).toBe(2)
  })

  test.each([
    ['an offset', '2026-06-01T10:00:00+01:00', '2026-06-01T09:00:00.000000000Z'],
    ['Z', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000000000Z'],
    ['nanoseconds', '2026-03-02T10:00:00.123456789Z', '2026-03-02T10:00:00.123456789Z'],
    ['no offset, which means London', '2026-03-02T10:00:00.331608915', '2026-03-02T10:00:00.331608915Z'],
  ])('a moment may be written with %s', (_, occurredAt, canonical) => {
    const received = londonTime('2026-06-02', '00:00')
    const reading = readEvent(JSON.stringify(booked({}, { occurredAt })), received)
    expect(reading).toMatchObject({ event: { occurredAt: canonical } })
  })

  test('a version may be a numeric string, and unknown fields are kept', () => {
    expect(read(booked({ colour: 'blue' }, { version: '1' }))).toMatchObject({
      is: 'event',
      event: { info: { colour: 'blue' } },
    })
  })

  test('it may be forty levels deep', () => {
    const deep = `${'['.repeat(38)}${']'.repeat(38)}`
    expect(read(booked({ deep: JSON.parse(deep) }))).toMatchObject({ is: 'event' })
  })

  test('an unusable mobile leaves a contact without one; it does not refuse the event', () => {
    const reading = read(
      event('2026-03-10T10:00:00Z', 'contact.updated', { contactId: 'C-1', name: 'N', mobile: '12' }),
    )
    expect(reading).toMatchObject({ is: 'event', event: { info: { mobile: undefined } } })
  })

  test('a drama number is possible, and is read in international form', () => {
    const reading = read(
      event('2026-03-10T10:00:00Z', 'contact.updated', {
        contactId: 'C-1',
        name: 'N',
        mobile: '07700 900123',
      }),
    )
    expect(reading).toMatchObject({ event: { info: { mobile: '+447700900123' } } })
  })

  test('a type of somebody else’s is acknowledged, never an error', () => {
    expect(read({ ...booked(), eventType: 'probation.case.opened' })).toEqual({
      is: 'unknown-type',
      eventType: 'probation.case.opened',
    })
  })
})

describe('a malformed event is refused, naming the field and what was expected', () => {
  test.each([
    ['a line that is not JSON', 'hello', /not JSON/],
    ['binary rubbish', '\u0000\u0001\ufffd{', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a number', '7', /event: .*object/],
    ['sixty thousand brackets', '['.repeat(60_000), /expected at most 40 levels/],
    ['forty-one brackets', '['.repeat(41), /expected at most 40 levels/],
    ['no occurredAt', booked({}, { occurredAt: undefined }), /occurredAt: .*string/],
    ['an impossible date', booked({}, { occurredAt: '2026-02-30T10:00:00Z' }), /occurredAt: expected a date/],
    [
      'an impossible start',
      booked({ startsAt: '2026-02-30T10:00' }),
      /additionalInformation.startsAt: expected/,
    ],
    [
      'a wrong type',
      booked({ durationMinutes: 'an hour' }),
      /additionalInformation.durationMinutes: .*number/,
    ],
    ['an unknown kind', booked({ kind: 'coffee' }), /additionalInformation.kind: .*three-way/],
    ['an id with a space', booked({ orderId: 'O 1' }), /additionalInformation.orderId: expected an id/],
    ['a version that is no number', booked({}, { version: 'one' }), /version: /],
    [
      'a CRN that is none',
      booked({}, { personReference: { identifiers: [{ type: 'CRN', value: 'nope' }] } }),
      /personReference.crn: expected a CRN/,
    ],
    [
      'an event dated more than a day ahead',
      booked({}, { occurredAt: '2026-03-11T12:00:01Z' }),
      /occurredAt: expected no more than a day after its receipt/,
    ],
    [
      'a movement of nobody',
      {
        ...booked(),
        eventType: 'prison-offender-events.prisoner.released',
        additionalInformation: { reason: 'RELEASED' },
      },
      /nomsNumber: expected a prison number/,
    ],
  ])('%s', (_, body, reason) => {
    expect(read(body)).toMatchObject({ is: 'refused', reason: expect.stringMatching(reason) })
  })
})

describe('an event reaches every casefile it concerns', () => {
  const routed = (type: string, info: Record<string, unknown>, noms?: string) => {
    const personReference = { identifiers: noms ? [{ type: 'NOMS', value: noms }] : [] }
    const reading = read(event('2026-03-10T10:00:00Z', type, info, { personReference }))
    return reading.is === 'event' ? casefilesOf(reading.event) : reading
  }

  test('a booking: the order, and whoever the appointment is with', () => {
    expect(routed('appointment.booked', { ...booking, with: 'C-9' })).toEqual(['order:O-1', 'contact:C-9'])
  })

  test('a clearance: its own casefile and its prison', () => {
    const info = { clearanceId: 'CL-1', prisonId: 'MDI', on: '2026-03-01', reason: 'left' }
    expect(routed('clearance.ended', info)).toEqual(['clearance:CL-1', 'prison:MDI'])
  })

  test('a release without a prison number is known by its own id; with one, by a digest that does not show it', () => {
    const info = { releaseId: 'R-1', area: 'NORTH' }
    expect(routed('release.cancelled', info)).toEqual(['release:R-1', 'rota:NORTH'])
    const [casefile] = routed('release.cancelled', info, 'A9000AA') as string[]
    expect(casefile).toMatch(/^release:[0-9a-f]{24}$/)
  })

  test('a receipt: the casefile its noticeId begins with', () => {
    const info = { noticeId: 'order_O-1_ATR-01_day-before_A-1_202603091400_person' }
    expect(routed('notice.delivered', info)).toEqual(['order:O-1'])
  })
})
