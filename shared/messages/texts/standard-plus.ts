import type { Texts } from '../texts.ts'

/** No subject line, and nothing sent to a holder, names the kind of clearance. */
export const STANDARD_PLUS_TEXTS: Texts = {
  'SP-02 renewal': {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }} ends on {{ expiresOn | date }}',
      text: `To the {{ head }}, {{ prison }}

Clearance {{ clearanceId }}{% if role %} ({{ role }}){% endif %} is valid until {{ expiresOn | date }}. If the person is to carry on in the same role, please ask the Approvals and Compliance Team to renew it, in the format required for its type. It concerns {{ prison }} only.

{{ link }}`,
    },
  },
  'SP-02 ending': {
    en: {
      subject: 'Your clearance to enter {{ prison }}',
      text: 'Your clearance to enter {{ prison }} is valid until {{ expiresOn | date }}. If you carry on in your role there, please ask the prison about renewing it.',
    },
  },
  'SP-02 awaiting': {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }}: renewal not confirmed yet',
      text: `Renewal of clearance {{ clearanceId }} was requested on {{ requestedOn | date }} and has not been confirmed. The clearance is valid until {{ expiresOn | date }}.

{{ link }}`,
    },
  },
  'SP-02 lapsed': {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }} has lapsed',
      text: `Clearance {{ clearanceId }} was valid until {{ expiresOn | date }}. The person may not enter {{ prison }} on it. Please say whether it was renewed, or whether the person has left or was withdrawn.

{{ link }}`,
    },
  },
  'SP-02 lapsed-holder': {
    en: {
      subject: 'Your clearance to enter {{ prison }}',
      text: 'Your clearance to enter {{ prison }} was valid until {{ expiresOn | date }}. Please speak to the prison before you next go in.',
    },
  },
}
