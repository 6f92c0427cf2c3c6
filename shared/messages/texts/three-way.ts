import type { Texts } from '../texts.ts'

export const THREE_WAY_TEXTS: Texts = {
  'TWM-01 first-meeting': {
    en: {
      subject: 'Case {{ orderId }}: please book the first three-way meeting',
      text: `The first meeting should be a three-way meeting: the person, the provider and you. None is booked yet.

Case {{ orderId }}: {{ link }}`,
    },
  },
}
