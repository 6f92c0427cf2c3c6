import type { Texts } from '../../messages/text.ts'

const UNSENT_EN = `{% if 'court-order' in unsent %}* the court order
{% endif %}{% if 'pre-sentence-report' in unsent %}* the pre-sentence report
{% endif %}{% if 'risk-assessment' in unsent %}* the risk assessment, or the parts of it that matter
{% endif %}{% if 'outline-plan' in unsent %}* the outline plan
{% endif %}`
const UNSENT_CY = `{% if 'court-order' in unsent %}* gorchymyn y llys
{% endif %}{% if 'pre-sentence-report' in unsent %}* yr adroddiad cyn dedfrydu
{% endif %}{% if 'risk-assessment' in unsent %}* yr asesiad risg, neu’r rhannau perthnasol ohono
{% endif %}{% if 'outline-plan' in unsent %}* y cynllun amlinellol
{% endif %}`

/** What is to be done with which paper, and by when. The papers themselves never travel in a message. */
export const PAPERS_TEXTS = {
  courtPapers: {
    en: {
      subject: 'Case {{ orderId }}: papers for the provider',
      text: `The order was made on {{ sentencedOn | date }}. Please send the provider:

${UNSENT_EN}
Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: dogfennau i’r darparwr',
      text: `Gwnaed y gorchymyn ar {{ sentencedOn | date }}. Anfonwch y rhain at y darparwr:

${UNSENT_CY}
Achos {{ orderId }}: {{ link }}`,
    },
  },
  courtPapersOverdue: {
    en: {
      subject: 'Case {{ orderId }}: papers for the provider are overdue',
      text: `The order was made on {{ sentencedOn | date }}, and the provider does not yet have:

${UNSENT_EN}
Please send them now. Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: dogfennau i’r darparwr yn hwyr',
      text: `Gwnaed y gorchymyn ar {{ sentencedOn | date }}, ac nid yw’r rhain gan y darparwr eto:

${UNSENT_CY}
Anfonwch nhw nawr. Achos {{ orderId }}: {{ link }}`,
    },
  },
  speakFirst: {
    en: {
      subject: 'Case {{ orderId }}: speak to the case manager before the sentence plan',
      text: `The sentence plan is to be completed by {{ dueOn | day }}. Please speak to the case manager about the details of their own plan first.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: siaradwch â’r rheolwr achos cyn y cynllun dedfryd',
      text: `Mae angen cwblhau’r cynllun dedfryd erbyn {{ dueOn | day }}. Siaradwch yn gyntaf â’r rheolwr achos am fanylion eu cynllun nhw.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  planDue: {
    en: {
      subject: 'Case {{ orderId }}: sentence plan due by {{ dueOn | day }}',
      text: `Please complete the sentence plan by {{ dueOn | day }}, and record it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: cynllun dedfryd erbyn {{ dueOn | day }}',
      text: `Cwblhewch y cynllun dedfryd erbyn {{ dueOn | day }}, a chofnodwch hynny.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  planOverdue: {
    en: {
      subject: 'Case {{ orderId }}: sentence plan overdue',
      text: `The sentence plan was to be completed by {{ dueOn | day }}. It has not been recorded as complete{% if reader == 'offender-manager' %}: please complete it, or record that it is{% else %}: please speak to the offender manager{% endif %}.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: cynllun dedfryd yn hwyr',
      text: `Roedd angen cwblhau’r cynllun dedfryd erbyn {{ dueOn | day }}. Nid oes cofnod ei fod wedi’i gwblhau{% if reader == 'offender-manager' %}: cwblhewch ef, neu cofnodwch ei fod wedi’i gwblhau{% else %}: siaradwch â’r ymarferydd prawf{% endif %}.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  planCopy: {
    en: {
      subject: 'Case {{ orderId }}: a copy of the sentence plan for the provider',
      text: `The sentence plan was completed on {{ on | day }}. Please give the provider a copy within one day.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: copi o’r cynllun dedfryd i’r darparwr',
      text: `Cwblhawyd y cynllun dedfryd ar {{ on | date }}. Rhowch gopi i’r darparwr o fewn diwrnod.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  planCopyOverdue: {
    en: {
      subject: 'Case {{ orderId }}: the provider’s copy of the sentence plan is overdue',
      text: `The sentence plan was completed on {{ on | day }}, and no copy has been recorded as sent to the provider. Please send it now.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: copi’r darparwr o’r cynllun dedfryd yn hwyr',
      text: `Cwblhawyd y cynllun dedfryd ar {{ on | date }}, ac nid oes cofnod bod copi wedi’i anfon at y darparwr. Anfonwch ef nawr.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  score: {
    en: {
      subject: 'Case {{ orderId }}: second AUDIT or AUDIT-C before {{ end | date }}',
      text: `The requirement ends on {{ end | date }}. The case manager is asked to do the second AUDIT or AUDIT-C by then, and the offender manager to see that its score is recorded.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ail AUDIT neu AUDIT-C cyn {{ end | date }}',
      text: `Daw’r gofyniad i ben ar {{ end | date }}. Gofynnir i’r rheolwr achos wneud yr ail AUDIT neu AUDIT-C erbyn hynny, ac i’r ymarferydd prawf sicrhau bod ei sgôr yn cael ei chofnodi.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  scoreOverdue: {
    en: {
      subject: 'Case {{ orderId }}: second AUDIT or AUDIT-C overdue',
      text: `The requirement ended on {{ end | date }}, and no score of the second AUDIT or AUDIT-C has been recorded. The case manager is asked to record it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ail AUDIT neu AUDIT-C yn hwyr',
      text: `Daeth y gofyniad i ben ar {{ end | date }}, ac nid oes sgôr wedi’i chofnodi ar gyfer yr ail AUDIT neu AUDIT-C. Gofynnir i’r rheolwr achos ei chofnodi.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  whatNext: {
    en: {
      subject: 'Case {{ orderId }}: what comes after {{ end | date }}',
      text: `The requirement ends on {{ end | date }}. Please agree with the provider what support should go on, and at least tell the person where they can turn afterwards.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: beth ddaw ar ôl {{ end | date }}',
      text: `Daw’r gofyniad i ben ar {{ end | date }}. Cytunwch â’r darparwr pa gymorth ddylai barhau, ac o leiaf dywedwch wrth y person ble gallant droi wedyn.

Achos {{ orderId }}: {{ link }}`,
    },
  },
} satisfies Texts
