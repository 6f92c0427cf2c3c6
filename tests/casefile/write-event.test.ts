import { describe, expect, test } from 'vitest'
import { exampleOf, PUBLISHED } from '../../infra/contract/examples.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import { writeEvent } from '../../shared/casefile/write-event.ts'

/** An event that is written out is, read again, the event that it was: under its id nothing else would be taken in. */

const LATER = londonTime('2027-12-31', '12:00')
const eventIn = (written: object) => {
  const reading = readEvent(JSON.stringify(written), LATER)
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event
}
const keptOf = (event: object) => JSON.parse(JSON.stringify(event))

describe.each(PUBLISHED)('%s', (type) => {
  test('is read again as it was kept', () => {
    const event = eventIn(exampleOf(type))
    const again = eventIn(writeEvent(keptOf(event)))
    expect(again).toEqual(event)
    expect(digestOf(again)).toBe(digestOf(keptOf(event)))
  })
})

test('so is every event of the sample caseload, with fields that nobody knows and times to the nanosecond', () => {
  for (const told of sampleCaseload()) {
    const more = { ...told.additionalInformation, ofTheirs: { startsAt: 'soon' } }
    const occurredAt = told.occurredAt.replace(/(:\d\d)(\.\d+)?(?=[Z+-]|$)/, '$1.123456789')
    const event = eventIn({ ...told, occurredAt, additionalInformation: more })
    expect(eventIn(writeEvent(keptOf(event)))).toEqual(event)
  }
})

test('a telephone number with an extension stays that number', () => {
  const event = eventIn({
    eventType: 'throughcare.contact.updated',
    occurredAt: '2026-03-02T10:00:00Z',
    additionalInformation: { contactId: 'C-1', name: 'Alex Sample', phone: '07700 900123 ext 204' },
  })
  expect(eventIn(writeEvent(keptOf(event)))).toEqual(event)
})
