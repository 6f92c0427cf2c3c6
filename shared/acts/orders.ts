import { keyOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import { type Appointment, happened, standing } from '../casefile/order.ts'
import { type Act, act, asked, options, type Place, type Subject } from './act.ts'

/** What can be done about an order and its appointments. Progress and papers have a file each. */

export const PROBATION: readonly Role[] = ['offender-manager', 'duty-officer', 'probation-office']
export const PROVIDER: readonly Role[] = ['case-manager', 'provider-manager']
const EVERYBODY: readonly Role[] = [...PROBATION, ...PROVIDER]

/** The order itself, while it runs. */
export function theOrder({ id, state }: Place<'order'>): Subject[] {
  return state.terms && !state.ended ? [{ key: '', settled: { orderId: keyOf(id) } }] : []
}

/** The order itself, where something in it has not been answered yet. */
export function unanswered(
  raised: Parameters<typeof happened>[1],
  answer: Parameters<typeof happened>[1],
): (place: Place<'order'>) => Subject[] {
  return (place) => {
    const last = happened(place.state, raised).at(-1)
    const answered = happened(place.state, answer).at(-1)
    return last && !(answered && answered.at >= last.at) ? theOrder(place) : []
  }
}

/** An appointment, told from others by its start. */
export function appointmentAsSubject({ id }: Place<'order'>, appointment: Appointment): Subject {
  const { appointmentId } = appointment
  return {
    key: appointmentId,
    at: standing(appointment).startsAt,
    settled: { orderId: keyOf(id), appointmentId },
  }
}

/** The appointments that are to be held, soonest first. */
export function ahead({ state, now }: Place<'order'>): Appointment[] {
  return Object.values(state.appointments)
    .filter((one) => !one.cancelled && standing(one).startsAt > now)
    .sort((a, b) => standing(a).startsAt - standing(b).startsAt)
}

const appointmentsAhead = (place: Place<'order'>) =>
  ahead(place).map((one) => appointmentAsSubject(place, one))

const threeWaysAhead = (place: Place<'order'>) =>
  ahead(place)
    .filter(({ kind }) => kind === 'three-way')
    .map((one) => appointmentAsSubject(place, one))

const KINDS = options({
  treatment: ['Treatment', 'Triniaeth'],
  supervision: ['Supervision', 'Goruchwyliaeth'],
  'three-way': ['Three-way meeting', 'Cyfarfod tair ffordd'],
  review: ['Review', 'Adolygiad'],
  group: ['Group', 'Grŵp'],
})

/** When and where an appointment is to be. */
export const STARTS_AT = asked('appointment.booked', 'startsAt', {
  label: { en: 'Day and time', cy: 'Diwrnod ac amser' },
  hint: { en: 'For example, 9 3 2026 and 2:30pm', cy: 'Er enghraifft, 9 3 2026 a 14:30' },
  as: 'moment',
})
export const PLACE = asked('appointment.booked', 'place', {
  label: { en: 'Place (optional)', cy: 'Lle (dewisol)' },
  hint: {
    en: 'The person is told it only where their address is known to be safe',
    cy: 'Dim ond lle gwyddys bod y cyfeiriad yn ddiogel y dywedir hyn wrth y person',
  },
  as: 'line',
})
const MINUTES = asked('appointment.booked', 'durationMinutes', {
  label: { en: 'How long, in minutes', cy: 'Pa mor hir, mewn munudau' },
  as: 'number',
  first: '60',
})

export const ORDER_ACTS: readonly Act[] = [
  act('order', 'appointment.booked', {
    title: { en: 'Book an appointment', cy: 'Trefnu apwyntiad' },
    roles: EVERYBODY,
    subjects: theOrder,
    fields: [
      asked('appointment.booked', 'kind', { label: { en: 'What is it?', cy: 'Beth ydyw?' }, as: KINDS }),
      ...[STARTS_AT, MINUTES, PLACE],
    ],
    becomes: (said, { subject }, name) => [
      { type: 'appointment.booked', info: { ...subject.settled, appointmentId: name, ...said } },
    ],
  }),
  act('order', 'appointment.rearranged', {
    title: { en: 'Move an appointment', cy: 'Symud apwyntiad' },
    roles: EVERYBODY,
    subjects: appointmentsAhead,
    fields: [
      STARTS_AT,
      asked('appointment.rearranged', 'place', {
        label: { en: 'Place, if that changes', cy: 'Lle, os yw’n newid' },
        as: 'line',
      }),
    ],
  }),
  act('order', 'appointment.cancelled', {
    title: { en: 'Cancel an appointment', cy: 'Canslo apwyntiad' },
    roles: EVERYBODY,
    subjects: appointmentsAhead,
  }),
  act('order', 'appointment.confirmed', {
    title: { en: 'Say that you will be there', cy: 'Dweud y byddwch yno' },
    roles: ['offender-manager', 'case-manager'],
    subjects: threeWaysAhead,
  }),
  act('order', 'appointment.declined', {
    title: { en: 'Say that you cannot be there', cy: 'Dweud na allwch fod yno' },
    roles: ['offender-manager', 'case-manager'],
    subjects: threeWaysAhead,
  }),
  act('order', 'person.rung', {
    title: { en: 'Say that you have rung the person', cy: 'Dweud eich bod wedi ffonio’r person' },
    roles: ['case-manager', 'offender-manager'],
    subjects: theOrder,
  }),
  act('order', 'order.ended', {
    title: { en: 'Say that the order has ended', cy: 'Dweud bod y gorchymyn wedi dod i ben' },
    roles: PROBATION,
    subjects: theOrder,
    fields: [
      asked('order.ended', 'endedOn', { label: { en: 'On which day?', cy: 'Ar ba ddiwrnod?' }, as: 'day' }),
      asked('order.ended', 'reason', {
        label: { en: 'How did it end?', cy: 'Sut daeth i ben?' },
        as: options({
          completed: ['It was completed', 'Fe’i cwblhawyd'],
          revoked: ['It was revoked', 'Fe’i dirymwyd'],
          breached: ['By a breach', 'Oherwydd torri’r gorchymyn'],
          transferred: ['It was transferred', 'Fe’i trosglwyddwyd'],
          died: ['The person died', 'Bu farw’r person'],
        }),
      }),
    ],
  }),
]
