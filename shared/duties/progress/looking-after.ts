import { addDays, endOfDay, londonDate } from '../../calendar/london.ts'
import { sheetsAbout } from '../../casefile/contact-sheets.ts'
import { factStamp } from '../../casefile/ids.ts'
import { firstSince, happened } from '../../casefile/order.ts'
import { atOnce, daysAfter, labelled, workingDaysAfter } from '../../planning/when.ts'
import { about, caseManager, dayOf, orderDuty } from '../orders/rows.ts'
import { type Submitted, submittedSheets } from './reported.ts'
import { LOOKING_AFTER_TEXTS as TEXTS } from './texts.ts'

/** What is asked for the person's sake after an appointment, or after the treatment itself. */

export const safeWayHome = orderDuty((open) =>
  submittedSheets(
    open,
    ({ attendance, safeWayHome: said }) => attendance === 'attended-intoxicated' && said === undefined,
  ),
)({
  id: 'ATR-26',
  title: {
    en: 'Somebody who came intoxicated has a safe way home',
    cy: 'Mae gan rywun a ddaeth yn feddw ffordd ddiogel adref',
  },
  source: '003:13, "all reasonable steps are taken to prevent harm occurring"',
  hours: 'any',
  until: {
    says: 'a sheet that says it',
    met: (order, _, { appointment, slot }: Submitted) =>
      sheetsAbout(order, appointment.appointmentId, slot).some(
        ({ info }) => info.safeWayHome !== undefined || info.attendance !== 'attended-intoxicated',
      ),
  },
  stale: ({ sheet }) => endOfDay(addDays(londonDate(sheet.at), 1)),
  asks: [{ event: 'contact-sheet.submitted' }],
  rows: {
    asked: {
      to: caseManager,
      when: atOnce<Submitted>('a sheet with `attended-intoxicated`', ({ sheet }) => sheet.at),
      text: TEXTS.safeWayHome,
    },
  },
})

export const stayInTouch = orderDuty(function* (open) {
  for (const ended of happened(open.order, 'treatment.ended')) {
    const { on } = ended.info
    const thing = { occasion: factStamp(ended.at), facts: { on }, because: [ended.eventId] }
    yield about(open, thing, { day: on, at: ended.at })
  }
})({
  id: 'GATE-18',
  title: {
    en: 'Somebody is in touch in the days after treatment',
    cy: 'Mae rhywun mewn cysylltiad yn y dyddiau ar ôl triniaeth',
  },
  source: '004:3357, "more than half of the relapses occurring within three days of leaving treatment"',
  hours: 'office',
  until: {
    says: '`aftercare.recorded`',
    met: (order, _, { at }) => firstSince(order, 'aftercare.recorded', at) !== undefined,
  },
  asks: [{ event: 'aftercare.recorded' }],
  rows: {
    contact: [
      {
        to: caseManager,
        when: labelled('3-days', daysAfter(dayOf('treatment ended'), 3)),
        text: TEXTS.contact,
      },
      {
        to: caseManager,
        when: labelled(
          'again',
          workingDaysAfter({ says: 'the third day after treatment ended', of: thirdDay }, 2),
        ),
        text: TEXTS.contact,
      },
    ],
  },
})

function thirdDay({ day }: { readonly day: string }): string {
  return addDays(day, 3)
}
