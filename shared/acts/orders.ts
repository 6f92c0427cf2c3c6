import { type Appointment, standing } from '../casefile/appointment.ts'
import { keyOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import { happened } from '../casefile/order.ts'
import { type Act, act, asked, options, type Place, type Subject } from './act.ts'

/** Acts on an order. Its appointments, progress and papers have their own files. */

export const PROBATION: readonly Role[] = ['offender-manager', 'duty-officer', 'probation-office']
export const PROVIDER: readonly Role[] = ['case-manager', 'provider-manager']
export const EVERYBODY: readonly Role[] = [...PROBATION, ...PROVIDER]

/** The order itself, while it runs. */
export function theOrder({ id, state }: Place<'order'>): Subject[] {
  return state.terms && !state.ended ? [{ key: '', settled: { orderId: keyOf(id) } }] : []
}

/** The order itself, if its last event of one type has not been answered by another yet. */
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

/** An appointment, identified by its start. */
export function appointmentAsSubject({ id }: Place<'order'>, appointment: Appointment): Subject {
  const { appointmentId } = appointment
  return {
    key: appointmentId,
    at: standing(appointment).startsAt,
    settled: { orderId: keyOf(id), appointmentId },
  }
}

/** The appointments still to be held, soonest first. */
export function ahead({ state, now }: Place<'order'>): Appointment[] {
  return Object.values(state.appointments)
    .filter((one) => !one.cancelled && standing(one).startsAt > now)
    .sort((a, b) => standing(a).startsAt - standing(b).startsAt)
}

/** When and where an appointment takes place. */
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
export const ORDER_ACTS: readonly Act[] = [
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
