import { describe, expect, test } from 'vitest'
import { appointment, event, order, PEOPLE, told } from '../../story.ts'

const UNTIL = '2026-06-01T00:00:00Z'
const sheet = (at: string, attendance: string, more: Record<string, unknown> = {}) =>
  event(at, 'contact-sheet.submitted', {
    ...{ orderId: 'O-1', appointmentId: 'A-1', attendance, nextAppointment: 'none-booked' },
    ...{ progress: [], by: 'C-CM', ...more },
  })
const booked = [...PEOPLE, order(), appointment('2026-03-09T14:00')]

describe('ATR-26: a safe way home for somebody who came intoxicated', () => {
  test('asked at once, when the sheet does not say', async () => {
    const story = [...booked, sheet('2026-03-09T14:20', 'attended-intoxicated')]
    expect(await told('ATR-26', story, UNTIL)).toEqual(['2026-03-09 14:20 asked case-manager C-CM'])
  })

  test.each([
    ['the sheet says it', sheet('2026-03-09T14:20', 'attended-intoxicated', { safeWayHome: true })],
    ['they attended', sheet('2026-03-09T14:20', 'attended')],
  ])('not when %s', async (_, one) => {
    expect(await told('ATR-26', [...booked, one], UNTIL)).toEqual([])
  })
})

describe('GATE-18: somebody is in touch in the days after treatment', () => {
  const ended = event('2026-03-10T16:00', 'treatment.ended', { orderId: 'O-1', on: '2026-03-10' })

  test('asked three days after, and again two working days later', async () => {
    expect(await told('GATE-18', [...booked, ended], UNTIL)).toEqual([
      '2026-03-13 09:00 contact case-manager C-CM',
      '2026-03-17 09:00 contact case-manager C-CM',
    ])
  })

  test('recorded in between: not again', async () => {
    const recorded = event('2026-03-14T10:00', 'aftercare.recorded', {
      orderId: 'O-1',
      on: '2026-03-14',
      by: 'C-CM',
    })
    expect(await told('GATE-18', [...booked, ended, recorded], UNTIL)).toEqual([
      '2026-03-13 09:00 contact case-manager C-CM',
    ])
  })
})
