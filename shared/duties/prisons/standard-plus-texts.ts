import type { Written } from '../../messages/dates.ts'
import type { Template, Texts } from '../../messages/text.ts'

/** Who is at the head of a prison: a Governor, of a private one a Director. */
const HEAD = {
  en: "{% if sector == 'public' %}Governor{% elif sector == 'private' %}Director{% else %}Governor or Director{% endif %}",
  cy: "{% if sector == 'public' %}Llywodraethwr{% elif sector == 'private' %}Cyfarwyddwr{% else %}Llywodraethwr neu Gyfarwyddwr{% endif %}",
}

/** Whom it is for; who hears of it besides is told so. */
export const FOR = {
  en: `{% if reader == 'governor' %}For{% else %}Copy to{% endif %} the ${HEAD.en} of {{ prison }}`,
  cy: `{% if reader == 'governor' %}Ar gyfer{% else %}Copi at:{% endif %} ${HEAD.cy} {{ prison }}`,
}

/** Asks for a renewal; near the last valid day, with a warning of what comes after it. */
function renewal(warning: Readonly<Record<Written, string>>): Template {
  return {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }} is valid until the end of {{ expiresOn | date }}',
      text: `${FOR.en}

Clearance {{ clearanceId }}{% if role %} ({{ role }}){% endif %} to enter {{ prison }} is valid until the end of {{ expiresOn | date }}.${warning.en}

Is the person carrying on in the same role? If so, please send the request for renewal to the Approvals and Compliance Team, in the format required for its type (Annex D to PSI 27/2014), and record that it was sent. If not, record that the clearance has ended: {{ link }}

This concerns {{ prison }} only.`,
    },
    cy: {
      subject: 'Cliriad {{ clearanceId }} yn {{ prison }}: yn ddilys tan ddiwedd {{ expiresOn | date }}',
      text: `${FOR.cy}

Mae cliriad {{ clearanceId }}{% if role %} ({{ role }}){% endif %} i fynd i mewn i {{ prison }} yn ddilys tan ddiwedd {{ expiresOn | date }}.${warning.cy}

A yw’r unigolyn yn parhau yn yr un rôl? Os felly, anfonwch y cais i adnewyddu at y Tîm Cymeradwyo a Chydymffurfio, yn y fformat sy’n ofynnol ar gyfer ei fath (Atodiad D i PSI 27/2014), a chofnodwch ei fod wedi’i anfon. Os nad ydyw, cofnodwch fod y cliriad wedi dod i ben: {{ link }}

Dim ond {{ prison }} y mae hyn yn ymwneud ag ef.`,
    },
  }
}

/** No subject line, and nothing sent to a holder, names the kind of clearance. Nothing speaks of a decision. */
export const STANDARD_PLUS_TEXTS = {
  renewal: renewal({ en: '', cy: '' }),
  renewalSoon: renewal({
    en: ' From {{ lapsesOn | date }} the person must not enter on it.',
    cy: ' O {{ lapsesOn | date }} ymlaen ni chaiff yr unigolyn fynd i mewn arno.',
  }),
  ending: {
    en: {
      subject: 'Your clearance to enter {{ prison }}',
      text: 'Your clearance to enter {{ prison }} is valid until the end of {{ expiresOn | date }}, and not after that. If you are to carry on in your role there, please speak to the prison before then{% if prisonPhone %}: ring {{ prisonPhone | phone }}{% endif %}.',
    },
    cy: {
      subject: 'Eich cliriad i fynd i mewn i {{ prison }}',
      text: 'Mae eich cliriad i fynd i mewn i {{ prison }} yn ddilys tan ddiwedd {{ expiresOn | date }}, ac nid ar ôl hynny. Os byddwch yn parhau yn eich rôl yno, siaradwch â’r carchar cyn hynny{% if prisonPhone %}: ffoniwch {{ prisonPhone | phone }}{% endif %}.',
    },
  },
  /** The chase goes on after the last valid day, so this reads the same before it and after. */
  awaiting: {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }}: renewal not confirmed yet',
      text: `Renewal of clearance {{ clearanceId }} to enter {{ prison }} was requested on {{ requestedOn | date }} and has not been confirmed. The last day on which the clearance is valid is {{ expiresOn | date }}. Unless the renewal is confirmed, the person must not enter on it after that.

Please ask the Approvals and Compliance Team what stage it has reached. Once it is confirmed, record it: {{ link }}`,
    },
    cy: {
      subject: 'Cliriad {{ clearanceId }} yn {{ prison }}: adnewyddu heb ei gadarnhau eto',
      text: `Gofynnwyd am adnewyddu cliriad {{ clearanceId }} i fynd i mewn i {{ prison }} ar {{ requestedOn | date }}, ac nid yw wedi’i gadarnhau. Y diwrnod olaf y mae’r cliriad yn ddilys yw {{ expiresOn | date }}. Oni chaiff yr adnewyddu ei gadarnhau, ni chaiff yr unigolyn fynd i mewn arno ar ôl hynny.

Holwch y Tîm Cymeradwyo a Chydymffurfio am hynt y cais. Pan gaiff ei gadarnhau, cofnodwch hynny: {{ link }}`,
    },
  },
  lapsed: {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }} has lapsed',
      text: `${FOR.en}

Clearance {{ clearanceId }} to enter {{ prison }} was valid until the end of {{ expiresOn | date }}. The person must not enter on it.

Was it renewed, has the person left, or was it withdrawn? Please say which: {{ link }}`,
    },
    cy: {
      subject: 'Cliriad {{ clearanceId }} yn {{ prison }}: wedi dod i ben',
      text: `${FOR.cy}

Roedd cliriad {{ clearanceId }} i fynd i mewn i {{ prison }} yn ddilys tan ddiwedd {{ expiresOn | date }}. Ni chaiff yr unigolyn fynd i mewn arno.

A gafodd ei adnewyddu, a yw’r unigolyn wedi gadael, neu a gafodd ei dynnu’n ôl? Dywedwch pa un: {{ link }}`,
    },
  },
  lapsedHolder: {
    en: {
      subject: 'Your clearance to enter {{ prison }}',
      text: 'Your clearance to enter {{ prison }} was valid until the end of {{ expiresOn | date }}. Please speak to the prison before you next go in{% if prisonPhone %}: ring {{ prisonPhone | phone }}{% endif %}.',
    },
    cy: {
      subject: 'Eich cliriad i fynd i mewn i {{ prison }}',
      text: 'Roedd eich cliriad i fynd i mewn i {{ prison }} yn ddilys tan ddiwedd {{ expiresOn | date }}. Siaradwch â’r carchar cyn y tro nesaf i chi fynd i mewn{% if prisonPhone %}: ffoniwch {{ prisonPhone | phone }}{% endif %}.',
    },
  },
  stopped: {
    en: {
      subject: 'Clearance {{ clearanceId }} at {{ prison }} is not valid from {{ on | date }}',
      text: `${FOR.en}

Clearance {{ clearanceId }}{% if role %} ({{ role }}){% endif %} to enter {{ prison }} is not valid from {{ on | date }}. From that day the person must not enter on it. Please see that the gate knows.

This concerns {{ prison }} only.

{{ link }}`,
    },
    cy: {
      subject: 'Cliriad {{ clearanceId }} yn {{ prison }}: ddim yn ddilys o {{ on | date }}',
      text: `${FOR.cy}

Nid yw cliriad {{ clearanceId }}{% if role %} ({{ role }}){% endif %} i fynd i mewn i {{ prison }} yn ddilys o {{ on | date }} ymlaen. O’r diwrnod hwnnw ni chaiff yr unigolyn fynd i mewn arno. Gwnewch yn siŵr bod y giât yn gwybod.

Dim ond {{ prison }} y mae hyn yn ymwneud ag ef.

{{ link }}`,
    },
  },
  stoppedHolder: {
    en: {
      subject: 'Your clearance to enter {{ prison }}',
      text: 'Please do not come to {{ prison }} from {{ on | date }} until you have spoken to them{% if prisonPhone %}; ring {{ prisonPhone | phone }}{% endif %}.',
    },
    cy: {
      subject: 'Eich cliriad i fynd i mewn i {{ prison }}',
      text: 'Peidiwch â dod i {{ prison }} o {{ on | date }} ymlaen nes i chi siarad â nhw{% if prisonPhone %}; ffoniwch {{ prisonPhone | phone }}{% endif %}.',
    },
  },
  halfServed: {
    en: {
      subject: 'Application {{ clearanceId }} at {{ prison }} may be considered from {{ servedOn | date }}',
      text: `At least half of the licence or order has been served by {{ servedOn | date }}, so application {{ clearanceId }} at {{ prison }} may be considered from that day. This is not a decision.

{{ link }}`,
    },
    cy: {
      subject: 'Cais {{ clearanceId }} yn {{ prison }}: gellir ei ystyried o {{ servedOn | date }}',
      text: `Mae o leiaf hanner y drwydded neu’r gorchymyn wedi’i gyflawni erbyn {{ servedOn | date }}, felly gellir ystyried cais {{ clearanceId }} yn {{ prison }} o’r diwrnod hwnnw ymlaen. Nid penderfyniad yw hwn.

{{ link }}`,
    },
  },
  tooFew: {
    en: {
      subject: 'Cleared people at {{ prison }} after {{ expiresOn | date }}: {{ left }}',
      text: `${FOR.en}

People of organisation {{ organisationId }} still cleared after {{ expiresOn | date }}: {{ left }}, unless a clearance is renewed or somebody else is cleared.{% if not isTextMessage %} Several are needed for somebody always to be there.{% endif %}

Please ask the organisation to put others forward.`,
    },
    cy: {
      subject: 'Pobl â chliriad yn {{ prison }} ar ôl {{ expiresOn | date }}: {{ left }}',
      text: `${FOR.cy}

Pobl o sefydliad {{ organisationId }} â chliriad o hyd ar ôl {{ expiresOn | date }}: {{ left }}, oni chaiff cliriad ei adnewyddu neu oni chaiff rhywun arall un.{% if not isTextMessage %} Mae angen sawl un er mwyn i rywun fod yno bob amser.{% endif %}

Gofynnwch i’r sefydliad gynnig rhagor o bobl.`,
    },
  },
} satisfies Texts
