import type { Texts } from '../../messages/text.ts'

/** What replaces the fax: that something is there, and where to read it. Progress stays behind sign-in. */
export const PROGRESS_TEXTS = {
  prompt: {
    en: {
      subject: 'Case {{ orderId }}: contact sheet for {{ start | day }}',
      text: `Please fill in the contact sheet for the appointment on {{ start | moment }}.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: taflen gyswllt ar gyfer {{ start | day }}',
      text: `Llenwch y daflen gyswllt ar gyfer apwyntiad {{ start | moment }}.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  evening: {
    en: {
      subject: 'Case {{ orderId }}: contact sheet for {{ start | day }}',
      text: `Please fill in the contact sheet for the appointment on {{ start | moment }}: it has not come yet.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: taflen gyswllt ar gyfer {{ start | day }}',
      text: `Llenwch y daflen gyswllt ar gyfer apwyntiad {{ start | moment }}: nid yw wedi dod eto.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  overdue: {
    en: {
      subject: 'Case {{ orderId }}: contact sheet overdue',
      text: `The contact sheet for the appointment on {{ start | moment }} is overdue. Please fill it in now.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: taflen gyswllt yn hwyr',
      text: `Mae’r daflen gyswllt ar gyfer apwyntiad {{ start | moment }} yn hwyr. Llenwch hi nawr.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  missing: {
    en: {
      subject: 'Case {{ orderId }}: no update recorded',
      text: `No update has been recorded for the appointment on {{ start | moment }}. {% if reader == 'provider-manager' %}Please see that the contact sheet is sent on the day that you read this.{% else %}Please ring the case manager{% if number %} on {{ number | phone }}{% endif %} and ask for it.{% endif %}

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: dim diweddariad wedi’i gofnodi',
      text: `Nid oes diweddariad wedi’i gofnodi ar gyfer apwyntiad {{ start | moment }}. {% if reader == 'provider-manager' %}Gwnewch yn siŵr bod y daflen gyswllt yn cael ei hanfon ar y diwrnod y darllenwch hyn.{% else %}Ffoniwch y rheolwr achos{% if number %} ar {{ number | phone }}{% endif %} a gofynnwch amdano.{% endif %}

Achos {{ orderId }}: {{ link }}`,
    },
  },
  update: {
    en: {
      subject: 'Case {{ orderId }}: update for {{ start | day }}{% if corrected %} (corrected){% endif %}',
      text: `Appointment: {{ start | moment }}{% if enforceable %} (enforceable){% endif %}
Attendance: {{ attendance | attendance }}
Next appointment: {% if not isNext %}none booked{% elif next %}{{ next | moment }}{% else %}booked, see the case{% endif %}
{% if corrected %}
This corrects an earlier update.
{% endif %}{% if ringMe %}
The case manager asks you to ring.
{% endif %}
Please read what the provider writes of progress, and say that you have: {{ link }}`,
    },
    cy: {
      subject:
        'Achos {{ orderId }}: diweddariad ar gyfer {{ start | day }}{% if corrected %} (wedi’i gywiro){% endif %}',
      text: `Apwyntiad: {{ start | moment }}{% if enforceable %} (gorfodadwy){% endif %}
Presenoldeb: {{ attendance | attendance }}
Apwyntiad nesaf: {% if not isNext %}dim wedi’i drefnu{% elif next %}{{ next | moment }}{% else %}wedi’i drefnu, gweler yr achos{% endif %}
{% if corrected %}
Mae hwn yn cywiro diweddariad cynharach.
{% endif %}{% if ringMe %}
Mae’r rheolwr achos yn gofyn i chi ffonio.
{% endif %}
Darllenwch am gynnydd, a dywedwch eich bod wedi’i ddarllen: {{ link }}`,
    },
  },
  unread: {
    en: {
      subject: 'Case {{ orderId }}: an update has not been read',
      text: `Please read the update for the appointment on {{ start | moment }}, and say that you have: nobody has yet.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: diweddariad heb ei ddarllen',
      text: `Darllenwch y diweddariad ar gyfer apwyntiad {{ start | moment }}, a dywedwch eich bod wedi gwneud: nid oes neb wedi ei ddarllen eto.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  unreadByThem: {
    en: {
      subject: 'Case {{ orderId }}: an update has not been read',
      text: `The {% if givenTo == 'duty-officer' %}duty officer{% else %}offender manager{% endif %} was given the update for the appointment on {{ start | moment }}, and has not said that they read it. Please speak to them.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: diweddariad heb ei ddarllen',
      text: `Cafodd {% if givenTo == 'duty-officer' %}y swyddog ar ddyletswydd{% else %}yr ymarferydd prawf{% endif %} y diweddariad ar gyfer apwyntiad {{ start | moment }}, ac nid ydynt wedi dweud eu bod wedi ei ddarllen. Siaradwch â nhw.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  returned: {
    en: {
      subject: 'Case {{ cases }}: while you were away',
      text: `While you were away these came for the duty officer in your place:

{% for one in went -%}
* case {{ one.orderId }}, {{ one.at | moment }}
{% endfor %}
Read them: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ cases }}: tra oeddech i ffwrdd',
      text: `Tra oeddech i ffwrdd daeth y rhain i’r swyddog ar ddyletswydd yn eich lle:

{% for one in went -%}
* achos {{ one.orderId }}, {{ one.at | moment }}
{% endfor %}
Darllenwch nhw: {{ link }}`,
    },
  },
  flagged: {
    en: {
      subject: 'Case {{ orderId }}: please ring about something important',
      text: `Something important that you may not know was flagged on {{ flaggedAt | moment }}. It is not written here.

{% if number %}Please ring {{ number | phone }}, then say that you know: {{ link }}{% else %}See whom to ring, and say that you know: {{ link }}{% endif %}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ffoniwch am rywbeth pwysig',
      text: `Cafodd rhywbeth pwysig, na wyddoch amdano efallai, ei nodi ({{ flaggedAt | moment }}). Nid yw wedi’i ysgrifennu yma.

{% if number %}Ffoniwch {{ number | phone }}, yna dywedwch eich bod yn gwybod: {{ link }}{% else %}Gweler pwy i’w ffonio, a dywedwch eich bod yn gwybod: {{ link }}{% endif %}`,
    },
  },
  unseen: {
    en: {
      subject: 'Case {{ orderId }}: nobody has answered an important flag',
      text: `Something important was flagged to the offender manager on {{ flaggedAt | moment }}, and nobody has said that they know. It is not written here.

{% if number %}Please ring {{ number | phone }}, then say that you know: {{ link }}{% else %}See whom to ring, and say that you know: {{ link }}{% endif %}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: neb wedi ateb neges bwysig',
      text: `Cafodd rhywbeth pwysig ei nodi i’r ymarferydd prawf ({{ flaggedAt | moment }}), ac nid oes neb wedi dweud eu bod yn gwybod. Nid yw wedi’i ysgrifennu yma.

{% if number %}Ffoniwch {{ number | phone }}, yna dywedwch eich bod yn gwybod: {{ link }}{% else %}Gweler pwy i’w ffonio, a dywedwch eich bod yn gwybod: {{ link }}{% endif %}`,
    },
  },
  proposed: {
    en: {
      subject: 'Case {{ orderId }}: the provider proposes to withdraw',
      text: `On {{ proposedAt | moment }} the provider proposed to withdraw. Please discuss it with the case manager first, and record that you have.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: y darparwr yn bwriadu tynnu’n ôl',
      text: `Cynigiodd y darparwr dynnu’n ôl ({{ proposedAt | moment }}). Trafodwch hyn gyda’r rheolwr achos yn gyntaf, a chofnodwch eich bod wedi gwneud.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  undiscussed: {
    en: {
      subject: 'Case {{ orderId }}: withdrawal still to be discussed',
      text: `On {{ proposedAt | moment }} the provider proposed to withdraw, and no discussion has been recorded. Please speak to the case manager.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: tynnu’n ôl heb ei drafod eto',
      text: `Cynigiodd y darparwr dynnu’n ôl ({{ proposedAt | moment }}), ac nid oes trafodaeth wedi’i chofnodi. Siaradwch â’r rheolwr achos.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  decided: {
    en: {
      subject: 'Case {{ orderId }}: a decision on breach',
      text: `On {{ at | moment }} the offender manager recorded a decision to breach. Please speak to them about what it means for your work.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: penderfyniad am dorri’r gorchymyn',
      text: `Cofnododd yr ymarferydd prawf benderfyniad i ddwyn achos am dorri’r gorchymyn ({{ at | moment }}). Siaradwch â nhw am yr hyn mae’n ei olygu i’ch gwaith.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  concluded: {
    en: {
      subject: 'Case {{ orderId }}: the outcome of a breach',
      text: `The outcome of the breach was recorded on {{ at | moment }}. Please read it, and speak to the offender manager about what it means for your work.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: canlyniad achos torri’r gorchymyn',
      text: `Cofnodwyd canlyniad yr achos am dorri’r gorchymyn ({{ at | moment }}). Darllenwch ef, a siaradwch â’r ymarferydd prawf am yr hyn mae’n ei olygu i’ch gwaith.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  reviewInformation: {
    en: {
      subject: 'Case {{ orderId }}: information for the review on {{ hearingOn | day }}',
      text: `The court reviews this order on {{ hearingOn | day }}, and the information for it has not come. {% if reader == 'case-manager' %}Please send it to the offender manager.{% else %}The case manager was asked to send it to you: please ask them for it.{% endif %}

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: gwybodaeth ar gyfer yr adolygiad {{ hearingOn | onDay }}',
      text: `Adolygiad nesaf y llys: {{ hearingOn | day }}. Nid yw’r wybodaeth ar ei gyfer wedi dod. {% if reader == 'case-manager' %}Anfonwch hi at yr ymarferydd prawf.{% else %}Gofynnwyd i’r rheolwr achos ei hanfon atoch: holwch nhw amdani.{% endif %}

Achos {{ orderId }}: {{ link }}`,
    },
  },
  need: {
    en: {
      subject: 'Case {{ orderId }}: more support is needed',
      text: `At the appointment on {{ start | moment }} it became clear that more support is needed. Please agree a plan with the case manager.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: mae angen mwy o gymorth',
      text: `Yn apwyntiad {{ start | moment }} daeth yn amlwg bod angen mwy o gymorth. Cytunwch ar gynllun gyda’r rheolwr achos.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  noPlan: {
    en: {
      subject: 'Case {{ orderId }}: no support plan agreed yet',
      text: `At the appointment on {{ start | moment }} it became clear that more support is needed. No plan has been agreed yet: please agree one with the case manager.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: dim cynllun cymorth wedi’i gytuno eto',
      text: `Yn apwyntiad {{ start | moment }} daeth yn amlwg bod angen mwy o gymorth. Nid oes cynllun wedi’i gytuno eto: cytunwch ar un gyda’r rheolwr achos.

Achos {{ orderId }}: {{ link }}`,
    },
  },
} satisfies Texts

const RING_AND_SAY =
  '{% if number %}Please ring {{ number | phone }}, then say that you know: {{ link }}{% else %}See whom to ring, and say that you know: {{ link }}{% endif %}'
const RING_AND_SAY_CY =
  '{% if number %}Ffoniwch {{ number | phone }}, yna dywedwch eich bod yn gwybod: {{ link }}{% else %}Gweler pwy i’w ffonio, a dywedwch eich bod yn gwybod: {{ link }}{% endif %}'

/** That risk has changed, and whom to ring: never how. */
export const RISK_TEXTS = {
  changed: {
    en: {
      subject: 'Case {{ orderId }}: please ring about a change in risk',
      text: `Somebody who works on case {{ orderId }} said on {{ at | moment }} that the risk has changed. How is not written here.

${RING_AND_SAY}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ffoniwch am newid yn y risg',
      text: `Dywedodd rhywun sy’n gweithio ar achos {{ orderId }} fod y risg wedi newid ({{ at | moment }}). Nid yw sut wedi’i ysgrifennu yma.

${RING_AND_SAY_CY}`,
    },
  },
  unseen: {
    en: {
      subject: 'Case {{ orderId }}: a change in risk has not been seen',
      text: `The {% if isCaseManager %}case manager{% else %}offender manager{% endif %} of case {{ orderId }} was told of a change in risk on {{ at | moment }}, and has not said that they know. How the risk changed is not written here.

${RING_AND_SAY}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: newid yn y risg heb ei weld',
      text: `Cafodd {% if isCaseManager %}rheolwr achos{% else %}ymarferydd prawf{% endif %} achos {{ orderId }} wybod am newid yn y risg ({{ at | moment }}), ac nid ydynt wedi dweud eu bod yn gwybod. Nid yw sut y newidiodd y risg wedi’i ysgrifennu yma.

${RING_AND_SAY_CY}`,
    },
  },
} satisfies Texts

export const LOOKING_AFTER_TEXTS = {
  safeWayHome: {
    en: {
      subject: 'Case {{ orderId }}: was a safe way home considered?',
      text: `The contact sheet of {{ start | moment }} says that the appointment could not go ahead as planned. Was a safe way home considered? Please say so on the sheet.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: a ystyriwyd ffordd ddiogel adref?',
      text: `Ni ellid cynnal yr apwyntiad hwn fel y bwriadwyd: {{ start | moment }}. A ystyriwyd ffordd ddiogel adref? Dywedwch hynny ar y daflen.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  contact: {
    en: {
      subject: 'Case {{ orderId }}: have you been in touch since {{ on | day }}?',
      text: `Treatment ended on {{ on | date }}. The first days after it are the hardest. Have you been in touch? Please record it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: a fuoch mewn cysylltiad ers {{ on | day }}?',
      text: `Daeth y driniaeth i ben: {{ on | date }}. Y dyddiau cyntaf wedyn yw’r anoddaf. A fuoch mewn cysylltiad? Cofnodwch hynny.

Achos {{ orderId }}: {{ link }}`,
    },
  },
} satisfies Texts
