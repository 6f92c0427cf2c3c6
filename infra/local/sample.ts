import { Temporal } from 'temporal-polyfill'
import { addDays, dayOfWeek, type LocalDate } from '../../shared/calendar/london.ts'
import { workingDays } from '../../shared/calendar/working-days.ts'
import type { EventType } from '../../shared/casefile/events.ts'
import { SHIPPED_HOLIDAYS } from '../../shared/duties/rules.ts'

/**
 * A caseload to start, rehearse and test with: nine months in which nearly everything happens that can happen.
 * Nobody in it exists. It holds both clock changes, Christmas, Easter and the May bank holidays.
 *
 * Each casefile is one scenario. Its title stands here beside its id and travels as the `description` of its
 * events; its event ids are its own id and a number, so `O-1003-014` is the fourteenth thing said in O-1003.
 * The seed decides names, languages, preferences, lengths and how untidily the wire brings it all; never a story.
 */
export const SAMPLE_FROM: LocalDate = '2026-09-01'
export const SAMPLE_TO: LocalDate = '2027-05-31'

/** One domain event as the contract has it on the wire; `receivedAt` is only there when it reached us late. */
export type SampleEvent = {
  eventType: string
  version: number | string
  eventId?: string
  occurredAt: string
  receivedAt?: string
  description?: string
  personReference?: { identifiers: { type: 'CRN' | 'NOMS'; value: string }[] }
  additionalInformation: Record<string, unknown>
}

export function sampleCaseload(seed = 1): SampleEvent[] {
  const pen = newPen(seed)
  tellContacts(pen)
  tellPrisons(pen)
  tellRotas(pen)
  tellOrders(pen)
  tellClearances(pen)
  tellReleases(pen)
  return asTheWireBringsThem(pen)
}

/** London wall clock, `YYYY-MM-DDTHH:MM`. */
type Local = string
type Info = Record<string, unknown>
type Story = { key: string; title?: string; crn?: string; noms?: string }
type Written = { event: SampleEvent; type: EventType; said: Local; arrives: number }
type Pen = ReturnType<typeof newPen>

const GO_LIVE: Local = `${SAMPLE_FROM}T00:00`
const days = workingDays(SHIPPED_HOLIDAYS)

// ---------------------------------------------------------------------------------------------------- contacts

/** Everybody, by what their contact id begins with: how many of them, and at which domain. */
const CONTACTS = [
  ['C-PERSON', 28, 'example.com'],
  ['C-OM', 6, 'example.org'],
  ['C-CM', 5, 'example.org'],
  ['C-OFFICE', 2, 'example.org'],
  ['C-DUTY', 2, 'example.org'],
  ['C-PROVIDER', 2, 'example.org'],
  ['C-GOVERNOR', 7, 'example.org'],
  ['C-DEPUTY', 5, 'example.org'],
  ['C-VETTING', 6, 'example.org'],
  ['C-LEAD', 3, 'example.org'],
  ['C-HOLDER', 40, 'example.com'],
  ['C-GATE-DUTY', 3, 'example.org'],
  ['C-KEY', 6, 'example.org'],
  ['C-CALL', 9, 'example.org'],
  ['C-ROTA', 3, 'example.org'],
  ['C-SPONSOR', 3, 'example.com'],
  ['C-PEER', 3, 'example.com'],
  ['C-FAMILY', 3, 'example.com'],
] as const

const SHARED_MOBILE = '07700 900999'
const NO_ADDRESS = { email: undefined, mobile: undefined }

/** Contacts about whom there is something to know from the first day. */
const PARTICULARS: Record<string, Info> = {
  'C-PERSON-01': { addressIsSafe: true, language: 'en' },
  'C-PERSON-06': { doNotMessage: true },
  'C-PERSON-08': NO_ADDRESS,
  'C-PERSON-09': { addressIsSafe: false },
  'C-PERSON-10': { language: 'cy', addressIsSafe: true, prefers: 'sms' },
  'C-PERSON-11': { language: 'both', mobile: SHARED_MOBILE, prefers: 'sms' },
  'C-PERSON-12': { mobile: SHARED_MOBILE, prefers: 'sms', email: undefined },
  'C-OFFICE-01': { name: 'Ravensby Probation Office', phone: '01632 960101' },
  'C-OFFICE-02': { name: 'Swyddfa Brawf Glanafon', phone: '01632 960102', language: 'both' },
  'C-OM-05': { absent: [{ from: '2026-11-09', to: '2026-11-20', coverContactId: 'C-OM-06' }] },
  'C-OM-06': { absent: [{ from: '2027-01-18', to: '2027-01-22' }] },
  'C-CM-04': { absent: [{ from: '2026-11-09', to: '2026-11-20' }] },
  'C-CM-05': { absent: [{ from: '2026-11-16', to: '2026-11-20', coverContactId: 'C-CM-01' }] },
  'C-GOVERNOR-03': { absent: [{ from: '2026-11-16', to: '2026-12-04' }] },
  'C-GOVERNOR-04': NO_ADDRESS,
  'C-VETTING-06': { absent: [{ from: '2027-02-15', to: '2027-02-26', coverContactId: 'C-VETTING-05' }] },
  'C-GATE-DUTY-01': { phone: '01632 960201' },
  'C-GATE-DUTY-02': { phone: '01632 960202' },
  'C-KEY-06': { absent: [{ from: '2026-11-23', to: '2026-11-27', coverContactId: 'C-KEY-04' }] },
  'C-CALL-06': NO_ADDRESS,
  'C-CALL-09': { language: 'cy' },
}

/** What becomes known about contacts later on. */
const LATER_PARTICULARS: [said: Local, contact: string, changes: Info][] = [
  ['2026-10-01T09:00', 'C-PERSON-25', { prefers: 'email', email: 'a.new.address@example.com' }],
  ['2026-12-14T19:30', 'C-KEY-05', { absent: [{ from: '2026-12-15', to: '2026-12-18' }] }],
  ['2027-01-11T12:00', 'C-ROTA-03', NO_ADDRESS],
]
const OPTED: [said: Local, contact: string, inOrOut: 'in' | 'out', channel: string][] = [
  ['2026-09-16T10:00', 'C-PERSON-07', 'out', 'all'],
  ['2026-10-20T10:00', 'C-PERSON-10', 'out', 'sms'],
  ['2026-11-24T10:00', 'C-PERSON-10', 'in', 'sms'],
  ['2026-09-02T10:00', 'C-PEER-02', 'out', 'all'],
]

function tellContacts(pen: Pen) {
  const known = new Map<string, Info>()
  for (const [prefix, count, domain] of CONTACTS) {
    for (let n = 1; n <= count; n++) {
      const contactId = `${prefix}-${padded(n)}`
      const name = `${pen.pick(FIRST_NAMES)} ${pen.pick(LAST_NAMES)}`
      known.set(contactId, {
        contactId,
        name,
        email: `${name.toLowerCase().replace(' ', '.')}.${n}@${domain}`,
        mobile: pen.nextMobile(),
        prefers: pen.pick(['email', 'sms', undefined]),
        language: pen.pick(['en', 'en', 'en', undefined, 'both']),
        ...(prefix === 'C-PERSON' && { addressIsSafe: pen.pick([true, true, false]) }),
        ...PARTICULARS[contactId],
      })
    }
  }
  for (const [contactId, info] of known) pen.write({ key: contactId }, 'contact.updated', GO_LIVE, info)
  for (const [said, contactId, changes] of LATER_PARTICULARS) {
    pen.write({ key: contactId }, 'contact.updated', said, { ...known.get(contactId), ...changes })
  }
  for (const [said, contactId, inOrOut, channel] of OPTED) {
    pen.write({ key: contactId }, `contact.opted-${inOrOut}`, said, { contactId, channel })
  }
}

// ----------------------------------------------------------------------------------------------------- prisons

const PRISONS: [prisonId: string, title: string, info: Info][] = [
  [
    'QAL',
    'the governor changes on 1 December',
    { name: 'HMP Aldermoor', sector: 'public', deputy: 'C-DEPUTY-01' },
  ],
  ['QBR', 'private, with a Director', { name: 'HMP Brackenhurst', sector: 'private', deputy: 'C-DEPUTY-02' }],
  ['QCW', 'the governor is away', { name: 'HMP Carr Water', sector: 'public', deputy: 'C-DEPUTY-03' }],
  ['QDN', 'no address of the governor', { name: 'HMP Dunlow', sector: 'public', deputy: 'C-DEPUTY-04' }],
  ['QEM', 'sector unknown', { name: 'HMP Emlyn Vale', deputy: 'C-DEPUTY-05', phone: '01632 960305' }],
  ['QFM', 'no deputy; vetting contact away', { name: 'HMP Fenmarsh', sector: 'public' }],
]
/** Each with an anniversary inside the nine months. */
const PARTNERSHIPS: [prisonId: string, title: string, agreedOn: LocalDate, lead?: string][] = [
  ['QAL', 'nobody agrees it again', '2025-12-01', 'C-LEAD-01'],
  ['QBR', 'agreed again half-way down the ladder', '2025-12-15', 'C-LEAD-01'],
  ['QCW', 'ended before its anniversary', '2026-02-28', 'C-LEAD-02'],
  ['QDN', 'anniversary on Christmas Day', '2025-12-25', 'C-LEAD-03'],
  ['QEM', 'anniversary on Easter Monday, no lead', '2026-03-29'],
]

function tellPrisons(pen: Pen) {
  PRISONS.forEach(([prisonId, title, info], index) => {
    const governor = `C-GOVERNOR-${padded(index + 1)}`
    const prison = { prisonId, governor, vettingContact: `C-VETTING-${padded(index + 1)}`, ...info }
    pen.write({ key: prisonId, title }, 'prison.updated', GO_LIVE, prison)
    if (prisonId !== 'QAL') return
    pen.write({ key: prisonId, title }, 'prison.updated', '2026-12-01T09:00', {
      ...prison,
      governor: 'C-GOVERNOR-07',
    })
  })
  const write = (type: EventType, prisonId: string, on: LocalDate, title: string, partnershipLead?: string) =>
    pen.write({ key: prisonId, title }, type, `${on}T12:00`, { prisonId, on, partnershipLead })
  for (const [prisonId, title, agreedOn, lead] of PARTNERSHIPS) {
    write('partnership.agreed', prisonId, agreedOn, title, lead)
  }
  write('partnership.agreed', 'QBR', '2026-10-30', 'agreed again half-way down the ladder', 'C-LEAD-01')
  write('partnership.ended', 'QCW', '2027-01-15', 'ended before its anniversary')
}

// ------------------------------------------------------------------------------------------------------- rotas

/** Three people take turns in each area; on Mondays and Fridays a second one is on call by day. */
const AREAS = [
  {
    area: 'NORTH',
    owner: 'C-ROTA-01',
    dutyOfficer: 'C-GATE-DUTY-01',
    callers: ['C-CALL-01', 'C-CALL-02', 'C-CALL-03'],
  },
  {
    area: 'MOORS',
    owner: 'C-ROTA-02',
    dutyOfficer: 'C-GATE-DUTY-02',
    callers: ['C-CALL-04', 'C-CALL-05', 'C-CALL-06'],
  },
  {
    area: 'COAST',
    owner: 'C-ROTA-03',
    dutyOfficer: 'C-GATE-DUTY-03',
    callers: ['C-CALL-07', 'C-CALL-08', 'C-CALL-09'],
  },
] as const
/** Days on which, from the evening before, nobody is on call. The first stays so; the second is filled in time. */
const ROTA_GAPS: [area: string, on: LocalDate, filled?: Local][] = [
  ['COAST', '2027-02-10'],
  ['MOORS', '2027-04-15', '2027-04-13T11:00'],
]

/** Night, day and perhaps a second by day; the night of a day begins on the evening before it. */
function shiftsOf({ callers }: { callers: readonly string[] }, day: LocalDate) {
  const turn = Math.floor(Temporal.PlainDate.from(day).since(SAMPLE_FROM).days / 2)
  const caller = (after: number) => callers[(turn + after) % callers.length] ?? ''
  const daytime = { from: `${day}T08:00`, to: `${day}T20:00` }
  const night = { from: `${addDays(day, -1)}T20:00`, to: daytime.from, contactId: caller(0) }
  const second = [1, 5].includes(dayOfWeek(day)) ? [{ ...daytime, contactId: caller(2) }] : []
  return [night, { ...daytime, contactId: caller(1) }, ...second]
}

function tellRotas(pen: Pen) {
  const isGap = (area: string, day: LocalDate) =>
    ROTA_GAPS.some(([where, on]) => where === area && on === day)
  for (const whose of AREAS) {
    const { area, owner } = whose
    const publish = (said: Local, days: LocalDate[], title: string) => {
      const shifts = days.flatMap((day) => shiftsOf(whose, day))
      pen.write({ key: `ROTA-${area}`, title }, 'rota.published', said, { area, owner, shifts })
    }
    for (let month = SAMPLE_FROM; month < SAMPLE_TO; month = firstOfNextMonth(month)) {
      const said = month === SAMPLE_FROM ? GO_LIVE : `${addDays(month, -11)}T10:00`
      const covered = daysFrom(month).filter((day) => !isGap(area, day))
      publish(said, covered, 'a month, published eleven days before it')
    }
    for (const [where, on, filled] of ROTA_GAPS) {
      if (where === area && filled) publish(filled, daysFrom(on), 'a gap, filled in time')
    }
  }
}

// ------------------------------------------------------------------------------------------------------ orders

type Appointment = { appointmentId: string; startsAt: Local; durationMinutes: number; kind: string }
type Order = ReturnType<typeof orderTeller>

/** The ways of telling what happens on one order. */
function orderTeller(pen: Pen, orderId: string, title: string) {
  const n = Number(orderId.slice(-2))
  const story: Story = { key: orderId, title, crn: `X9${padded(n, 5)}` }
  const parties = { offenderManager: `C-OM-0${1 + (n % 4)}`, caseManager: `C-CM-0${1 + (n % 3)}` }
  let booked = 0

  const say = (said: Local, type: EventType, info: Info = {}, receivedAt?: Local) =>
    pen.write(story, type, said, { orderId, ...info }, receivedAt)

  const book = (said: Local, startsAt: Local, kind = 'treatment', more: Info = {}): Appointment => {
    const appointmentId = `A-${orderId.slice(2)}-${++booked}`
    const durationMinutes = kind === 'group' ? 90 : pen.pick([45, 50, 60])
    const worker = kind === 'supervision' ? parties.offenderManager : parties.caseManager
    const details = { kind, startsAt, durationMinutes, place: pen.pick(PLACES), with: worker, by: worker }
    say(said, 'appointment.booked', { appointmentId, ...details, ...more })
    return { appointmentId, startsAt, durationMinutes, kind }
  }
  const sheet = (said: Local, { appointmentId }: Appointment, more: Info = {}, receivedAt?: Local) => {
    const progress = [{ objective: pen.pick(OBJECTIVES), note: pen.pick(PROGRESS) }]
    const usual = {
      attendance: 'attended',
      nextAppointment: 'none-booked',
      progress,
      by: parties.caseManager,
    }
    say(said, 'contact-sheet.submitted', { appointmentId, ...usual, ...more }, receivedAt)
  }
  const read = (said: Local, { appointmentId }: Appointment) =>
    say(said, 'contact-sheet.read', { appointmentId, by: parties.offenderManager })

  /** It took place; the contact sheet came soon and was read on the next working day. */
  const attend = (appointment: Appointment, more: Info = {}) => {
    if (appointment.kind === 'supervision') return
    sheet(afterEnd(appointment, 15 + pen.upTo(60)), appointment, more)
    read(`${days.after(appointment.startsAt.slice(0, 10), 1)}T09:40`, appointment)
  }
  return {
    workers: parties,
    say,
    book,
    sheet,
    read,
    attend,
    made: (sentencedOn: LocalDate, { offenderManager, caseManager, ...particulars }: Info = {}) => {
      if (offenderManager) parties.offenderManager = String(offenderManager)
      if (caseManager) parties.caseManager = String(caseManager)
      const place = particulars.wales ? '02' : '01'
      say(`${sentencedOn}T15:00`, 'order.made', {
        sentencedOn,
        lengthMonths: 12,
        requirementMonths: 6,
        person: `C-PERSON-${padded(n)}`,
        ...parties,
        probationOffice: `C-OFFICE-${place}`,
        dutyOfficer: `C-DUTY-${place}`,
        provider: `C-PROVIDER-${place}`,
        seriousness: 'medium',
        offenderManagementTier: 3,
        ...particulars,
      })
    },
    ended: (endedOn: LocalDate, reason: string) =>
      say(`${endedOn}T12:00`, 'order.ended', { endedOn, reason }),
    move: (said: Local, appointment: Appointment, startsAt: Local, more: Info = {}, receivedAt?: Local) => {
      appointment.startsAt = startsAt
      const info = { appointmentId: appointment.appointmentId, startsAt, by: parties.caseManager, ...more }
      say(said, 'appointment.rearranged', info, receivedAt)
    },
    cancel: (said: Local, { appointmentId }: Appointment, by = parties.caseManager) =>
      say(said, 'appointment.cancelled', { appointmentId, by }),
    answer: (said: Local, { appointmentId }: Appointment, answer: 'confirmed' | 'declined', by: string) =>
      say(said, `appointment.${answer}`, { appointmentId, by }),
    /** Weekly appointments, each attended, and the next one booked as the one before it ends. */
    weekly: (said: Local, first: Local, weeks: number, kind = 'treatment') => {
      let appointment = book(said, first, kind)
      for (let week = 1; week < weeks; week++) {
        const day = days.onOrAfter(addDays(first.slice(0, 10), 7 * week))
        const next = book(afterEnd(appointment, 5), `${day}${first.slice(10)}`, kind)
        attend(appointment, { nextAppointment: next.appointmentId })
        appointment = next
      }
      attend(appointment)
    },
    /** A three-way meeting that both workers confirm and all attend. */
    meet: (said: Local, startsAt: Local, more: Info = {}) => {
      const meeting = book(said, startsAt, 'three-way', more)
      const { appointmentId } = meeting
      for (const by of Object.values(parties)) {
        say(later(said, 90), 'appointment.confirmed', { appointmentId, by })
      }
      attend(meeting)
    },
    send: (said: Local, ...documents: string[]) => {
      for (const document of documents) say(said, 'document.sent', { document })
    },
    /** Something the offender manager or the case manager says of the whole order. */
    flag: (said: Local, type: EventType, by: keyof typeof parties = 'caseManager') =>
      say(said, type, { by: parties[by] }),
    /** Something that was so on the day it is said. */
    note: (said: Local, type: EventType, more: Info = {}) =>
      say(said, type, { on: said.slice(0, 10), ...more }),
  }
}

const FIRST_PAPERS = ['court-order', 'pre-sentence-report', 'risk-assessment', 'outline-plan']

/** A person whom no message reaches: with each booking, move and cancellation somebody must ring them. */
function appointmentsOfSomebodyToRing(o: Order, particulars: Info) {
  o.made('2026-09-17', particulars)
  o.send('2026-09-18T09:30', ...FIRST_PAPERS)
  o.weekly('2026-09-18T11:00', '2026-09-24T14:00', 8)
  const moved = o.book('2026-11-16T10:00', '2026-11-26T10:00')
  o.move('2026-11-24T15:00', moved, '2026-11-27T15:00')
  o.attend(moved)
  o.cancel('2026-12-09T15:00', o.book('2026-11-30T10:00', '2026-12-10T10:00'))
  o.weekly('2026-12-10T12:00', '2026-12-17T10:00', 3)
}

function anOrdinaryAutumn(o: Order, particulars: Info) {
  o.made('2026-09-22', particulars)
  o.send('2026-09-24T09:30', ...FIRST_PAPERS)
  o.meet('2026-09-23T11:00', '2026-09-28T10:00')
  o.weekly('2026-09-28T11:00', '2026-10-07T17:30', 14)
}

function tellOrders(pen: Pen) {
  const order = (orderId: string, title: string, tell: (o: Order) => void) =>
    tell(orderTeller(pen, orderId, title))

  order('O-1001', 'everything goes well, to completion', (o) => {
    o.made('2026-09-07', { seriousness: 'low', lengthMonths: 6, commenceBy: '2026-09-28' })
    o.meet('2026-09-07T16:30', '2026-09-10T10:00', { stage: 'first' })
    o.send('2026-09-08T09:30', ...FIRST_PAPERS)
    o.note('2026-09-15T15:00', 'sentence-plan.completed', { reviewOn: '2027-02-10' })
    o.send('2026-09-15T15:20', 'sentence-plan')
    o.note('2026-09-22T16:00', 'core-programme.started')
    o.weekly('2026-09-10T11:30', '2026-09-15T14:00', 24)
    o.meet('2026-11-02T10:00', '2026-12-03T10:00', { stage: 'half-way' })
    o.meet('2027-01-29T10:00', '2027-03-02T10:00', { stage: 'end' })
    o.note('2027-02-23T16:00', 'core-programme.completed')
    o.note('2027-02-23T16:10', 'audit.scored', { instrument: 'AUDIT', score: 7 })
    o.send('2027-02-24T10:00', 'completion-report')
    o.note('2027-03-02T11:30', 'treatment.ended')
    o.ended('2027-03-06', 'completed')
  })
  order('O-1002', 'nothing is done, then one session, then nothing again', (o) => {
    o.made('2026-09-08', { commenceBy: '2026-09-29' })
    o.attend(o.book('2026-11-20T10:00', '2026-11-24T14:00'))
  })
  order('O-1003', 'moved, and moved back; moved at every awkward distance', (o) => {
    o.made('2026-09-14', { seriousness: 'low' })
    o.weekly('2026-09-15T10:00', '2026-09-22T10:00', 4)
    const thereAndBack = o.book('2026-10-12T10:00', '2026-10-21T14:00')
    o.move('2026-10-14T09:00', thereAndBack, '2026-10-23T14:00')
    o.move('2026-10-16T09:00', thereAndBack, '2026-10-21T14:00')
    o.attend(thereAndBack)
    const hourBeforeItsReminder = o.book('2026-10-21T15:30', '2026-10-30T10:00')
    o.move('2026-10-28T08:15', hourBeforeItsReminder, '2026-10-29T09:00')
    o.attend(hourBeforeItsReminder)
    const twoHoursBefore = o.book('2026-10-29T11:00', '2026-11-04T12:00')
    o.move('2026-11-04T10:30', twoHoursBefore, '2026-11-04T16:00', { by: o.workers.offenderManager })
    o.attend(twoHoursBefore)
    const learntTooLate = o.book('2026-11-04T17:30', '2026-11-11T12:00')
    o.move('2026-11-10T16:00', learntTooLate, '2026-11-11T09:00', {}, '2026-11-11T13:00')
    const atNight = o.book('2026-11-11T14:00', '2026-11-19T08:30')
    o.move('2026-11-16T22:15', atNight, '2026-11-18T08:30', { place: '4 Mill Lane' })
    o.attend(atNight)
    const { appointmentId } = o.book('2026-11-18T10:00', '2026-12-02T10:00')
    const bookedAgain = { kind: 'treatment', startsAt: '2026-12-03T10:00', durationMinutes: 60 }
    o.say('2026-11-25T10:00', 'appointment.booked', { appointmentId, ...bookedAgain })
  })
  order('O-1004', 'cancelled and not rebooked for weeks; cancelled and rebooked the same morning', (o) => {
    o.made('2026-09-15', { seriousness: 'low' })
    o.weekly('2026-09-15T16:00', '2026-09-22T15:00', 3)
    o.cancel('2026-10-12T09:00', o.book('2026-10-06T16:30', '2026-10-13T15:00'))
    o.attend(o.book('2026-10-12T10:30', '2026-10-15T15:00'))
    o.cancel('2026-10-21T13:30', o.book('2026-10-15T16:30', '2026-10-21T15:00'), o.workers.offenderManager)
    o.attend(o.book('2026-12-14T10:00', '2026-12-18T10:00'))
  })
  order(
    'O-1005',
    'booked late: inside a day, inside three hours, when it had begun; over a clock change',
    (o) => {
      o.made('2026-09-21', { seriousness: 'low' })
      o.attend(o.book('2026-10-05T17:00', '2026-10-06T11:00'))
      o.attend(o.book('2026-10-13T09:00', '2026-10-13T11:30'))
      o.attend(o.book('2026-10-20T11:10', '2026-10-20T11:00'))
      o.attend(o.book('2026-10-20T12:30', '2026-10-25T10:30', 'group'))
      o.attend(o.book('2026-10-25T12:30', '2026-10-26T06:30'))
      o.attend(o.book('2027-03-22T10:00', '2027-03-28T12:00', 'group'))
    },
  )
  order('O-1006', 'do not message: somebody rings', (o) => {
    appointmentsOfSomebodyToRing(o, {})
  })
  order('O-1007', 'opted out: somebody rings; order revoked', (o) => {
    appointmentsOfSomebodyToRing(o, { seriousness: 'low' })
    o.ended('2027-01-29', 'revoked')
  })
  order('O-1008', 'no address: somebody rings', (o) => {
    appointmentsOfSomebodyToRing(o, { seriousness: 'low', caseManager: 'C-CM-04' })
  })
  order('O-1009', 'an unsafe address: day and time only', (o) => {
    appointmentsOfSomebodyToRing(o, { requirementMonths: 7, commenceBy: '2026-09-24' })
  })
  order('O-1010', 'a Welsh speaker in Wales', (o) => {
    anOrdinaryAutumn(o, { wales: true })
  })
  order('O-1011', 'both languages; shares a mobile with O-1012', (o) => {
    anOrdinaryAutumn(o, { wales: true })
  })
  order('O-1012', 'shares a mobile with O-1011', (o) => {
    anOrdinaryAutumn(o, { seriousness: 'low' })
  })
  order('O-1013', 'limited access; transferred away', (o) => {
    o.made('2026-10-05', { limitedAccess: true, seriousness: 'high' })
    o.send('2026-10-06T10:00', ...FIRST_PAPERS)
    o.weekly('2026-10-06T11:00', '2026-10-13T09:30', 10)
    o.weekly('2026-10-07T11:00', '2026-10-15T16:00', 8, 'supervision')
    o.ended('2026-12-18', 'transferred')
  })
  order('O-1014', 'tier 4, every paper on time', (o) => {
    o.made('2026-10-07', { offenderManagementTier: 4, seriousness: 'high' })
    o.meet('2026-10-07T16:30', '2026-10-13T10:00')
    o.send('2026-10-08T10:00', ...FIRST_PAPERS)
    o.note('2026-10-09T15:00', 'sentence-plan.completed')
    o.send('2026-10-09T15:30', 'sentence-plan')
    o.weekly('2026-10-08T11:00', '2026-10-15T13:00', 12)
  })
  order('O-1015', 'priority offender, every paper late', (o) => {
    o.made('2026-10-12', { priorityOffender: true })
    o.weekly('2026-10-12T16:30', '2026-10-20T13:00', 6)
    o.send('2026-10-14T10:00', 'court-order')
    o.send('2026-10-23T10:00', ...FIRST_PAPERS)
    o.note('2026-10-29T15:00', 'sentence-plan.completed')
    o.send('2026-11-06T15:30', 'sentence-plan')
  })
  order('O-1016', 'contact sheets missing, late, corrected and left unread', (o) => {
    o.made('2026-10-13')
    o.book('2026-10-14T10:00', '2026-10-20T11:00') // no sheet ever comes
    const late = o.book('2026-10-20T12:30', '2026-10-27T11:00')
    o.sheet('2026-10-28T14:30', late)
    const corrected = o.book('2026-10-28T10:00', '2026-11-03T16:00')
    o.sheet('2026-11-03T17:30', corrected, { attendance: 'did-not-attend' })
    o.sheet('2026-11-04T09:30', corrected, { attendance: 'attended', ringMe: true })
    o.read('2026-11-09T10:00', corrected)
    const unread = o.book('2026-11-04T10:00', '2026-11-12T11:00')
    o.sheet('2026-11-12T12:30', unread)
    const longOnItsWay = o.book('2026-11-12T13:00', '2026-11-19T11:00')
    o.sheet('2026-11-19T12:20', longOnItsWay, {}, '2026-11-20T18:45')
    const cancelledAfterItWasMissed = o.book('2026-11-20T10:00', '2026-11-26T11:00')
    o.cancel('2026-11-26T14:00', cancelledAfterItWasMissed)
    o.weekly('2026-11-27T10:00', '2026-12-01T11:00', 5, 'group')
  })
  order('O-1017', 'came intoxicated; did not come', (o) => {
    o.made('2026-10-14')
    o.weekly('2026-10-15T10:00', '2026-10-21T10:00', 2)
    o.attend(o.book('2026-10-28T11:30', '2026-11-04T10:00'), { attendance: 'attended-intoxicated' })
    const missed = o.book('2026-11-09T10:00', '2026-11-11T10:00', 'treatment', { enforceable: true })
    o.attend(missed, { attendance: 'did-not-attend', ringMe: true })
    o.attend(o.book('2026-11-12T09:30', '2026-11-18T10:00'))
  })
  order('O-1018', 'disclosures: one acknowledged at once, one by nobody', (o) => {
    o.made('2026-10-19', { seriousness: 'high' })
    o.weekly('2026-10-20T10:00', '2026-10-27T10:00', 14)
    o.flag('2026-10-27T11:30', 'disclosure.flagged')
    o.flag('2026-10-27T11:50', 'disclosure.acknowledged', 'offenderManager')
    o.flag('2026-12-04T16:45', 'disclosure.flagged')
  })
  order('O-1019', 'withdrawal proposed and discussed, late and soon; support agreed and not', (o) => {
    o.made('2026-10-20')
    o.weekly('2026-10-21T10:00', '2026-10-28T13:00', 4)
    o.flag('2026-11-13T16:00', 'withdrawal.proposed')
    o.flag('2026-11-16T11:00', 'withdrawal.discussed', 'offenderManager')
    o.attend(o.book('2026-11-30T10:00', '2026-12-02T13:00'), { supportNeed: true })
    o.flag('2026-12-04T10:00', 'support-plan.agreed', 'offenderManager')
    o.flag('2026-12-08T10:00', 'withdrawal.proposed')
    o.flag('2026-12-08T10:40', 'withdrawal.discussed', 'offenderManager')
    o.attend(o.book('2026-12-10T10:00', '2027-01-06T13:00'), { supportNeed: true })
  })
  order('O-1020', 'breach decided and concluded; the order ends by it', (o) => {
    o.made('2026-10-26', { seriousness: 'high' })
    o.weekly('2026-10-27T10:00', '2026-11-03T13:00', 3)
    o.attend(o.book('2026-11-17T15:00', '2026-11-24T13:00'), { attendance: 'did-not-attend' })
    o.attend(o.book('2026-11-25T15:00', '2026-12-01T13:00'), { attendance: 'did-not-attend' })
    o.flag('2026-12-02T15:00', 'breach.decided', 'offenderManager')
    o.book('2026-12-03T15:00', '2027-02-04T13:00')
    o.flag('2027-01-27T11:30', 'breach.concluded', 'offenderManager')
    o.ended('2027-01-27', 'breached')
  })
  order('O-1021', 'court reviews: information sent; not sent; the hearing moved', (o) => {
    o.made('2026-11-02', { seriousness: 'high', lengthMonths: 18, requirementMonths: 12 })
    o.weekly('2026-11-03T10:00', '2026-11-10T15:00', 20)
    o.say('2026-11-10T10:00', 'court-review.listed', { hearingOn: '2026-12-15' })
    o.send('2026-12-03T10:00', 'review-information')
    o.say('2026-12-16T10:00', 'court-review.listed', { hearingOn: '2027-02-09' })
    o.say('2027-02-10T10:00', 'court-review.listed', { hearingOn: '2027-03-30' })
    o.say('2027-03-22T10:00', 'court-review.listed', { hearingOn: '2027-04-20' })
  })
  order('O-1022', 'preparation, core programme, and what should follow it and does not', (o) => {
    o.made('2026-09-09', { preparationReviews: true, requirementMonths: 8, treatmentEndsOn: '2027-04-16' })
    o.meet('2026-09-09T16:30', '2026-09-14T10:00')
    o.note('2026-09-23T15:00', 'sentence-plan.completed', { reviewOn: '2027-02-24' })
    o.weekly('2026-10-26T10:00', '2026-11-05T10:00', 10)
    o.note('2026-11-05T12:00', 'core-programme.started')
    o.note('2027-01-14T16:00', 'core-programme.completed')
    o.meet('2027-03-08T10:00', '2027-03-11T10:00', { stage: 'end' })
    o.send('2027-03-11T12:00', 'completion-report')
    o.note('2027-04-15T12:00', 'treatment.ended')
    o.note('2027-05-10T12:00', 'audit.scored', { instrument: 'AUDIT-C', score: 4 })
  })
  order('O-1023', 'high seriousness, flagged; three-way meetings unanswered, declined, confirmed', (o) => {
    o.made('2026-10-28', { seriousness: 'high', attention: ['complex', 'challenging'], reviewEveryDays: 21 })
    const { offenderManager, caseManager } = o.workers
    o.weekly('2026-10-29T10:00', '2026-11-03T16:00', 12, 'group')
    const unanswered = o.book('2026-10-29T10:30', '2026-11-12T10:00', 'three-way')
    o.answer('2026-11-02T10:00', unanswered, 'confirmed', offenderManager)
    o.attend(unanswered)
    const declined = o.book('2027-01-04T10:00', '2027-02-02T10:00', 'three-way', { stage: 'half-way' })
    o.answer('2027-01-06T10:00', declined, 'confirmed', caseManager)
    o.answer('2027-01-27T17:30', declined, 'declined', offenderManager)
    o.cancel('2027-01-28T09:30', declined)
    o.meet('2027-01-28T09:40', '2027-02-12T10:00', { stage: 'half-way' })
    o.note('2027-02-12T12:00', 'core-programme.completed')
    o.attend(o.book('2027-03-01T10:00', '2027-03-25T10:00', 'review'))
  })
  order('O-1024', 'varied: another offender manager, a longer requirement', (o) => {
    o.made('2026-09-28', { attention: ['non-compliant'] })
    o.send('2026-09-29T10:00', ...FIRST_PAPERS)
    o.weekly('2026-09-29T11:00', '2026-10-06T10:00', 12)
    const variation = { offenderManager: 'C-OM-06', requirementMonths: 8, seriousness: 'high' }
    o.say('2026-11-16T12:00', 'order.varied', variation)
    o.weekly('2027-01-04T11:00', '2027-01-12T10:00', 12)
  })
  order('O-1025', 'offender manager and case manager away, with cover', (o) => {
    o.made('2026-09-29', { offenderManager: 'C-OM-05', caseManager: 'C-CM-05' })
    o.weekly('2026-09-30T11:00', '2026-10-06T13:00', 16)
    o.flag('2026-11-12T15:00', 'disclosure.flagged')
    o.say('2026-11-13T09:10', 'disclosure.acknowledged', { by: 'C-DUTY-01' })
    o.flag('2026-11-18T15:00', 'withdrawal.proposed')
  })
  order('O-1026', 'offender manager and case manager away, without cover', (o) => {
    o.made('2026-09-30', { offenderManager: 'C-OM-06', caseManager: 'C-CM-04', seriousness: 'low' })
    o.weekly('2026-10-01T11:00', '2026-10-08T13:00', 14)
    const moved = o.book('2027-01-14T10:00', '2027-01-20T13:00')
    o.move('2027-01-19T10:00', moved, '2027-01-21T13:00')
    o.attend(moved)
  })
  order('O-1027', 'died: everything about them stops', (o) => {
    o.made('2026-11-09')
    o.weekly('2026-11-10T11:00', '2026-11-17T13:00', 6)
    o.book('2026-12-22T15:00', '2027-01-05T13:00')
    o.ended('2027-01-04', 'died')
  })
  order('O-1028', 'carried over from before go-live, with its past', (o) => {
    o.made('2026-06-15', { lengthMonths: 6 })
    o.send('2026-06-16T10:00', ...FIRST_PAPERS)
    o.weekly('2026-06-16T11:00', '2026-06-23T10:00', 16)
  })
}

// -------------------------------------------------------------------------------------------------- clearances

/** When what happened to a clearance; `more` is what its application or confirmation says besides. */
type Ladder = {
  applied?: LocalDate
  confirmed?: LocalDate
  requested?: LocalDate
  renewed?: LocalDate
  ended?: [on: LocalDate, reason: string]
  holder?: string
  more?: Info
}
type Clearance = [id: string, title: string, prisonId: string, organisationId: string, ladder: Ladder]

/** An application under PSI 39/2014: the year of licence or order that decides when it may be considered. */
const servingFrom = (from: LocalDate) => ({
  route: 'psi-39-2014',
  licenceOrOrderFrom: from,
  licenceOrOrderTo: Temporal.PlainDate.from(from).add({ years: 1 }).subtract({ days: 1 }).toString(),
})
const PEER = { route: 'psi-27-2014', role: 'peer mentor', confirmedBy: 'act' }
const [HARBOUR, LANTERN, TIDE, BEACON] = ['ORG-HARBOUR', 'ORG-LANTERN', 'ORG-TIDE', 'ORG-BEACON'] as const

const CLEARANCES: Clearance[] = [
  ['CL-01', 'nobody renews it: the whole ladder, then lapsed', 'QAL', HARBOUR, { confirmed: '2025-12-10' }],
  ['CL-02', 'renewed early', 'QAL', HARBOUR, { confirmed: '2026-01-15', renewed: '2026-11-02' }],
  ['CL-03', 'renewed after it lapsed', 'QAL', HARBOUR, { confirmed: '2025-11-20', renewed: '2026-11-30' }],
  ['CL-04', 'awaited to the day', 'QBR', HARBOUR, { confirmed: '2025-12-18', requested: '2026-10-05' }],
  [
    'CL-05',
    'renewal requested, awaited and confirmed',
    'QBR',
    HARBOUR,
    { confirmed: '2026-01-29', requested: '2026-12-01', renewed: '2027-01-08' },
  ],
  ['CL-06', 'holder leaves', 'QBR', HARBOUR, { confirmed: '2026-02-12', ended: ['2027-01-04', 'left'] }],
  [
    'CL-07',
    'lapsed, ended',
    'QCW',
    HARBOUR,
    { confirmed: '2025-10-16', ended: ['2026-11-25', 'not-renewed'] },
  ],
  ['CL-08', 'confirmed on 29 February 2024: lapsed ever since', 'QCW', HARBOUR, { confirmed: '2024-02-29' }],
  [
    'CL-09',
    'expires on 28 February',
    'QCW',
    HARBOUR,
    { confirmed: '2026-03-02', more: { expiresOn: '2027-02-28' } },
  ],
  [
    'CL-10',
    'lapses on a 31st',
    'QCW',
    HARBOUR,
    { confirmed: '2026-02-02', more: { expiresOn: '2027-01-30' } },
  ],
  [
    'CL-11',
    'its lapse leaves an organisation one person: CL-12',
    'QCW',
    LANTERN,
    { confirmed: '2026-03-19' },
  ],
  ['CL-12', 'the one person left by CL-11', 'QCW', LANTERN, { confirmed: '2026-08-03' }],
  ['CL-13', 'its lapse would leave one person, but CL-15 comes', 'QDN', LANTERN, { confirmed: '2026-02-19' }],
  ['CL-14', 'the colleague of CL-13', 'QDN', LANTERN, { confirmed: '2026-08-17' }],
  ['CL-15', 'a third person', 'QDN', LANTERN, { applied: '2026-09-21', confirmed: '2026-11-16', more: PEER }],
  ['CL-16', 'one holder at two prisons: here, lapsed', 'QAL', TIDE, { confirmed: '2026-01-07' }],
  [
    'CL-17',
    'one holder at two prisons: there, renewed',
    'QDN',
    TIDE,
    { holder: 'C-HOLDER-16', confirmed: '2026-01-07', renewed: '2026-12-10' },
  ],
  [
    'CL-18',
    'psi-39-2014: half of the order served, then confirmed',
    'QEM',
    TIDE,
    { applied: '2026-09-10', confirmed: '2027-01-11', more: servingFrom('2026-06-01') },
  ],
  [
    'CL-19',
    'psi-39-2014: confirmed before half of the order was served',
    'QEM',
    TIDE,
    {
      applied: '2026-09-14',
      confirmed: '2026-10-19',
      more: { ...servingFrom('2026-07-01'), confirmedBy: 'governor-overrule' },
    },
  ],
  [
    'CL-20',
    'psi-39-2014: withdrawn before half of the order was served',
    'QFM',
    TIDE,
    { applied: '2026-09-15', ended: ['2026-12-02', 'withdrawn'], more: servingFrom('2026-08-01') },
  ],
  ['CL-21', 'the governor is away while the ladder runs', 'QCW', TIDE, { confirmed: '2025-12-03' }],
  ['CL-22', 'the governor has no address', 'QDN', TIDE, { confirmed: '2026-01-21' }],
  ['CL-23', 'the governor changes while the ladder runs', 'QAL', TIDE, { confirmed: '2026-02-03' }],
  ['CL-24', 'Governor or Director: the sector is unknown', 'QEM', TIDE, { confirmed: '2025-11-06' }],
  ['CL-25', 'no deputy, and the vetting contact is away', 'QFM', TIDE, { confirmed: '2026-03-04' }],
  ['CL-26', 'expires on Christmas Day', 'QFM', TIDE, { confirmed: '2025-12-25' }],
  ['CL-27', 'expires on Easter Monday, at a private prison', 'QBR', TIDE, { confirmed: '2026-03-29' }],
  ['CL-28', 'recalled', 'QEM', TIDE, { confirmed: '2026-04-15', ended: ['2027-03-01', 'recalled'] }],
]
const QUIET_CLEARANCES = 12

function tellClearances(pen: Pen) {
  const quiet = Array.from({ length: QUIET_CLEARANCES }, (_, index): Clearance => {
    const expiry = addDays('2026-10-01', index * 19)
    const ladder = { confirmed: addDays(expiry, -365), renewed: days.onOrBefore(addDays(expiry, -21)) }
    const prisonId = PRISONS[index % PRISONS.length]?.[0] ?? 'QAL'
    return [`CL-${29 + index}`, 'renewed three weeks before it expires', prisonId, BEACON, ladder]
  })
  for (const [clearanceId, title, prisonId, organisationId, ladder] of [...CLEARANCES, ...quiet]) {
    const { applied, confirmed, requested, renewed, ended, more } = ladder
    const holder = ladder.holder ?? clearanceId.replace('CL', 'C-HOLDER')
    const tell = (type: EventType, on: LocalDate, info: Info) =>
      pen.write({ key: clearanceId, title }, type, `${on}T11:00`, { clearanceId, prisonId, ...info })
    const confirm = (on: LocalDate, info: Info = {}) =>
      tell('clearance.confirmed', on, { holder, organisationId, confirmedOn: on, ...info })

    if (applied) tell('clearance.applied', applied, { holder, organisationId, ...more })
    if (confirmed) confirm(confirmed, more)
    if (requested) tell('clearance.renewal-requested', requested, { on: requested, by: holder })
    if (renewed) confirm(renewed)
    if (ended) tell('clearance.ended', ended[0], { on: ended[0], reason: ended[1] })
  }
}

// ---------------------------------------------------------------------------------------------------- releases

type Release = ReturnType<typeof releaseTeller>
const CHECKS = ['prescription', 'gp-records', 'identity', 'accommodation', 'money']

/** The ways of telling what happens around one release, by days from the day first planned. */
function releaseTeller(pen: Pen, releaseId: string, title: string, releaseOn: LocalDate) {
  const n = Number(releaseId.slice(2))
  const story: Story = { key: releaseId, title, noms: `A${9000 + n}AA` }
  const people = { keyWorker: `C-KEY-0${1 + (n % 4)}`, dutyOfficer: '' }
  let where = { area: '', prisonId: PRISONS[n % PRISONS.length]?.[0] ?? 'QAL', gateTime: '07:00' }

  /** A time on the n-th day after the release day, before it when negative. */
  const day = (after: number, time: string): Local => `${addDays(releaseOn, after)}T${time}`
  const say = (said: Local, type: EventType, info: Info = {}) =>
    pen.write(story, type, said, {
      releaseId,
      ...(type.startsWith('release.') && { area: where.area }),
      ...info,
    })

  const areaOf = (area: string) => AREAS.find((known) => known.area === area) ?? AREAS[0]
  const inArea = (area: string) => {
    where = { ...where, area }
    people.dutyOfficer = areaOf(area).dutyOfficer
  }
  /** HMPPS's own event: releases at once from prisoner search, and all 45 minutes later from offender events. */
  const movement = (
    said: Local,
    direction: 'released' | 'received',
    reason: string,
    code: string,
    to = {},
  ) => {
    const info = {
      nomsNumber: story.noms,
      reason,
      details: `Movement reason code ${code}`,
      currentLocation: direction === 'released' ? 'OUTSIDE_PRISON' : 'IN_PRISON',
      currentPrisonStatus: reason === 'RELEASED' ? 'NOT_UNDER_PRISON_CARE' : 'UNDER_PRISON_CARE',
      prisonId: where.prisonId,
      nomisMovementReasonCode: code,
      ...to,
    }
    if (direction === 'released') pen.write(story, 'prisoner-offender-search.prisoner.released', said, info)
    pen.write(story, `prison-offender-events.prisoner.${direction}`, said, info, later(said, 45))
  }
  const leavePrison = (said: Local) => movement(said, 'released', 'RELEASED', 'CR')
  const accept = (said: Local, by: string) => say(said, 'gate-meeting.accepted', { by })
  const close = (said: Local, outcome: string, by: string) =>
    say(said, 'gate-meeting.closed', { outcome, by })
  return {
    people,
    day,
    say,
    movement,
    leavePrison,
    accept,
    close,
    /** Whoever is called first by the rota at a moment, if there is no gap in it. */
    onCall: (at = day(0, where.gateTime), area = where.area) => {
      const shifts = shiftsOf(areaOf(area), at.slice(0, 10))
      return shifts.find(({ from, to }) => from <= at && at < to)?.contactId ?? ''
    },
    decline: (said: Local, by: string) => say(said, 'gate-meeting.declined', { by }),
    /** The same person as in another release, or with null a person whose prison number is not known. */
    isPerson: (noms: string | null) => {
      if (noms) story.noms = noms
      else delete story.noms
    },
    possible: (said: Local, area: string) => {
      inArea(area)
      const { keyWorker, dutyOfficer } = people
      const hearing = { hearingOn: releaseOn, court: 'Ravensby Crown Court' }
      say(said, 'release.possible', { initials: 'JW', dutyOfficer, keyWorker, ...hearing })
    },
    plan: (area: string, particulars: Info = {}, said = day(-35, '10:00')) => {
      inArea(area)
      people.keyWorker = String(particulars.keyWorker ?? people.keyWorker)
      where = { ...where, gateTime: String(particulars.gateTime ?? where.gateTime) }
      say(said, 'release.planned', {
        releaseOn,
        initials: `${pen.pick(INITIALS)}${pen.pick(INITIALS)}`,
        dutyOfficer: people.dutyOfficer,
        keyWorker: people.keyWorker,
        prisonId: where.prisonId,
        meetAt: pen.pick(MEETING_PLACES),
        travelMinutes: pen.pick([15, 30, 45, 60, undefined]),
        prescribed: pen.pick([true, false, undefined]),
        ...particulars,
      })
    },
    check: (said: Local, ...checks: string[]) => {
      for (const check of checks) say(said, 'release-check.completed', { check, by: people.keyWorker })
    },
    /** Somebody accepts, the person comes out, they meet; half an hour later whoever may be asked says so. */
    meet: (by: string, accepted = day(-1, '12:20'), out = day(0, where.gateTime)) => {
      accept(accepted, by)
      leavePrison(out)
      close(later(out, 30), 'met', /SPONSOR|PEER|FAMILY/.test(by) ? people.dutyOfficer : by)
    },
    followUp: (...afterDays: number[]) => {
      for (const after of afterDays) {
        say(day(after, '11:00'), 'follow-up.recorded', {
          on: addDays(releaseOn, after),
          by: people.keyWorker,
        })
      }
    },
  }
}

const meeter = (kind: 'sponsor' | 'peer' | 'family', n: number, consented = true) => ({
  contactId: `C-${kind.toUpperCase()}-${padded(n)}`,
  kind,
  consented,
})

function tellReleases(pen: Pen) {
  const release = (releaseId: string, title: string, releaseOn: LocalDate, tell: (r: Release) => void) =>
    tell(releaseTeller(pen, releaseId, title, releaseOn))

  release('R-01', 'a Friday, everything done, settled', '2026-10-09', (r) => {
    r.plan('NORTH', { gateTime: '09:00', prescribed: true })
    r.check(r.day(-29, '15:00'), ...CHECKS)
    r.meet(r.people.keyWorker, r.day(-8, '10:00'))
    r.check(r.day(0, '16:00'), 'doctor-seen')
    r.followUp(1, 2, 3, 5, 7, 10, 14, 21, 28)
    r.say(r.day(29, '10:00'), 'release.closed', { reason: 'settled' })
  })
  release('R-02', 'a Friday, nothing done, nobody answers', '2026-10-16', (r) => {
    r.plan('COAST', { gateTime: '08:45' })
  })
  release('R-03', 'Christmas Eve, some checks open', '2026-12-24', (r) => {
    r.plan('NORTH', { gateTime: '08:30', prescribed: true })
    r.check(r.day(-10, '15:00'), 'identity', 'money')
    r.decline(r.day(-1, '12:10'), r.people.keyWorker)
    r.meet(r.onCall(), r.day(-1, '12:50'))
    r.followUp(1, 5)
  })
  release('R-04', 'the day the clocks go back', '2026-10-25', (r) => {
    r.plan('MOORS', { gateTime: '09:00' })
    r.meet(r.people.keyWorker)
    r.followUp(1, 2, 3)
  })
  release('R-05', 'the day the clocks go forward, Easter Sunday, no gate time', '2027-03-28', (r) => {
    r.plan('NORTH')
    r.meet(r.people.keyWorker)
  })
  release('R-06', 'no gate time; the outcome comes only at the second asking', '2026-11-12', (r) => {
    r.plan('NORTH')
    r.accept(r.day(-1, '12:50'), r.people.keyWorker)
    r.leavePrison(r.day(0, '10:20'))
    r.close(r.day(0, '12:30'), 'met', r.people.keyWorker)
  })
  release('R-07', 'from court, no time, learnt the same morning', '2026-11-17', (r) => {
    r.plan('MOORS', { place: 'court', meetAt: 'Ravensby Crown Court' }, r.day(0, '11:30'))
    r.accept(r.day(0, '11:50'), r.people.keyWorker)
    r.close(r.day(0, '14:30'), 'met', r.people.keyWorker)
  })
  release('R-08', 'moved by two days after somebody accepted', '2026-11-18', (r) => {
    r.plan('NORTH', { gateTime: '09:00' })
    r.accept(r.day(-1, '12:15'), r.people.keyWorker)
    r.say(r.day(-1, '15:00'), 'release.moved', { releaseOn: '2026-11-20', gateTime: '10:00' })
    r.meet(r.onCall(r.day(2, '10:00')), r.day(1, '12:40'), r.day(2, '10:05'))
  })
  release('R-09', 'moved to another prison and another area', '2026-12-02', (r) => {
    r.plan('NORTH', { gateTime: '08:45' })
    r.accept(r.day(-6, '12:15'), r.people.keyWorker)
    const moved = {
      area: 'COAST',
      fromArea: 'NORTH',
      prisonId: 'QFM',
      gateTime: '09:30',
      meetAt: 'the car park',
    }
    r.say(r.day(-5, '11:00'), 'release.moved', moved)
    r.meet(r.onCall(r.day(0, '09:30'), 'COAST'), r.day(-1, '12:40'), r.day(0, '09:30'))
  })
  release('R-10', 'transferred before the release, as HMPPS tells it', '2026-12-08', (r) => {
    r.plan('COAST', { gateTime: '09:00' })
    r.accept(r.day(-7, '12:15'), r.people.keyWorker)
    r.movement(r.day(-4, '11:00'), 'released', 'TRANSFERRED', 'TRN')
    r.movement(r.day(-4, '15:30'), 'received', 'TRANSFERRED', 'INT', { prisonId: 'QDN' })
    r.meet(r.people.keyWorker)
  })
  release('R-11', 'cancelled after somebody accepted', '2026-12-10', (r) => {
    r.plan('MOORS', { gateTime: '09:00', meeters: [meeter('peer', 1)] })
    r.decline(r.day(-1, '12:05'), r.people.keyWorker)
    r.accept(r.day(-1, '12:30'), 'C-PEER-01')
    r.say(r.day(-1, '18:20'), 'release.cancelled')
  })
  release('R-12', 'everybody declines; known without a prison number', '2027-01-12', (r) => {
    r.isPerson(null)
    r.plan('COAST', { gateTime: '08:45', meeters: [meeter('peer', 3)] })
    const everybody = [r.people.keyWorker, 'C-PEER-03', r.onCall(), r.people.dutyOfficer]
    everybody.forEach((by, turn) => {
      r.decline(r.day(-1, `${12 + turn}:10`), by)
    })
  })
  release('R-13', 'nobody answers; out an hour early: everybody is told', '2027-01-14', (r) => {
    r.plan('MOORS', { gateTime: '09:30' })
    r.leavePrison(r.day(0, '08:30'))
  })
  release('R-14', 'accepted, then declined three hours before', '2027-01-19', (r) => {
    r.plan('NORTH', { gateTime: '09:15' })
    r.accept(r.day(-1, '12:30'), r.people.keyWorker)
    r.decline(r.day(0, '06:15'), r.people.keyWorker)
    r.meet(r.onCall(), r.day(0, '06:25'))
  })
  release('R-15', 'a sponsor meets', '2027-01-21', (r) => {
    r.plan('COAST', { gateTime: '09:00', meeters: [meeter('sponsor', 1)] })
    r.decline(r.day(-7, '11:00'), r.people.keyWorker)
    r.meet('C-SPONSOR-01', r.day(-1, '13:00'))
  })
  release('R-16', 'a relative, and a risk of partner violence; a peer who opted out', '2027-01-26', (r) => {
    const meeters = [meeter('family', 1), meeter('peer', 2)]
    r.plan('MOORS', { gateTime: '09:00', partnerViolenceRisk: true, meeters })
    r.decline(r.day(-1, '12:10'), r.people.keyWorker)
    r.meet(r.people.dutyOfficer, r.day(-1, '14:00'))
  })
  release('R-17', 'the meeter falls ill the evening before', '2026-12-15', (r) => {
    r.plan('NORTH', { gateTime: '09:00', keyWorker: 'C-KEY-05', travelMinutes: 30 })
    r.accept(r.day(-1, '13:00'), 'C-KEY-05')
    r.meet(r.onCall(), r.day(0, '07:05'))
  })
  release('R-18', 'a sponsor who did not agree, a relative who did; key worker away', '2026-11-24', (r) => {
    const meeters = [meeter('sponsor', 2, false), meeter('family', 2)]
    r.plan('COAST', { gateTime: '09:00', keyWorker: 'C-KEY-06', partnerViolenceRisk: false, meeters })
    r.meet('C-FAMILY-02', r.day(-1, '12:30'))
  })
  release('R-19', 'perhaps released by the court, and released', '2026-11-30', (r) => {
    r.possible('2026-11-23T10:00', 'NORTH')
    r.plan('NORTH', { place: 'court' }, r.day(0, '12:40'))
    r.accept(r.day(0, '12:55'), r.onCall())
    r.close(r.day(0, '15:00'), 'met', r.onCall())
    r.followUp(1, 2)
  })
  release('R-20', 'perhaps released by the court, and kept', '2026-12-07', (r) => {
    r.possible('2026-11-25T10:00', 'MOORS')
    r.say(r.day(0, '15:20'), 'release.cancelled')
  })
  release('R-21', 'person not seen, then found', '2027-02-02', (r) => {
    r.plan('NORTH', { gateTime: '09:00' })
    r.accept(r.day(-1, '12:30'), r.people.keyWorker)
    r.leavePrison(r.day(0, '08:10'))
    r.close(r.day(0, '10:15'), 'person-not-seen', r.people.keyWorker)
    r.followUp(2, 3)
  })
  release('R-22', 'not released', '2027-02-04', (r) => {
    r.plan('MOORS', { gateTime: '09:00' })
    r.accept(r.day(-1, '12:30'), r.people.keyWorker)
    r.close(r.day(0, '09:50'), 'not-released', r.people.keyWorker)
  })
  release('R-23', 'a peer meets, and is stood down', '2027-02-16', (r) => {
    r.plan('NORTH', { gateTime: '09:00', meeters: [meeter('peer', 1)] })
    r.accept(r.day(-1, '13:10'), 'C-PEER-01')
    r.close(r.day(0, '07:30'), 'stood-down', r.people.dutyOfficer)
    r.leavePrison(r.day(0, '09:00'))
    r.followUp(1, 2, 3, 5, 7)
  })
  release(
    'R-24',
    'planned at half past ten the night before; the meeter was not there',
    '2027-02-23',
    (r) => {
      r.plan('COAST', { gateTime: '08:30' }, r.day(-1, '22:30'))
      r.accept(r.day(0, '06:30'), r.onCall())
      r.leavePrison(r.day(0, '08:30'))
      r.close(r.day(0, '09:45'), 'meeter-not-there', r.people.dutyOfficer)
      r.followUp(1)
    },
  )
  release('R-25', 'out a day early, and HMPPS says so twice', '2027-03-04', (r) => {
    r.plan('MOORS', { gateTime: '09:00' })
    r.meet(r.people.keyWorker, r.day(-6, '12:30'), r.day(-1, '11:20'))
    r.leavePrison(r.day(-1, '11:22'))
  })
  release('R-26', 'back in prison on the sixth day (released again: R-27)', '2026-11-03', (r) => {
    r.plan('COAST', { gateTime: '09:00' })
    r.meet(r.people.keyWorker)
    r.followUp(1, 2)
    r.movement(r.day(6, '18:00'), 'received', 'ADMISSION', 'L')
  })
  release('R-27', 'the person of R-26 a second time, into a gap in the rota', '2027-02-10', (r) => {
    r.isPerson('A9026AA')
    r.plan('COAST', { gateTime: '09:30' })
    r.leavePrison(r.day(0, '09:40'))
  })
  release('R-28', 'court, hospital and a day out are not releases', '2027-03-16', (r) => {
    r.plan('NORTH', { gateTime: '09:00' })
    r.movement(r.day(-20, '08:10'), 'released', 'SENT_TO_COURT', 'CRT')
    r.movement(r.day(-20, '17:10'), 'received', 'RETURN_FROM_COURT', 'CRT')
    r.movement(r.day(-12, '14:00'), 'released', 'RELEASED_TO_HOSPITAL', 'HP')
    r.movement(r.day(-5, '09:00'), 'released', 'TEMPORARY_ABSENCE_RELEASE', 'SPL')
    r.movement(r.day(-5, '18:00'), 'received', 'TEMPORARY_ABSENCE_RETURN', 'SPL')
    r.meet(r.people.keyWorker)
  })
  release('R-29', 'into the same gap in the rota as R-27; its owner has no address', '2027-02-10', (r) => {
    r.plan('COAST', { gateTime: '08:45' })
    r.meet(r.people.keyWorker, r.day(-1, '17:40'))
  })
  release('R-30', 'a gap in the rota that is filled in time', '2027-04-15', (r) => {
    r.plan('MOORS', { gateTime: '08:45' })
    r.meet(r.people.keyWorker)
  })
  release('R-31', 'dies in prison: HMPPS calls it a release', '2027-04-20', (r) => {
    r.plan('NORTH', { gateTime: '09:00', meeters: [meeter('sponsor', 3)] })
    r.accept(r.day(-7, '12:30'), r.people.keyWorker)
    r.movement(r.day(-3, '21:40'), 'released', 'RELEASED', 'DEC')
  })
  release('R-32', 'planned late; dies in the second week after release', '2027-05-04', (r) => {
    r.plan('MOORS', { gateTime: '09:00' }, r.day(-8, '10:00'))
    r.meet(r.people.keyWorker)
    r.followUp(1, 2, 3, 5)
    r.say(r.day(8, '09:30'), 'release.closed', { reason: 'died' })
  })
  release('R-33', 'declines all help, and says so on the third day', '2027-05-11', (r) => {
    r.plan('COAST', { gateTime: '10:00', meeters: [meeter('family', 3)] })
    r.meet(r.onCall(), r.day(-1, '13:30'))
    r.followUp(1, 2)
    r.say(r.day(3, '10:00'), 'release.closed', { reason: 'declined' })
  })
}

// ----------------------------------------------------------------------------------------------- the wire's ways

/** These may come late without making another scenario of the story. */
const MAY_COME_LATE: ReadonlySet<EventType> = new Set([
  'contact-sheet.read',
  'document.sent',
  'follow-up.recorded',
])

/** Repeated, late, without an id, without an offset, to the nanosecond: as real producers do. By arrival. */
function asTheWireBringsThem(pen: Pen): SampleEvent[] {
  const brought = pen.written.flatMap((told): Written[] => {
    const { event, type, said, arrives } = told
    if (said <= GO_LIVE) return [told]
    if (pen.oneIn(60)) event.version = String(event.version)
    if (pen.oneIn(60)) delete event.eventId
    const writing = pen.upTo(40)
    if (writing === 0) {
      event.occurredAt = `${said}:23.${331608915 + pen.upTo(1000)}` // and no offset
      if (!event.receivedAt) told.arrives += 23_331
    }
    if (writing === 1) event.occurredAt = instantAt(said).toString()
    if (MAY_COME_LATE.has(type) && pen.oneIn(20)) {
      const receivedAt = later(said, 60 + pen.upTo(1_800))
      return [
        { ...told, event: { ...event, receivedAt: onTheWire(receivedAt) }, arrives: epochOf(receivedAt) },
      ]
    }
    if (!event.eventId || !pen.oneIn(40)) return [told]
    const again = later(event.receivedAt ? event.receivedAt.slice(0, 16) : said, 5 + pen.upTo(90))
    return [
      told,
      {
        ...told,
        event: { ...event, receivedAt: onTheWire(again) },
        arrives: Math.max(epochOf(again), arrives),
      },
    ]
  })
  return brought.sort((a, b) => a.arrives - b.arrives).map(({ event }) => event)
}

/** Writes events down, and is the only source of chance. */
function newPen(seed: number) {
  const random = mulberry32(seed)
  const upTo = (n: number) => Math.floor(random() * n)
  const written: Written[] = []
  const numberOf = new Map<string, number>()
  let mobiles = upTo(700)
  return {
    written,
    upTo,
    oneIn: (n: number) => upTo(n) === 0,
    pick: <T>(from: readonly T[]): T => from[upTo(from.length)] as T,
    /** From the numbers that Ofcom keeps for drama, none of them twice. */
    nextMobile: () => `07700 900${padded(mobiles++, 3)}`,
    /** What was said before go-live is handed over on that day. */
    write({ key, title, crn, noms }: Story, type: EventType, said: Local, info: Info, receivedAt?: Local) {
      const number = (numberOf.get(key) ?? 0) + 1
      numberOf.set(key, number)
      const isOurs = !/^prison(er)?-/.test(type)
      const received = receivedAt ?? (said < GO_LIVE ? GO_LIVE : undefined)
      const identifiers = [
        ...(crn ? [{ type: 'CRN' as const, value: crn }] : []),
        ...(noms ? [{ type: 'NOMS' as const, value: noms }] : []),
      ]
      const event: SampleEvent = {
        eventType: isOurs ? `throughcare.${type}` : type,
        version: 1,
        ...(isOurs && { eventId: `${key}-${padded(number, 3)}` }),
        occurredAt: onTheWire(said),
        ...(received && { receivedAt: onTheWire(received) }),
        ...(title && { description: title }),
        ...(identifiers.length > 0 && { personReference: { identifiers } }),
        additionalInformation: withoutUndefined(info),
      }
      written.push({ event, type, said, arrives: epochOf(received ?? said) })
    },
  }
}

function mulberry32(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function instantAt(local: Local): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/London').toInstant()
}

function epochOf(local: Local): number {
  return instantAt(local).epochMilliseconds
}

function onTheWire(local: Local): string {
  return instantAt(local).toZonedDateTimeISO('Europe/London').toString({ timeZoneName: 'never' })
}

function later(local: Local, minutes: number): Local {
  return Temporal.PlainDateTime.from(local).add({ minutes }).toString({ smallestUnit: 'minute' })
}

function afterEnd(
  { startsAt, durationMinutes }: { startsAt: Local; durationMinutes: number },
  minutes: number,
): Local {
  return later(startsAt, durationMinutes + minutes)
}

function firstOfNextMonth(day: LocalDate): LocalDate {
  return Temporal.PlainDate.from(day).with({ day: 1 }).add({ months: 1 }).toString()
}

/** `first` and the days after it until its month ends. */
function daysFrom(first: LocalDate): LocalDate[] {
  const left = Temporal.PlainDate.from(first).until(firstOfNextMonth(first)).days
  return Array.from({ length: left }, (_, index) => addDays(first, index))
}

function withoutUndefined(info: Info): Info {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined))
}

function padded(n: number, width = 2): string {
  return String(n).padStart(width, '0')
}

const FIRST_NAMES =
  'Aled Amira Beth Callum Carys Dafydd Dele Eira Farah Gareth Hana Imran Jo Kemi Leanne Megan'.split(' ')
const LAST_NAMES =
  'Adeyemi Bevan Clarke Driscoll Evans Farouk Gill Hughes Iqbal Jones Kaur Lloyd Mason Okoro'.split(' ')
const INITIALS = [...'ABCDEFGHJKLMNPRSTW']
const PLACES = ['12 High Street', '4 Mill Lane', 'The Old Library', 'Room 3, Harbour House']
const MEETING_PLACES = ['the main gate', 'the visitors’ centre', 'the bus stop by the gate', undefined]
const OBJECTIVES = ['keep a diary', 'a plan for weekends', 'see the GP']
const PROGRESS = ['kept up', 'some slips, talked through', 'going well']
