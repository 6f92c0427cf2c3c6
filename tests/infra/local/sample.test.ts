import { expect, test } from 'vitest'
import { sampleCaseload } from '../../../infra/local/sample/caseload.ts'
import { SAMPLE_FROM, SAMPLE_TO, type SampleEvent } from '../../../infra/local/sample/pen.ts'
import { readEvent } from '../../../shared/casefile/read-event.ts'

const caseload = sampleCaseload()
const SEEDS = [1, 2, 3, 4, 5]

const arrivalOf = ({ receivedAt, occurredAt }: SampleEvent) => {
  const written = receivedAt ?? occurredAt
  const reading = readEvent(JSON.stringify({ ...caseload[0], occurredAt: written }), Number.MAX_SAFE_INTEGER)
  return reading.is === 'event' ? reading.event.at : Number.NaN
}
const shortType = ({ eventType }: SampleEvent) => eventType.replace('throughcare.', '')

test('the same seed tells the same story, another seed another', () => {
  expect(sampleCaseload(7)).toEqual(sampleCaseload(7))
  expect(sampleCaseload()).toEqual(sampleCaseload(1))
  expect(sampleCaseload(7)).not.toEqual(sampleCaseload(8))
})

test.each(SEEDS)('every event of seed %i is one the contract accepts', (seed) => {
  for (const event of sampleCaseload(seed)) {
    expect(event).toMatchObject({ eventType: expect.any(String), occurredAt: expect.any(String) })
    expect(readEvent(JSON.stringify(event), arrivalOf(event)), JSON.stringify(event)).toMatchObject({
      is: 'event',
    })
  }
})

test('events come in the order of their arrival', () => {
  const arrivals = caseload.map(arrivalOf)
  expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b))
})

test('every type of event happens but the receipts, which only a channel can give', () => {
  expect([...new Set(caseload.map(shortType))].sort()).toMatchInlineSnapshot(`
    [
      "appointment.booked",
      "appointment.cancelled",
      "appointment.confirmed",
      "appointment.declined",
      "appointment.rearranged",
      "audit.scored",
      "breach.concluded",
      "breach.decided",
      "clearance.applied",
      "clearance.confirmed",
      "clearance.ended",
      "clearance.renewal-requested",
      "contact-sheet.read",
      "contact-sheet.submitted",
      "contact.opted-in",
      "contact.opted-out",
      "contact.updated",
      "core-programme.completed",
      "core-programme.started",
      "court-review.listed",
      "disclosure.acknowledged",
      "disclosure.flagged",
      "document.sent",
      "follow-up.recorded",
      "gate-meeting.accepted",
      "gate-meeting.closed",
      "gate-meeting.declined",
      "order.ended",
      "order.made",
      "order.varied",
      "partnership.agreed",
      "partnership.ended",
      "prison-offender-events.prisoner.received",
      "prison-offender-events.prisoner.released",
      "prison.updated",
      "prisoner-offender-search.prisoner.received",
      "prisoner-offender-search.prisoner.released",
      "release-check.completed",
      "release.cancelled",
      "release.closed",
      "release.moved",
      "release.planned",
      "release.possible",
      "rota.published",
      "sentence-plan.completed",
      "support-plan.agreed",
      "treatment.ended",
      "withdrawal.discussed",
      "withdrawal.proposed",
    ]
  `)
})

test('everybody and every prison spoken of is known from the first instant', () => {
  const first = caseload.filter((event) => event.occurredAt.startsWith(`${SAMPLE_FROM}T00:00`))
  const known = new Set(
    first.flatMap(({ additionalInformation: { contactId, prisonId } }) => [contactId, prisonId]),
  )
  const spokenOf = JSON.stringify(caseload).match(/"(C-[A-Z-]+-\d+|Q[A-Z]{2})"/g) ?? []
  const ids = [...new Set(spokenOf)].map((quoted) => quoted.slice(1, -1))
  expect(ids.filter((id) => !known.has(id))).toEqual([])
})

test('what the wire does badly is there: repeated, late, without an id, an offset or a number for a version', () => {
  const ids = caseload.flatMap(({ eventId }) => eventId ?? [])
  const ours = caseload.filter(({ eventType }) => eventType.startsWith('throughcare.'))
  expect(ids.length - new Set(ids).size).toBeGreaterThan(10)
  expect(ours.filter(({ eventId }) => !eventId).length).toBeGreaterThan(5)
  expect(caseload.filter(({ occurredAt }) => /\.\d{9}$/.test(occurredAt)).length).toBeGreaterThan(10)
  expect(caseload.filter(({ occurredAt }) => occurredAt.endsWith('Z')).length).toBeGreaterThan(10)
  expect(caseload.filter(({ version }) => version === '1').length).toBeGreaterThan(5)
  expect(
    caseload.filter((event) => event.receivedAt && event.occurredAt > SAMPLE_FROM).length,
  ).toBeGreaterThan(20)
})

test('nobody in it exists: only numbers and addresses kept for fiction', () => {
  const contacts = caseload.filter((event) => shortType(event) === 'contact.updated')
  for (const { additionalInformation: info } of contacts) {
    if (info.mobile) expect(info.mobile).toMatch(/^07700 900\d{3}$/)
    if (info.phone) expect(info.phone).toMatch(/^01632 960\d{3}$/)
    if (info.email) expect(info.email).toMatch(/@example\.(com|org)$/)
  }
})

test('nothing happens after the nine months but what was then still to come', () => {
  expect(arrivalOf(caseload.at(-1) as SampleEvent)).toBeLessThan(Date.parse(`${SAMPLE_TO}T23:00:00Z`))
  expect(new Set(caseload.map(({ description }) => description)).size).toBeGreaterThan(90)
})
