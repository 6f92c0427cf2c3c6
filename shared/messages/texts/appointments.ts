import type { Texts } from '../texts.ts'

/** A person is wanted, not threatened; with an address that is not safe they read a day and a time, no more. */
export const APPOINTMENT_TEXTS: Texts = {
  'ATR-01 day-before': {
    en: {
      subject: 'Your appointment on {{ start | day }}',
      text: 'Your appointment is on {{ start | moment }}{% if place %} at {{ place }}{% endif %}. We look forward to seeing you.',
    },
  },
  'ATR-01 same-day': {
    en: {
      subject: 'Your appointment on {{ start | day }}',
      text: 'Your appointment is on {{ start | moment }}{% if place %} at {{ place }}{% endif %}. See you then.',
    },
  },
  'ATR-01 day-list': {
    en: {
      subject: 'Your appointments on {{ day | day }}',
      text: `Your appointments on {{ day | day }}:

{% for one in appointments -%}
* {{ one.start | time }}, case {{ one.orderId }}{% if one.who %}, {{ one.who }}{% endif %}{% if one.place %}, {{ one.place }}{% endif %}
{% endfor %}`,
    },
  },
  'ATR-01 ring-them': {
    en: {
      subject: 'Please ring about an appointment on {{ start | day }}',
      text: `Please ring {{ who }} about the appointment on {{ start | moment }}.

We cannot remind them: {{ why | reason }}.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-01 ring-them-moved': {
    en: {
      subject: 'Please ring about a moved appointment',
      text: `Please ring {{ who }}: their appointment is now on {{ start | moment }}.

We could not tell them: {{ why | reason }}.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-01 ring-them-cancelled': {
    en: {
      subject: 'Please ring about a cancelled appointment',
      text: `Please ring {{ who }}: their appointment on {{ start | moment }} is cancelled.

We could not tell them: {{ why | reason }}.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-08 moved': {
    en: {
      subject: 'Your appointment has moved',
      text: 'Your appointment has moved. It is now on {{ start | moment }}{% if place %} at {{ place }}{% endif %}, not on {{ was | moment }}. We look forward to seeing you.',
    },
  },
  'ATR-08 moved-worker': {
    en: {
      subject: 'Case {{ orderId }}: an appointment has moved{% if late %} (late){% endif %}',
      text: `The appointment on {{ was | moment }} has moved to {{ start | moment }}{% if place %} at {{ place }}{% endif %}.
{% if late %}
This is late: the day of the original appointment had passed before it was recorded.
{% endif %}
Case {{ orderId }}: {{ link }}`,
    },
  },
  'CUS-13 cancelled': {
    en: {
      subject: 'Your appointment on {{ start | day }} is off',
      text: 'Your appointment on {{ start | moment }} is cancelled. You do not need to come. We will be in touch about another.',
    },
  },
  'CUS-13 cancelled-worker': {
    en: {
      subject: 'Case {{ orderId }}: an appointment is cancelled',
      text: `The appointment on {{ start | moment }} is cancelled.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'CUS-13 rebook': {
    en: {
      subject: 'Case {{ orderId }}: please book another appointment',
      text: `The appointment on {{ start | moment }} was cancelled and nothing is booked ahead. Please book another.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-09 rebook': {
    en: {
      subject: 'Case {{ orderId }}: please book another appointment',
      text: `The last appointment {% if attended %}could not go ahead as planned{% else %}was missed{% endif %} and nothing is booked ahead. Please book another.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-03 nothing-booked': {
    en: {
      subject: 'Case {{ orderId }}: no first appointment yet',
      text: `The order was made on {{ sentencedOn | date }} and nothing is booked. Please book the first appointment.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-04 commence-by': {
    en: {
      subject: 'Case {{ orderId }}: to start by {{ commenceBy | date }}',
      text: `The court was told that this would start by {{ commenceBy | date }}. Nothing is booked on or before that day.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-04 overdue': {
    en: {
      subject: 'Case {{ orderId }}: overdue since {{ commenceBy | date }}',
      text: `The court was told that this would start by {{ commenceBy | date }}. It has not started.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-07 waiting': {
    en: {
      subject: 'Case {{ orderId }}: still waiting',
      text: `The order was made on {{ sentencedOn | date }}. The person is still waiting to start and nothing is booked. Please see that they are supported meanwhile.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-10 diary-review': {
    en: {
      subject: 'Case {{ orderId }}: please book a diary review',
      text: `A fortnightly diary review is due and none is booked.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-15 gap': {
    en: {
      subject: 'Case {{ orderId }}: nothing booked for four weeks',
      text: `Nothing is booked for the next 28 days. The requirement runs until {{ requirementEnd | date }}.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-16 empty-week': {
    en: {
      subject: 'Case {{ orderId }}: no appointment in the week of {{ weekOf | date }}',
      text: `Nothing is booked in the week that begins on {{ weekOf | day }}. Please add an appointment.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'ATR-18 review': {
    en: {
      subject: 'Case {{ orderId }}: a review is due',
      text: `The core programme was completed on {{ completedOn | date }}. A review is due and nothing is booked ahead.

Case {{ orderId }}: {{ link }}`,
    },
  },
}
