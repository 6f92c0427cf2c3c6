import type { Texts } from '../../messages/text.ts'

/** What workers hear of the person themselves: no cause, no prison, no reason. */
export const PERSON_TEXTS = {
  died: {
    en: {
      subject: 'Case {{ orderId }}: please contact nobody',
      text: `We have been told that the person of case {{ orderId }} has died. Please contact neither them nor their family. Ring {{ office }}{% if number %} on {{ number | phone }}{% endif %} first.

{{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: peidiwch â chysylltu â neb',
      text: `Cawsom wybod bod y person yn achos {{ orderId }} wedi marw. Peidiwch â chysylltu â nhw nac â’u teulu. Ffoniwch {{ office }}{% if number %} ar {{ number | phone }}{% endif %} yn gyntaf.

{{ link }}`,
    },
  },
  notDied: {
    en: {
      subject: 'Case {{ orderId }}: what we said was wrong',
      text: `We told you that the person of case {{ orderId }} had died. That was wrong. What was planned goes on.

{{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: roedd yr hyn a ddywedwyd yn anghywir',
      text: `Dywedwyd wrthych fod y person yn achos {{ orderId }} wedi marw. Roedd hynny’n anghywir. Mae’r hyn a gynlluniwyd yn parhau.

{{ link }}`,
    },
  },
  received: {
    en: {
      subject: 'Case {{ orderId }}: received into prison on {{ on | day }}',
      text: `The person of case {{ orderId }} was received into prison on {{ on | day }}. Do not ring their number.

{{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: wedi’i dderbyn i’r carchar {{ on | onDay }}',
      text: `Cafodd y person yn achos {{ orderId }} ei dderbyn i’r carchar {{ on | onDay }}. Peidiwch â ffonio eu rhif.

{{ link }}`,
    },
  },
  ringPrison: {
    en: {
      subject: 'Case {{ orderId }}: received into prison on {{ on | day }}',
      text: `The person of case {{ orderId }} was received into prison on {{ on | day }}. Please ring the prison about the risks of the first days there: self-harm and withdrawal. Do not ring their own number.

{{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: wedi’i dderbyn i’r carchar {{ on | onDay }}',
      text: `Cafodd y person yn achos {{ orderId }} ei dderbyn i’r carchar {{ on | onDay }}. Ffoniwch y carchar ynghylch peryglon y dyddiau cyntaf yno: hunan-niweidio a diddyfnu. Peidiwch â ffonio eu rhif eu hunain.

{{ link }}`,
    },
  },
} satisfies Texts
