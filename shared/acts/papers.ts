import type { EventType } from '../casefile/events.ts'
import { type Act, act, asked, type Field, options, type Words } from './act.ts'
import { PROBATION, PROVIDER, theOrder } from './orders.ts'

/** An order's papers, programme and closing figures: that something was done, and on which day. */

const WHEN: Words = { en: 'On which day?', cy: 'Ar ba ddiwrnod?' }

/** An act that asks only for its day. */
function onADay(
  event: 'aftercare.recorded' | `core-programme.${'started' | 'completed'}` | 'treatment.ended',
  title: Words,
): Act {
  const on: Field = asked(event, 'on', { label: WHEN, as: 'day' })
  return act('order', event satisfies EventType, {
    ...{ title, subjects: theOrder, fields: [on] },
    roles: ['case-manager', 'offender-manager'],
  })
}

export const PAPER_ACTS: readonly Act[] = [
  act('order', 'document.sent', {
    title: { en: 'Say that a document was sent', cy: 'Dweud bod dogfen wedi’i hanfon' },
    roles: [...PROBATION, ...PROVIDER],
    subjects: theOrder,
    fields: [
      asked('document.sent', 'document', {
        label: { en: 'Which document?', cy: 'Pa ddogfen?' },
        as: options({
          'court-order': ['The court order', 'Gorchymyn y llys'],
          'pre-sentence-report': ['The pre-sentence report', 'Yr adroddiad cyn dedfrydu'],
          'risk-assessment': ['The risk assessment', 'Yr asesiad risg'],
          'outline-plan': ['The outline plan', 'Y cynllun amlinellol'],
          'sentence-plan': ['The sentence plan', 'Y cynllun dedfryd'],
          'completion-report': ['The completion report', 'Yr adroddiad cwblhau'],
          'review-information': [
            'Information for the court’s review',
            'Gwybodaeth ar gyfer adolygiad y llys',
          ],
        }),
      }),
    ],
  }),
  act('order', 'sentence-plan.completed', {
    title: { en: 'Say that the sentence plan is complete', cy: 'Dweud bod y cynllun dedfryd yn gyflawn' },
    roles: PROBATION,
    subjects: theOrder,
    fields: [
      asked('sentence-plan.completed', 'on', { label: WHEN, as: 'day' }),
      asked('sentence-plan.completed', 'reviewOn', {
        label: { en: 'When will it be reviewed? (optional)', cy: 'Pryd caiff ei adolygu? (dewisol)' },
        as: 'day',
      }),
    ],
  }),
  onADay('core-programme.started', {
    en: 'Say that the core programme has started',
    cy: 'Dweud bod y rhaglen graidd wedi dechrau',
  }),
  onADay('core-programme.completed', {
    en: 'Say that the core programme is complete',
    cy: 'Dweud bod y rhaglen graidd yn gyflawn',
  }),
  onADay('treatment.ended', {
    en: 'Say that treatment has ended',
    cy: 'Dweud bod y driniaeth wedi dod i ben',
  }),
  onADay('aftercare.recorded', {
    en: 'Say that you were in touch after treatment',
    cy: 'Dweud eich bod wedi cysylltu ar ôl y driniaeth',
  }),
  act('order', 'audit.scored', {
    title: { en: 'Record a questionnaire’s score', cy: 'Cofnodi sgôr holiadur' },
    roles: ['case-manager', 'offender-manager'],
    subjects: theOrder,
    fields: [
      asked('audit.scored', 'instrument', {
        label: { en: 'Which questionnaire?', cy: 'Pa holiadur?' },
        as: options({ AUDIT: ['AUDIT', 'AUDIT'], 'AUDIT-C': ['AUDIT-C', 'AUDIT-C'] }),
      }),
      asked('audit.scored', 'score', { label: { en: 'Score, 0 to 40', cy: 'Sgôr, 0 i 40' }, as: 'number' }),
      asked('audit.scored', 'on', { label: WHEN, as: 'day' }),
    ],
  }),
  act('order', 'court-review.listed', {
    title: { en: 'Record a court review', cy: 'Cofnodi adolygiad llys' },
    roles: PROBATION,
    subjects: theOrder,
    fields: [
      asked('court-review.listed', 'hearingOn', {
        label: { en: 'When is the hearing?', cy: 'Pryd mae’r gwrandawiad?' },
        as: 'day',
      }),
    ],
  }),
]
