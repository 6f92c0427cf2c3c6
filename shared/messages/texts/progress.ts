import type { Texts } from '../texts.ts'

/** What replaces the fax: that something is there, and where to read it. Progress stays behind sign-in. */
export const PROGRESS_TEXTS: Texts = {
  'FAX-01 prompt': {
    en: {
      subject: 'Case {{ orderId }}: contact sheet for {{ start | day }}',
      text: `Please fill in the contact sheet for the appointment on {{ start | moment }}.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'FAX-01 evening': {
    en: {
      subject: 'Case {{ orderId }}: contact sheet for {{ start | day }}',
      text: `The contact sheet for the appointment on {{ start | moment }} is still to be filled in.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'FAX-01 overdue': {
    en: {
      subject: 'Case {{ orderId }}: contact sheet overdue',
      text: `The contact sheet for the appointment on {{ start | moment }} is overdue.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'FAX-01 missing': {
    en: {
      subject: 'Case {{ orderId }}: no update recorded',
      text: `No update has been recorded for the appointment on {{ start | moment }}.

Case {{ orderId }}: {{ link }}`,
    },
  },
  'FAX-01 update': {
    en: {
      subject: 'Case {{ orderId }}: update for {{ start | day }}{% if corrected %} (corrected){% endif %}',
      text: `Appointment: {{ start | moment }}
Attendance: {{ attendance | attendance }}
Next appointment: {% if next %}{{ next | moment }}{% else %}none booked{% endif %}
{% if corrected %}
This corrects an earlier update.
{% endif %}{% if ringMe %}
The case manager asks you to ring.
{% endif %}
Read about progress, and say that you have read it: {{ link }}`,
    },
  },
  'FAX-01 unread': {
    en: {
      subject: 'Case {{ orderId }}: an update has not been read',
      text: `The update for the appointment on {{ start | moment }} has not been read yet.

Case {{ orderId }}: {{ link }}`,
    },
  },
}
