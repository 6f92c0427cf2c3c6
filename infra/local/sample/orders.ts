import { addDays, type LocalDate } from '../../../shared/calendar/london.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import {
  afterEnd,
  days,
  type Info,
  type Local,
  later,
  OBJECTIVES,
  type Pen,
  PLACES,
  PROGRESS,
  padded,
  type Story,
} from './pen.ts'

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

  /** It took place; the contact sheet came soon after and was read on the next working day. */
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
    /** Weekly appointments, each attended, the next one booked as each ends. */
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
    /** Something that is true on the day it is said. */
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

/** Writes what happens in each order. */
export function tellOrders(pen: Pen) {
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
