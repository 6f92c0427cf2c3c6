import type { Texts } from '../../messages/text.ts'

/** To the offender manager of somebody who came out with nothing ready. In a text message no need is named. */
export const PEOPLE_TEXTS = {
  unplanned: {
    en: {
      subject: 'Case {{ orderId }}: out of prison since {{ outAt | day }}, with no plan',
      text: `The person of case {{ orderId }} was released on {{ outAt | moment }}, and we know of no plan for it.{% if not isTextMessage %} Please see to what is needed at once: prescription, records to the doctor, accommodation, money, take-home kit.{% endif %} Please ring the prison{% if prison %}, {{ prison }}{% endif %}{% if prisonPhone %}, on {{ prisonPhone | phone }}{% endif %}: they know what was made ready.`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: allan o’r carchar ers {{ outAt | day }}, heb gynllun',
      text: `Cafodd y person yn achos {{ orderId }} ei ryddhau ({{ outAt | moment }}), ac ni wyddom am gynllun ar gyfer hynny.{% if not isTextMessage %} Ewch ar unwaith i’r afael â’r hyn sydd ei angen: presgripsiwn, cofnodion at y meddyg, llety, arian, pecyn i fynd adref.{% endif %} Ffoniwch y carchar{% if prison %}, {{ prison }}{% endif %}{% if prisonPhone %}, ar {{ prisonPhone | phone }}{% endif %}: maent yn gwybod beth sydd yn barod.`,
    },
  },
} satisfies Texts
