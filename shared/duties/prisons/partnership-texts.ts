import type { Texts } from '../../messages/text.ts'
import { FOR } from './standard-plus-texts.ts'

export const PARTNERSHIP_TEXTS = {
  review: {
    en: {
      subject: 'Partnership at {{ prison }}: yearly review on {{ reviewOn | date }}',
      text: `${FOR.en}

The SMART Recovery partnership with {{ prison }} was agreed on {{ agreedOn | date }}. The agreement and its licence fee are reviewed every year. The review date is {{ reviewOn | date }}.

Please review them with UK SMART Recovery by then, and record that the partnership has been agreed again, or that it has ended: {{ link }}`,
    },
    cy: {
      subject: 'Partneriaeth yn {{ prison }}: adolygiad blynyddol ar {{ reviewOn | date }}',
      text: `${FOR.cy}

Cytunwyd ar bartneriaeth SMART Recovery {{ prison }} ar {{ agreedOn | date }}. Caiff y cytundeb a’i ffi drwydded eu hadolygu bob blwyddyn. Y dyddiad adolygu yw {{ reviewOn | date }}.

Adolygwch nhw gydag UK SMART Recovery erbyn hynny, a chofnodwch fod y bartneriaeth wedi’i chytuno eto, neu ei bod wedi dod i ben: {{ link }}`,
    },
  },
} satisfies Texts
