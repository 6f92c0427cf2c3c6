import { describe, expect, test } from 'vitest'
import { appointment, contact, event, order, PEOPLE, play, short, type Told, told } from '../../story.ts'

/** What was told of an appointment is put right when it is no longer so. */

const UNTIL = '2026-05-01T00:00:00Z'
const SAFE = contact('C-PERSON', { addressIsSafe: true }, '2026-01-02T00:00')
const booked = appointment('2026-03-20T14:00', { place: '12 High Street' })
const rearranged = (at: string, more: Record<string, unknown>): Told =>
  event(at, 'appointment.rearranged', {
    ...{ orderId: 'O-1', appointmentId: 'A-1', startsAt: '2026-03-20T14:00', by: 'C-CM' },
    ...more,
  })
const toldAfter = async (story: readonly Told[], at: string, duties: RegExp) =>
  (await play([...PEOPLE, order(), ...story], UNTIL)).filter(
    (line) => line.at >= at && duties.test(line.duty) && line.outcome === 'sent',
  )
const lines = (all: Awaited<ReturnType<typeof toldAfter>>) => all.map((line) => `${line.duty} ${short(line)}`)

describe('ATR-08: the place changes', () => {
  const elsewhere = rearranged('2026-03-20T12:30', { place: '99 Low Road' })

  test('to a safe address the new place is told at once; nobody is reminded again', async () => {
    const told = await toldAfter([SAFE, booked, elsewhere], '2026-03-20T12:30', /^ATR-0[18]/)
    expect(lines(told)).toEqual([
      'ATR-08 2026-03-20 12:30 moved offender-manager C-OM',
      'ATR-08 2026-03-20 12:30 moved person C-PERSON',
    ])
    expect(told.map(({ text }) => text)).toEqual([
      expect.stringContaining('The appointment on Friday 20 March at 2pm is now at 99 Low Road.'),
      expect.stringContaining('Your appointment on Friday 20 March at 2pm is now at 99 Low Road.'),
    ])
  })

  test('to any other address no place is written: they are asked to ring, and a worker to ring them', async () => {
    const told = await toldAfter([booked, elsewhere], '2026-03-20T12:30', /^ATR-0[18]/)
    expect(lines(told)).toEqual([
      'ATR-01 2026-03-20 12:30 ring-them case-manager C-CM',
      'ATR-08 2026-03-20 12:30 moved offender-manager C-OM',
      'ATR-08 2026-03-20 12:30 moved person C-PERSON',
    ])
    const [ring, , person] = told.map(({ text }) => text)
    expect(ring).toContain('at 99 Low Road.\n\nWe write no place to an address that is not known to be safe.')
    expect(person).toContain('Please ring your worker before it.')
    expect(person).not.toContain('Road')
  })

  test('said again unchanged, or said for the first time, it is no news', async () => {
    const again = rearranged('2026-03-20T12:30', { place: '12 High Street' })
    expect(lines(await toldAfter([booked, again], '2026-03-20T12:30', /^ATR-08/))).toEqual([])
    const first = [appointment('2026-03-20T14:00'), elsewhere]
    expect(lines(await toldAfter(first, '2026-03-20T12:30', /^ATR-08/))).toEqual([])
  })

  test('a three-way that was confirmed stays confirmed at its new place', async () => {
    const meeting = appointment('2026-03-20T14:00', { kind: 'three-way', place: '12 High Street' })
    const yes = (by: string) =>
      event(`2026-03-1${by === 'C-OM' ? 0 : 1}T10:00`, 'appointment.confirmed', {
        ...{ orderId: 'O-1', appointmentId: 'A-1', by },
      })
    const story = [
      meeting,
      yes('C-OM'),
      yes('C-CM'),
      rearranged('2026-03-13T10:00', { place: '99 Low Road' }),
    ]
    expect(await told('TWM-14', [...PEOPLE, order(), ...story], UNTIL)).toEqual([])
  })
})

describe('CUS-13: an order ends with appointments ahead', () => {
  const ends = (reason: string) =>
    event('2026-03-18T10:00', 'order.ended', { orderId: 'O-1', endedOn: '2026-03-18', reason })
  const later = appointment('2026-04-20T14:00', { appointmentId: 'A-2', with: 'C-DUTY' })

  test.each(['completed', 'revoked'])(
    '%s: the person hears of those within 14 days, each worker of theirs',
    async (reason) => {
      const told = await toldAfter([booked, later, ends(reason)], '2026-03-18T10:00', /^(CUS-13|ATR)/)
      expect(lines(told)).toEqual([
        'CUS-13 2026-03-18 10:00 cancelled case-manager C-CM',
        'CUS-13 2026-03-18 10:00 cancelled offender-manager C-OM',
        'CUS-13 2026-03-18 10:00 cancelled person C-PERSON',
        'CUS-13 2026-03-18 10:00 cancelled worker C-DUTY',
      ])
      const [theirs, , person, other] = told.map(({ text = '' }) => text)
      expect(theirs).toContain('* Friday 20 March at 2pm\n* Monday 20 April at 2pm')
      expect(theirs).toContain('The person is told of those within 14 days.')
      expect(person).toContain('you do not need to come: Friday 20 March at 2pm.')
      expect(person).not.toContain('April')
      expect(other).not.toContain('20 March')
    },
  )

  test.each(['transferred', 'breached'])(
    '%s: its workers alone, asked to tell the person',
    async (reason) => {
      const told = await toldAfter([booked, ends(reason)], '2026-03-18T10:00', /^(CUS-13|ATR)/)
      expect(lines(told)).toEqual([
        'CUS-13 2026-03-18 10:00 cancelled case-manager C-CM',
        'CUS-13 2026-03-18 10:00 cancelled offender-manager C-OM',
      ])
      for (const { text } of told) expect(text).toContain('Please tell the person: we do not.')
    },
  )

  test('whoever cannot be reached is told by a worker; after a death nobody is', async () => {
    const silent = contact('C-PERSON', { email: undefined, doNotMessage: true }, '2026-01-02T00:00')
    const [first] = await toldAfter([silent, booked, ends('completed')], '2026-03-18T10:00', /^CUS-13/)
    expect(first?.text).toContain('Please tell the person: we do not.')
    expect(lines(await toldAfter([booked, ends('died')], '2026-03-18T10:00', /^CUS-13/))).toEqual([])
  })

  test('late in the evening, of an appointment before eight: its workers are asked, since the morning is too late', async () => {
    const early = appointment('2026-03-19T07:30')
    const late = event('2026-03-18T22:00', 'order.ended', {
      ...{ orderId: 'O-1', endedOn: '2026-03-18', reason: 'completed' },
    })
    const told = await toldAfter([early, late], '2026-03-18T22:00', /^CUS-13/)
    expect(lines(told)).toEqual([
      'CUS-13 2026-03-18 22:00 cancelled case-manager C-CM',
      'CUS-13 2026-03-18 22:00 cancelled offender-manager C-OM',
    ])
    for (const { text } of told) expect(text).toContain('Please tell the person: we do not.')
  })

  test('what they were sent comes back: their workers are asked then, unless it goes on by another way', async () => {
    const bounced = async (more: Record<string, unknown>) => {
      const person = contact('C-PERSON', more, '2026-01-02T00:00')
      const before = await play([...PEOPLE, order(), person, booked, ends('completed')], UNTIL)
      const noticeId = before.find(({ duty, role }) => duty === 'CUS-13' && role === 'person')?.noticeId
      const failure = { noticeId, channel: 'email', reason: 'permanent' }
      const back = event('2026-03-18T11:30', 'notice.failed', failure)
      return toldAfter([person, booked, ends('completed'), back], '2026-03-18T11:30', /^CUS-13/)
    }
    const asked = await bounced({})
    expect(lines(asked)).toEqual([
      'CUS-13 2026-03-18 11:30 cancelled case-manager C-CM',
      'CUS-13 2026-03-18 11:30 cancelled offender-manager C-OM',
    ])
    for (const { text } of asked) expect(text).toContain('Please tell the person: we do not.')
    expect(lines(await bounced({ mobile: '07700 900123' }))).toEqual([
      'CUS-13 2026-03-18 11:30 cancelled person C-PERSON',
    ])
  })
})

describe('a stay in prison', () => {
  const noms = { personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] } }
  const made = { ...order(), ...noms }
  const received: Told = {
    ...event('2026-03-12T17:30', 'x', { nomsNumber: 'A9001AA', prisonId: 'QAL', reason: 'ADMISSION' }),
    eventType: 'prison-offender-events.prisoner.received',
  }
  const second = appointment('2026-03-27T14:00', { appointmentId: 'A-2' })

  test('one call for the whole stay, and to the prison', async () => {
    const story = [...PEOPLE, made, booked, second, received]
    const sent = (await play(story, UNTIL)).filter(
      ({ step, outcome }) => step === 'ring-them' && outcome === 'sent',
    )
    expect(sent.map(short)).toEqual(['2026-03-19 09:00 ring-them case-manager C-CM'])
    expect(sent[0]?.text).toContain('Please do not ring their number: check with the prison.')
  })

  test('an order made for somebody in prison begins one', async () => {
    const inside = { ...order({ inCustody: true }), ...noms }
    expect(await told('ATR-01 day-before', [...PEOPLE, inside, booked], UNTIL)).toEqual([
      '2026-03-19 14:00 day-before person C-PERSON skipped: in-custody',
    ])
  })
})

describe('an enforceable appointment', () => {
  const enforceable = appointment('2026-03-20T14:00', { enforceable: true })
  const sheet = event('2026-03-20T15:10', 'contact-sheet.submitted', {
    ...{ orderId: 'O-1', appointmentId: 'A-1', attendance: 'did-not-attend', nextAppointment: 'none-booked' },
    ...{ progress: [], by: 'C-CM' },
  })

  test('the reminder says how to let somebody know; the update says that it was enforceable', async () => {
    const all = await toldAfter([enforceable, sheet], '2026-03-19T00:00', /^(ATR-01|FAX-01)/)
    const reminder = all.find(({ step }) => step === 'day-before')
    expect(reminder?.text).toContain('If you cannot come, please let your worker know before it.')
    expect(all.find(({ step }) => step === 'update')?.text).toContain('at 2pm (enforceable)')
  })

  test('of any other nothing is said', async () => {
    const all = await toldAfter(
      [appointment('2026-03-20T14:00'), sheet],
      '2026-03-19T00:00',
      /^(ATR-01|FAX-01)/,
    )
    for (const { text } of all) expect(text).not.toMatch(/cannot come|enforceable/)
  })
})
