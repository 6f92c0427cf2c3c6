import { sheetsOf } from '../casefile/contact-sheets.ts'
import { happened } from '../casefile/order.ts'
import { type Act, act, type Place } from './act.ts'
import { PROBATION, PROVIDER, theOrder, unanswered } from './orders.ts'

/** Raising something between appointments, and acknowledging it: flags only, never the substance. */

/** The order, if a contact sheet asked for more support and no plan has been agreed since. */
function withoutSupportPlan(place: Place<'order'>) {
  const needs = Object.keys(place.state.appointments)
    .flatMap((appointmentId) => sheetsOf(place.state, appointmentId).slice(-1))
    .filter(({ info }) => info.supportNeed)
  const agreed = happened(place.state, 'support-plan.agreed').at(-1)
  return needs.some(({ at }) => !agreed || agreed.at < at) ? theOrder(place) : []
}

export const FLAG_ACTS: readonly Act[] = [
  act('order', 'disclosure.flagged', {
    title: {
      en: 'Say that there is something important to pass on by telephone',
      cy: 'Dweud bod rhywbeth pwysig i’w drosglwyddo dros y ffôn',
    },
    roles: PROVIDER,
    subjects: theOrder,
  }),
  act('order', 'disclosure.acknowledged', {
    title: { en: 'Say that you know', cy: 'Dweud eich bod yn gwybod' },
    roles: PROBATION,
    subjects: unanswered('disclosure.flagged', 'disclosure.acknowledged'),
  }),
  act('order', 'risk.changed', {
    title: { en: 'Say that the risk has changed', cy: 'Dweud bod y risg wedi newid' },
    roles: [...PROBATION, ...PROVIDER],
    subjects: theOrder,
  }),
  act('order', 'risk.acknowledged', {
    title: {
      en: 'Say that you know of the change in risk',
      cy: 'Dweud eich bod yn gwybod am y newid yn y risg',
    },
    roles: [...PROBATION, ...PROVIDER],
    subjects: (place) => (happened(place.state, 'risk.changed').length > 0 ? theOrder(place) : []),
  }),
  act('order', 'withdrawal.proposed', {
    title: { en: 'Propose to withdraw', cy: 'Cynnig tynnu’n ôl' },
    roles: PROVIDER,
    subjects: theOrder,
  }),
  act('order', 'withdrawal.discussed', {
    title: { en: 'Say that withdrawal was discussed', cy: 'Dweud bod tynnu’n ôl wedi’i drafod' },
    roles: ['offender-manager', 'duty-officer'],
    subjects: unanswered('withdrawal.proposed', 'withdrawal.discussed'),
  }),
  act('order', 'breach.decided', {
    title: { en: 'Record a decision to breach', cy: 'Cofnodi penderfyniad am dorri’r gorchymyn' },
    roles: PROBATION,
    subjects: theOrder,
  }),
  act('order', 'breach.concluded', {
    title: { en: 'Say that the breach is concluded', cy: 'Dweud bod yr achos torri gorchymyn wedi gorffen' },
    roles: PROBATION,
    subjects: unanswered('breach.decided', 'breach.concluded'),
  }),
  act('order', 'support-plan.agreed', {
    title: { en: 'Say that a support plan was agreed', cy: 'Dweud bod cynllun cymorth wedi’i gytuno' },
    roles: ['offender-manager', 'duty-officer', 'case-manager'],
    subjects: withoutSupportPlan,
  }),
]
