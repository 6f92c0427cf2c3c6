import type { Template, Texts, Wording } from '../../messages/text.ts'

const WHERE =
  '{% if gateTime %}{{ gateTime | moment }}{% else %}{{ releaseOn | day }}{% if not isOtherDay %}, time not known: we count on 7am{% endif %}{% endif %}{% if isCourt %}, from court{% endif %}{% if place %}, {{ place }}{% endif %}'
const WHERE_CY =
  '{% if gateTime %}{{ gateTime | moment }}{% else %}{{ releaseOn | day }}{% if not isOtherDay %}, yr amser heb ei gadarnhau: rydym yn cyfrif ar 7am{% endif %}{% endif %}{% if isCourt %}, o’r llys{% endif %}{% if place %}, {{ place }}{% endif %}'
const CALL = '{% if callBack %}To speak to us ring {{ callBack | phone }}.{% endif %}'
const CANNOT = '{{ sayNo }}'
const CANNOT_CY = '{{ sayNo }}'
const CALL_CY = '{% if callBack %}I siarad â ni, ffoniwch {{ callBack | phone }}.{% endif %}'

/** Place, time, initials and a number to call: nothing of health, offence or treatment. */
export const GATE_TEXTS = {
  plan: {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: can you be there?',
      text: `{{ initials }}: ${WHERE}.

Can you meet them? {{ sayYesOrNo }}

${CALL}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât {{ releaseOn | onDay }}: allwch chi fod yno?',
      text: `{{ initials }}: ${WHERE_CY}.

Allwch chi gwrdd â nhw? {{ sayYesOrNo }}

${CALL_CY}`,
    },
  },
  accept: {
    en: {
      subject: 'Can you meet {{ initials }} on {{ releaseOn | day }}?',
      text: `Can you meet {{ initials }}? ${WHERE}.

{{ sayYesOrNo }}

${CALL}`,
    },
    cy: {
      subject: 'Allwch chi gwrdd â’r person ({{ initials }}) {{ releaseOn | onDay }}?',
      text: `Allwch chi gwrdd â’r person ({{ initials }})? ${WHERE_CY}.

{{ sayYesOrNo }}

${CALL_CY}`,
    },
  },
  confirmed: {
    en: {
      subject: 'You are meeting {{ initials }} on {{ releaseOn | day }}',
      text: `Thank you. You are meeting {{ initials }}: ${WHERE}.

${CANNOT}

${CALL}`,
    },
    cy: {
      subject: 'Rydych chi’n cwrdd â’r person ({{ initials }}) {{ releaseOn | onDay }}',
      text: `Diolch. Rydych chi’n cwrdd â’r person ({{ initials }}): ${WHERE_CY}.

${CANNOT_CY}

${CALL_CY}`,
    },
  },
  uncovered: {
    en: {
      subject: 'Nobody has accepted the gate meeting on {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE}. Nobody has accepted yet. Please find somebody who can go.

{{ link }}`,
    },
    cy: {
      subject: 'Nid oes neb wedi derbyn y cyfarfod wrth y giât {{ releaseOn | onDay }}',
      text: `{{ initials }}: ${WHERE_CY}. Nid oes neb wedi derbyn eto. Dewch o hyd i rywun a all fynd.

{{ link }}`,
    },
  },
  nobody: {
    en: {
      subject: 'Nobody is meeting {{ initials }} on {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE}. Nobody has accepted. Please see that somebody is there.

{{ link }}`,
    },
    cy: {
      subject: 'Nid oes neb yn cwrdd â’r person ({{ initials }}) {{ releaseOn | onDay }}',
      text: `{{ initials }}: ${WHERE_CY}. Nid oes neb wedi derbyn. Gwnewch yn siŵr bod rhywun yno.

{{ link }}`,
    },
  },
  alert: {
    en: {
      subject: 'Gate meeting: {{ initials }}, {{ releaseOn | day }}',
      text: `{% if gateTime %}Please set out now to meet {{ initials }}: ${WHERE}.{% else %}You are meeting {{ initials }}. Nobody can say when they come out. Be at the gate by 7am on {{ releaseOn | day }} and wait{% if place %}: {{ place }}{% endif %}.{% endif %}

${CANNOT}

${CALL}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât: {{ initials }}, {{ releaseOn | day }}',
      text: `{% if gateTime %}Cychwynnwch nawr i gwrdd â’r person ({{ initials }}): ${WHERE_CY}.{% else %}Rydych chi’n cwrdd â’r person ({{ initials }}). Ni all neb ddweud pryd y dônt allan. Byddwch wrth y giât erbyn 7am {{ releaseOn | onDay }} ac arhoswch{% if place %}: {{ place }}{% endif %}.{% endif %}

${CANNOT_CY}

${CALL_CY}`,
    },
  },
  alertDutyOfficer: {
    en: {
      subject: 'Gate meeting: {{ initials }}, {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE}. Somebody has agreed to be there and has been told.

{{ link }}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât: {{ initials }}, {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE_CY}. Mae rhywun wedi cytuno i fod yno ac wedi cael gwybod.

{{ link }}`,
    },
  },
  outcome: {
    en: {
      subject: 'Was {{ initials }} met?',
      text: `{{ initials }}: ${WHERE}. Please say how it went: {{ answer }}`,
    },
    cy: {
      subject: 'A wnaeth rhywun gwrdd â’r person ({{ initials }})?',
      text: `{{ initials }}: ${WHERE_CY}. Dywedwch sut aeth hi: {{ answer }}`,
    },
  },
  replied: {
    en: {
      subject:
        '{{ initials }}: {% if crisis %}please read now: {% endif %}somebody who was asked has written',
      text: `{% if who %}{{ who }}{% else %}Somebody who was asked to meet {{ initials }}{% endif %} wrote to us by text on {{ at | moment }}. Please read it now: {{ link }}`,
    },
    cy: {
      subject:
        '{{ initials }}: {% if crisis %}darllenwch nawr: {% endif %}mae rhywun a ofynnwyd wedi ysgrifennu',
      text: `Ysgrifennodd {% if who %}{{ who }}{% else %}rhywun y gofynnwyd iddynt gwrdd â’r person ({{ initials }}){% endif %} atom drwy neges destun: {{ at | moment }}. Darllenwch y neges nawr: {{ link }}`,
    },
  },
  notMet: {
    en: {
      subject:
        "{{ initials }} {% if outcome == 'not-released' %}was not released{% else %}was not met{% endif %} on {{ releaseOn | day }}",
      text: `{{ initials }}: ${WHERE}. {% if outcome == 'not-released' %}They were not released: please ask the prison for the new date.{% else %}{% if outcome == 'meeter-not-there' %}The person who had agreed to be there was not there.{% elif outcome == 'not-known' %}Nobody can say whether they were met.{% else %}They were not seen.{% endif %} Please find out where they are, and record it when you have reached them.{% endif %}

{{ link }}`,
    },
    cy: {
      subject:
        "{% if outcome == 'not-released' %}Ni chafodd y person ({{ initials }}) ei ryddhau{% else %}Ni chwrddodd neb â’r person ({{ initials }}){% endif %} {{ releaseOn | onDay }}",
      text: `{{ initials }}: ${WHERE_CY}. {% if outcome == 'not-released' %}Ni chawsant eu rhyddhau: gofynnwch i’r carchar am y dyddiad newydd.{% else %}{% if outcome == 'meeter-not-there' %}Nid oedd yr un a oedd wedi cytuno i fod yno yn bresennol.{% elif outcome == 'not-known' %}Ni all neb ddweud a gawsant eu cyfarfod.{% else %}Ni welodd neb nhw.{% endif %} Holwch ble maen nhw, a chofnodwch pan gewch afael arnynt.{% endif %}

{{ link }}`,
    },
  },
  outNow: {
    en: {
      subject: '{{ initials }} is out now',
      text: `{{ initials }} is out now{% if isCourt %}, from court{% endif %}{% if place %}: {{ place }}{% endif %}. Please go there at once.

${CALL}`,
    },
    cy: {
      subject: 'Mae {{ initials }} allan nawr',
      text: `Mae {{ initials }} allan nawr{% if isCourt %}, o’r llys{% endif %}{% if place %}: {{ place }}{% endif %}. Ewch yno ar unwaith.

${CALL_CY}`,
    },
  },
  outNowNobody: {
    en: {
      subject: '{{ initials }} is out now and nobody is there',
      text: `{{ initials }} is out now{% if isCourt %}, from court{% endif %}{% if place %}: {{ place }}{% endif %}. Nobody has agreed to meet them. Can you go at once? {{ sayYesOrNo }}

${CALL}`,
    },
    cy: {
      subject: 'Mae {{ initials }} allan nawr ac nid oes neb yno',
      text: `Mae {{ initials }} allan nawr{% if isCourt %}, o’r llys{% endif %}{% if place %}: {{ place }}{% endif %}. Nid oes neb wedi cytuno i gwrdd â nhw. Allwch chi fynd ar unwaith? {{ sayYesOrNo }}

${CALL_CY}`,
    },
  },
  covered: {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: covered',
      text: '{{ initials }}: somebody else is going on {{ releaseOn | day }}. Thank you, you do not need to do anything.',
    },
    cy: {
      subject: 'Cyfarfod wrth y giât {{ releaseOn | onDay }}: mae rhywun yn mynd',
      text: '{{ initials }}: mae rhywun arall yn mynd {{ releaseOn | onDay }}. Diolch, nid oes angen i chi wneud dim.',
    },
  },
  coveredAfterAll: {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: covered',
      text: `{{ initials }}: somebody has agreed to be there on {{ releaseOn | day }}.

{{ link }}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât {{ releaseOn | onDay }}: mae rhywun yn mynd',
      text: `{{ initials }}: mae rhywun wedi cytuno i fod yno {{ releaseOn | onDay }}.

{{ link }}`,
    },
  },
  standDown: {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: not needed',
      text: `{{ initials }}: the meeting on {{ releaseOn | day }} is not needed any more. Please do not go.

${CALL}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât {{ releaseOn | onDay }}: nid oes ei angen',
      text: `{{ initials }}: nid oes angen y cyfarfod {{ releaseOn | onDay }} bellach. Peidiwch â mynd.

${CALL_CY}`,
    },
  },
  moved: {
    en: {
      subject: 'Gate meeting: {{ initials }}, now {{ releaseOn | day }}',
      text: `{% if isOnAgain %}The meeting with {{ initials }} is on after all: ${WHERE}{% else %}The meeting with {{ initials }} has moved. It is now ${WHERE}{% if was != releaseOn %}, not {{ was | day }}{% endif %}{% endif %}. What was agreed before no longer holds.

Can you meet them then? {{ sayYesOrNo }}

${CALL}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât: {{ initials }}, nawr {{ releaseOn | day }}',
      text: `{% if isOnAgain %}Mae’r cyfarfod â’r person ({{ initials }}) yn mynd yn ei flaen wedi’r cyfan: ${WHERE_CY}{% else %}Mae’r cyfarfod â’r person ({{ initials }}) wedi symud. Nawr: ${WHERE_CY}{% if was != releaseOn %}, nid {{ was | day }}{% endif %}{% endif %}. Nid yw’r hyn a gytunwyd o’r blaen yn ddilys mwyach.

Allwch chi gwrdd â nhw bryd hynny? {{ sayYesOrNo }}

${CALL_CY}`,
    },
  },
} satisfies Texts

/** Where they came out, or may have. */
const FROM = '{% if isCourt %}, from court{% endif %}{% if place %}: {{ place }}{% endif %}'
const FROM_CY = '{% if isCourt %}, o’r llys{% endif %}{% if place %}: {{ place }}{% endif %}'
const RING = 'ring the prison{% if prisonPhone %} on {{ prisonPhone | phone }}{% endif %}'
const RING_CY = 'ffoniwch y carchar{% if prisonPhone %} ar {{ prisonPhone | phone }}{% endif %}'

/** Once somebody is out, or may be; what came of them instead is named to nobody. */
export const OUT_TEXTS = {
  confirmed: {
    en: {
      subject: '{{ initials }} is out now: please go at once',
      text: `Thank you. {{ initials }} is out now: please go at once${FROM}.

${CANNOT}

${CALL}`,
    },
    cy: {
      subject: 'Mae {{ initials }} allan nawr: ewch ar unwaith',
      text: `Diolch. Mae {{ initials }} allan nawr: ewch ar unwaith${FROM_CY}.

${CANNOT_CY}

${CALL_CY}`,
    },
  },
  confirmedPerhaps: {
    en: {
      subject: '{{ initials }} may be out: please go',
      text: `Thank you. {{ initials }} may be out${FROM}. Please go, and ${RING}.

${CANNOT}

${CALL}`,
    },
    cy: {
      subject: 'Efallai fod {{ initials }} allan: ewch yno',
      text: `Diolch. Efallai fod {{ initials }} allan${FROM_CY}. Ewch yno, a ${RING_CY}.

${CANNOT_CY}

${CALL_CY}`,
    },
  },
  confirmedSetOut: {
    en: {
      subject: 'You are meeting {{ initials }}: please set out now',
      text: `Thank you. Please set out now to meet {{ initials }}${FROM}.

${CANNOT}

${CALL}`,
    },
    cy: {
      subject: 'Rydych chi’n cwrdd â’r person ({{ initials }}): cychwynnwch nawr',
      text: `Diolch. Cychwynnwch nawr i gwrdd â’r person ({{ initials }})${FROM_CY}.

${CANNOT_CY}

${CALL_CY}`,
    },
  },
  perhapsOut: {
    en: {
      subject: '{{ initials }} may be out: please go',
      text: `{{ initials }} may be out${FROM}. Please go, and ${RING}.

${CALL}`,
    },
    cy: {
      subject: 'Efallai fod {{ initials }} allan: ewch yno',
      text: `Efallai fod {{ initials }} allan${FROM_CY}. Ewch yno, a ${RING_CY}.

${CALL_CY}`,
    },
  },
  setOut: {
    en: {
      subject: 'Gate meeting: please set out now to meet {{ initials }}',
      text: `Please set out now to meet {{ initials }}${FROM}.

${CALL}`,
    },
    cy: {
      subject: 'Cyfarfod wrth y giât: cychwynnwch nawr i gwrdd â’r person ({{ initials }})',
      text: `Cychwynnwch nawr i gwrdd â’r person ({{ initials }})${FROM_CY}.

${CALL_CY}`,
    },
  },
  perhapsOutNobody: {
    en: {
      subject: '{{ initials }} may be out and nobody is there',
      text: `{{ initials }} may be out${FROM}. Nobody has agreed to meet them. Please ${RING}. Can you go? {{ sayYesOrNo }}

${CALL}`,
    },
    cy: {
      subject: 'Efallai fod {{ initials }} allan ac nid oes neb yno',
      text: `Efallai fod {{ initials }} allan${FROM_CY}. Nid oes neb wedi cytuno i gwrdd â nhw: ${RING_CY}. Allwch chi fynd? {{ sayYesOrNo }}

${CALL_CY}`,
    },
  },
  ringThePrison: {
    en: {
      subject: '{{ initials }}: please ring the prison',
      text: `{{ initials }} may be out, but nobody can be sure. Please ${RING}. The plan stands{% if releaseOn %}: ${WHERE}{% endif %}.

{{ link }}`,
    },
    cy: {
      subject: '{{ initials }}: ffoniwch y carchar',
      text: `Efallai fod {{ initials }} allan, ond ni all neb fod yn siŵr: ${RING_CY}. Mae’r cynllun yn parhau{% if releaseOn %}: ${WHERE_CY}{% endif %}.

{{ link }}`,
    },
  },
  unknown: {
    en: {
      subject: 'Nobody has said whether {{ initials }} was met',
      text: `{{ initials }}: ${WHERE}. Nobody has said how it went. Please find out and say so, also if nobody can say: {{ answer }}`,
    },
    cy: {
      subject: 'Nid oes neb wedi dweud a gafodd y person ({{ initials }}) ei gyfarfod',
      text: `{{ initials }}: ${WHERE_CY}. Nid oes neb wedi dweud sut aeth hi. Holwch a dywedwch, hefyd os na all neb ddweud: {{ answer }}`,
    },
  },
  standDownStaff: {
    en: {
      subject:
        '{% if releaseOn %}Gate meeting on {{ releaseOn | day }}: not needed{% else %}{{ initials }}: please ring the prison{% endif %}',
      text: `{{ initials }}{% if releaseOn %}: the meeting on {{ releaseOn | day }} is not needed any more{% endif %}. Please ring the prison first{% if prison %}, {{ prison }}{% endif %}{% if prisonPhone %}, on {{ prisonPhone | phone }}{% endif %}: not the person, nor anyone of theirs. The prison speaks to them.

{{ link }}`,
    },
    cy: {
      subject:
        '{% if releaseOn %}Cyfarfod wrth y giât {{ releaseOn | onDay }}: nid oes ei angen{% else %}{{ initials }}: ffoniwch y carchar{% endif %}',
      text: `{{ initials }}{% if releaseOn %}: nid oes angen y cyfarfod {{ releaseOn | onDay }} bellach{% endif %}. Ffoniwch y carchar yn gyntaf{% if prison %}, {{ prison }}{% endif %}{% if prisonPhone %}, ar {{ prisonPhone | phone }}{% endif %}: nid y person, na neb sy’n perthyn iddynt. Y carchar sy’n siarad â nhw.

{{ link }}`,
    },
  },
} satisfies Texts

const CHECK =
  "{% if one.check == 'prescription' %}prescription for the day of release{% elif one.check == 'gp-records' %}records to the doctor{% elif one.check == 'identity' %}proof of identity{% elif one.check == 'accommodation' %}accommodation{% elif one.check == 'take-home-kit' %}take-home kit{% else %}money{% endif %}"
const CHECK_CY =
  "{% if one.check == 'prescription' %}presgripsiwn ar gyfer y diwrnod rhyddhau{% elif one.check == 'gp-records' %}cofnodion at y meddyg{% elif one.check == 'identity' %}prawf adnabod{% elif one.check == 'accommodation' %}llety{% elif one.check == 'take-home-kit' %}pecyn i fynd adref{% else %}arian{% endif %}"

const WHOM_TO_RING =
  'Whom to ring: the prison{% if prison %}, {{ prison }}{% endif %}{% if prisonPhone %}, {{ prisonPhone | phone }}{% endif %}{% if callBack %}; the duty officer, {{ callBack | phone }}{% endif %}.'
const WHOM_TO_RING_CY =
  'Pwy i’w ffonio: y carchar{% if prison %}, {{ prison }}{% endif %}{% if prisonPhone %}, {{ prisonPhone | phone }}{% endif %}{% if callBack %}; y swyddog ar ddyletswydd, {{ callBack | phone }}{% endif %}.'

const OPEN =
  'Release {{ releaseId }}, {{ (cameOutOn or releaseOn) | day }}: {% if checks is defined and checks.length != 1 %}{{ checks.length }} checks{% else %}1 check{% endif %} open: {{ link }}'
const OPEN_CY =
  'Rhyddhau {{ releaseId }}, {{ (cameOutOn or releaseOn) | day }}: gwiriadau heb eu gwneud: {% if checks is defined %}{{ checks.length }}{% else %}1{% endif %}: {{ link }}'

/** In a text message, which others may read on a locked screen, no check is named: only how many are open. */
function unnamed<T extends Texts>(texts: T): T {
  const inShort = (count: string, { subject, text }: Wording): Wording => ({
    subject,
    text: `{% if isTextMessage %}${count}{% else %}${text}{% endif %}`,
  })
  const one = ({ en, cy }: Template): Template => ({ en: inShort(OPEN, en), cy: inShort(OPEN_CY, cy) })
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, one(text)])) as T
}

/** To staff alone. No drug is named. */
export const CHECK_TEXTS = unnamed({
  prescription: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: is the prescription ready?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. Is the prescription for the day of release ready? When it is, record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a yw’r presgripsiwn yn barod?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. A yw’r presgripsiwn ar gyfer y diwrnod rhyddhau yn barod? Pan fydd, cofnodwch hynny: {{ link }}`,
    },
  },
  prescriptionUnknown: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: is a prescription needed?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. We do not know whether a prescription is needed for that day. Please find out and record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a oes angen presgripsiwn?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. Ni wyddom a oes angen presgripsiwn ar gyfer y diwrnod hwnnw. Holwch a chofnodwch hynny: {{ link }}`,
    },
  },
  records: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: does the doctor have the records?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. The doctor outside needs the records before that day. Have they been sent? When they have, record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a yw’r cofnodion gan y meddyg?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. Mae angen y cofnodion ar y meddyg y tu allan cyn y diwrnod hwnnw. Ydyn nhw wedi’u hanfon? Pan fyddant, cofnodwch hynny: {{ link }}`,
    },
  },
  doctorSeen: {
    en: {
      subject: 'Release {{ releaseId }}: has a doctor been seen?',
      text: `Release {{ releaseId }} was on {{ cameOutOn | date }}. Has a doctor been seen? Please record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}: a welwyd meddyg?',
      text: `Rhyddhau {{ releaseId }}: {{ cameOutOn | date }}. A welwyd meddyg? Cofnodwch hynny: {{ link }}`,
    },
  },
  identity: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: is there proof of identity?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. Is there proof of identity, or a formal letter in its place? When there is, record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a oes prawf adnabod?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. A oes prawf adnabod, neu lythyr ffurfiol yn ei le? Pan fydd, cofnodwch hynny: {{ link }}`,
    },
  },
  accommodation: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: is there somewhere to stay?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. Is accommodation confirmed? When it is, record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a oes rhywle i aros?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. A yw’r llety wedi’i gadarnhau? Pan fydd, cofnodwch hynny: {{ link }}`,
    },
  },
  money: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: is there money to live on?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. Has the claim for benefits been started? When it has, record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a oes arian i fyw arno?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. A ddechreuwyd y cais am fudd-daliadau? Pan fydd, cofnodwch hynny: {{ link }}`,
    },
  },
  takeHomeKit: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: is the take-home kit ready?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}. Is the take-home kit ready to be handed over? When it is, record it: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: a yw’r pecyn i fynd adref yn barod?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}. A yw’r pecyn i fynd adref yn barod i’w roi? Pan fydd, cofnodwch hynny: {{ link }}`,
    },
  },
  unplanned: {
    en: {
      subject: 'Release {{ releaseId }}: out since {{ releaseOn | day }}, before it was planned',
      text: `The person of release {{ releaseId }} has been out since {{ outAt | moment }}, before anything was ready. Not done yet:

{% for one in checks -%}
* ${CHECK}
{% endfor %}
${WHOM_TO_RING}

Record what is done: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}: allan ers {{ releaseOn | day }}, cyn y cynllun',
      text: `Mae person y rhyddhau {{ releaseId }} allan ers {{ outAt | moment }}, cyn i ddim fod yn barod. Heb eu gwneud eto:

{% for one in checks -%}
* ${CHECK_CY}
{% endfor %}
${WHOM_TO_RING_CY}

Cofnodwch yr hyn sydd wedi’i wneud: {{ link }}`,
    },
  },
  weekend: {
    en: {
      subject: 'Release {{ releaseId }}, {{ releaseOn | day }}: ready before the offices close?',
      text: `Release {{ releaseId }} is on {{ releaseOn | date }}, when the offices are closed or about to close. Not done yet:

{% for one in checks -%}
* ${CHECK}
{% endfor %}
On call:

{% for one in cover -%}
* {{ one.day | day }}: {% if one.who %}{{ one.who }}{% else %}nobody{% endif %}
{% endfor %}
Please see to them, and record what is done: {{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}, {{ releaseOn | day }}: yn barod cyn i’r swyddfeydd gau?',
      text: `Rhyddhau {{ releaseId }}: {{ releaseOn | date }}, pan fydd y swyddfeydd ar gau neu ar fin cau. Heb eu gwneud eto:

{% for one in checks -%}
* ${CHECK_CY}
{% endfor %}
Ar alwad:

{% for one in cover -%}
* {{ one.day | day }}: {% if one.who %}{{ one.who }}{% else %}neb{% endif %}
{% endfor %}
Ewch i’r afael â nhw, a chofnodwch yr hyn sydd wedi’i wneud: {{ link }}`,
    },
  },
})

/** That somebody may come out of a court. */
export const HEARING_TEXTS = {
  hearing: {
    en: {
      subject: '{{ initials }} may be released from court on {{ hearingOn | day }}',
      text: `{{ initials }} is in court on {{ hearingOn | day }}{% if court %}, {{ court }}{% endif %}, and may be released there and then: from court, not from prison. Please be ready.

${CALL}`,
    },
    cy: {
      subject: 'Gall y person ({{ initials }}) gael ei ryddhau o’r llys {{ hearingOn | onDay }}',
      text: `Mae’r person ({{ initials }}) yn y llys {{ hearingOn | onDay }}{% if court %}, {{ court }}{% endif %}, a gallant gael eu rhyddhau yn y fan a’r lle: o’r llys, nid o’r carchar. Byddwch yn barod.

${CALL_CY}`,
    },
  },
  standDown: {
    en: {
      subject: '{{ initials }}: {{ hearingOn | day }} is not needed',
      text: `{{ initials }}: you do not need to be ready on {{ hearingOn | day }} any more{% if court %}, {{ court }}{% endif %}.{% if movedTo %} The hearing is now on {{ movedTo | day }}: we tell you again the day before.{% endif %}

${CALL}`,
    },
    cy: {
      subject: '{{ initials }}: nid oes angen {{ hearingOn | day }}',
      text: `{{ initials }}: nid oes angen i chi fod yn barod {{ hearingOn | onDay }} bellach{% if court %}, {{ court }}{% endif %}.{% if movedTo %} Bydd y gwrandawiad {{ movedTo | onDay }}: byddwn yn dweud wrthych eto y diwrnod cynt.{% endif %}

${CALL_CY}`,
    },
  },
} satisfies Texts

/** No cause, to those who would have rung. */
export const DEATH_TEXTS = {
  died: {
    en: {
      subject: 'Release {{ releaseId }}: please contact nobody',
      text: `We have been told that the person of release {{ releaseId }} has died. Please contact neither them nor their family. Speak to the duty officer first{% if callBack %}, on {{ callBack | phone }}{% endif %}.

{{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}: peidiwch â chysylltu â neb',
      text: `Cawsom wybod bod person y rhyddhau {{ releaseId }} wedi marw. Peidiwch â chysylltu â nhw nac â’u teulu. Siaradwch â’r swyddog ar ddyletswydd yn gyntaf{% if callBack %}, ar {{ callBack | phone }}{% endif %}.

{{ link }}`,
    },
  },
  withdrawn: {
    en: {
      subject: 'Release {{ releaseId }}: what we said was wrong',
      text: `We told you that the person of release {{ releaseId }} had died. That was wrong. What was planned goes on.

{{ link }}`,
    },
    cy: {
      subject: 'Rhyddhau {{ releaseId }}: roedd yr hyn a ddywedwyd yn anghywir',
      text: `Dywedwyd wrthych fod person y rhyddhau {{ releaseId }} wedi marw. Roedd hynny’n anghywir. Mae’r hyn a gynlluniwyd yn parhau.

{{ link }}`,
    },
  },
} satisfies Texts

/** A reference and nothing more. */
export const FOLLOW_UP_TEXTS = {
  contact: {
    en: {
      subject: 'Please get in touch on {{ on | day }} about {{ releaseId }}',
      text: `Please get in touch on {{ on | day }} with the person of release {{ releaseId }}.{% if callBack %} For their number ring {{ callBack | phone }}, or see the release.{% endif %} Then record it: {{ link }}`,
    },
    cy: {
      subject: 'Cysylltwch {{ on | onDay }} ynghylch {{ releaseId }}',
      text: `Cysylltwch {{ on | onDay }} â’r person (rhyddhau {{ releaseId }}).{% if callBack %} I gael eu rhif, ffoniwch {{ callBack | phone }}, neu gweler y cofnod rhyddhau.{% endif %} Yna cofnodwch hynny: {{ link }}`,
    },
  },
  missed: {
    en: {
      subject: '{{ releaseId }}: no contact recorded',
      text: `No contact with the person of release {{ releaseId }} was recorded on {{ on | day }}. Please see that somebody gets in touch, and record it.

{{ link }}`,
    },
    cy: {
      subject: '{{ releaseId }}: dim cyswllt wedi’i gofnodi',
      text: `Ni chofnodwyd cyswllt â’r person (rhyddhau {{ releaseId }}) {{ on | onDay }}. Gwnewch yn siŵr bod rhywun yn cysylltu, a chofnodwch hynny.

{{ link }}`,
    },
  },
} satisfies Texts
