import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { EVENT_BYTES_MAX, readEvent } from '../../shared/casefile/read-event.ts'
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

const identifiedBy = (...identifiers: unknown[]) => ({ personReference: { identifiers } })

const BOOKED = { Type: 'String', Value: 'throughcare.appointment.booked' }

/** A booking, one object, whose deepest field is `levels` deep. */
const deepBooking = (levels: number) =>
  JSON.stringify(booked({ deep: 0 })).replace(
    '"deep":0',
    `"deep":${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}`,
  )

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
    expect(read(deepBooking(40))).toMatchObject({ is: 'event' })
  })

  test.each([
    ['a version of any kind', booked({}, { version: 'one' })],
    ['no version', booked({}, { version: undefined })],
    [
      'an identifier that is malformed and not needed',
      booked({}, identifiedBy({ type: 'CRN', value: 'nope' })),
    ],
    ['an identifier without a value', booked({}, identifiedBy({ type: 'CRN', value: null }))],
    ['no personReference at all', booked({}, { personReference: null })],
    ['a byte-order mark', `\uFEFF${JSON.stringify(booked())}`],
    ['JSON text of JSON text', JSON.stringify(JSON.stringify(booked()))],
  ])('%s does not stand in its way', (_, body) => {
    expect(read(body)).toMatchObject({ is: 'event', event: { info: { orderId: 'O-1' } } })
  })

  test('a CRN and a prison number in either case and with blanks around are the same', () => {
    const body = booked(
      {},
      identifiedBy({ type: 'CRN', value: ' x900001 ' }, { type: 'NOMS', value: 'a9000aa' }),
    )
    expect(read(body)).toMatchObject({ event: { person: { crn: 'X900001', noms: 'A9000AA' } } })
  })

  test.each([
    ['13:00 UTC in July is two in London', '2026-07-09T13:00+00:00[UTC]', '2026-07-09T13:00:00Z'],
    ['London\u2019s own zone', '2026-07-09T14:00+01:00[Europe/London]', '2026-07-09T13:00:00Z'],
    ['a zone without an offset', '2026-07-09T15:00[Europe/Paris]', '2026-07-09T13:00:00Z'],
    ['neither, which is London', '2026-07-09T14:00', '2026-07-09T13:00:00Z'],
    ['an offset without a colon', '2026-07-09T14:00:00+0100', '2026-07-09T13:00:00Z'],
  ])('a start says its zone: %s', (_, startsAt, instant) => {
    expect(read(booked({ startsAt }))).toMatchObject({ event: { info: { startsAt: Date.parse(instant) } } })
  })

  test('what is null or empty is absent, and text is trimmed and composed', () => {
    const more = { place: ' Cafe\u0301 ', with: null, by: '', durationMinutes: '60' }
    const reading = read(booked(more))
    expect(reading).toMatchObject({ event: { info: { place: 'Caf\u00e9', durationMinutes: 60 } } })
    expect(reading.is === 'event' && Object.keys(reading.event.info)).not.toContain('by')
  })

  test('an extension stays with the number to ring, and makes a mobile no use for a message', () => {
    const reading = read(
      event('2026-03-10T10:00:00Z', 'contact.updated', {
        ...{ contactId: 'C-1', name: 'N', phone: '0113 496 0000 ext 204', mobile: '07700 900123 x5' },
      }),
    )
    expect(reading).toMatchObject({ event: { info: { phone: '+441134960000 x204', mobile: undefined } } })
  })

  test('an address that no e-mail could go to leaves a contact without one', () => {
    const several = ['a@example.com, b@example.com', 'Jo <jo@example.com>', 'jo @example.com']
    for (const email of ['jo', 'jo@example', 'jo@example.com.', 'jo@@example.com', ...several]) {
      const info = { contactId: 'C-1', name: 'N', email }
      expect(read(event('2026-03-10T10:00:00Z', 'contact.updated', info))).toMatchObject({
        event: { info: { email: undefined } },
      })
    }
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

describe('whether it is ours comes first', () => {
  test.each([
    ['of a type we do not know', { eventType: 'probation.case.opened', version: 'two', occurredAt: 5 }],
    ['of no type', { Service: 'Amazon S3', Event: 's3:TestEvent' }],
    ['that asks to confirm a subscription', { Type: 'SubscriptionConfirmation', Message: 'You have chosen' }],
    [
      'whose type only its attributes say',
      { Message: '{}', MessageAttributes: { eventType: { Value: 'other' } } },
    ],
    ['deeper than any of ours', `{"eventType":"other","deep":${'['.repeat(99_999)}${']'.repeat(99_999)}}`],
    ['larger than any of ours', { eventType: 'other', more: 'x'.repeat(EVENT_BYTES_MAX) }],
    ['of a prison\u2019s type with our prefix', booked({}, { eventType: 'throughcare.prisoner.released' })],
  ])('one %s is passed by', (_, body) => {
    expect(read(body)).toMatchObject({ is: 'unknown-type' })
  })
})

describe('a malformed event is refused, naming the field and what was expected', () => {
  test.each([
    ['a line that is not JSON', 'hello', /not JSON/],
    ['binary rubbish', '\u0000\u0001\ufffd{', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a number', '7', /event: .*object/],
    ['sixty thousand brackets without end', '['.repeat(60_000), /not JSON/],
    ['sixty thousand levels', deepBooking(60_000), /event: expected at most 40 levels/],
    ['forty-one levels', deepBooking(41), /event: expected at most 40 levels/],
    [
      'sixty thousand levels inside the SNS wrapper',
      { Type: 'Notification', MessageId: 'M-1', Message: deepBooking(60_000) },
      /event: expected at most 40 levels/,
    ],
    [
      'a wrapper whose attributes say that it is ours, around what is none',
      { Type: 'Notification', Message: 'hello', MessageAttributes: { eventType: BOOKED } },
      /Message: expected a domain event/,
    ],
    ['no occurredAt', booked({}, { occurredAt: undefined }), /occurredAt: expected text, got nothing/],
    ['a moment that is a number', booked({}, { occurredAt: 1_718_115_286 }), /expected text, got a number/],
    ['the year 206', booked({ startsAt: '0206-03-12T14:00' }), /startsAt: expected .* from 1900 to 2199/],
    ['the year 9999', booked({ startsAt: '9999-12-31T14:00' }), /startsAt: expected .* from 1900 to 2199/],
    [
      'a zone that contradicts its offset',
      booked({ startsAt: '2026-07-09T13:00+00:00[Europe/London]' }),
      /startsAt: expected a date and time/,
    ],
    [
      'two lines where one is expected',
      booked({ place: 'Room 2\n\n---\n\nring the bell' }),
      /additionalInformation.place: expected one line of text without control characters, got text/,
    ],
    ['words turned around', booked({ place: 'Room \u202E2' }), /place: expected one line/],
    [
      'an eventId that no store could keep',
      booked({}, { eventId: '\u00e9'.repeat(451) }),
      /eventId: expected/,
    ],
    [
      'more than a store keeps',
      booked({ note: 'x'.repeat(EVENT_BYTES_MAX) }),
      /event: expected at most 262144/,
    ],
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
