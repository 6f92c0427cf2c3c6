import type { Texts } from '../../messages/text.ts'

/** To workers alone: which meeting, by when, and where to book or answer. */
export const THREE_WAY_TEXTS = {
  firstMeeting: {
    en: {
      subject: 'Case {{ orderId }}: please book the first three-way meeting',
      text: `The first meeting should be a three-way meeting: the person, the provider and the offender manager. None is booked yet: please book it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch y cyfarfod teirffordd cyntaf',
      text: `Dylai'r cyfarfod cyntaf fod yn gyfarfod teirffordd: y person, y darparwr a'r ymarferydd prawf. Nid oes un wedi ei drefnu eto: trefnwch ef.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  halfWay: {
    en: {
      subject: 'Case {{ orderId }}: please book the half-way three-way meeting',
      text: `The requirement is half-way on {{ day | date }}. A three-way meeting should be held about then, and none is booked. Please book it: either of you can.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch y cyfarfod teirffordd hanner ffordd',
      text: `Bydd y gofyniad hanner ffordd ar {{ day | date }}. Dylid cynnal cyfarfod teirffordd tua'r adeg honno, ac nid oes un wedi ei drefnu. Trefnwch ef: gall y naill neu'r llall ohonoch wneud.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  halfWayOverdue: {
    en: {
      subject: 'Case {{ orderId }}: the half-way three-way meeting is overdue',
      text: `The requirement was half-way on {{ day | date }}. A three-way meeting should have been held about then, and none is booked. Please book it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: "Achos {{ orderId }}: mae'r cyfarfod teirffordd hanner ffordd yn hwyr",
      text: `Roedd y gofyniad hanner ffordd ar {{ day | date }}. Dylid bod wedi cynnal cyfarfod teirffordd tua'r adeg honno, ac nid oes un wedi ei drefnu. Trefnwch ef.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  end: {
    en: {
      subject: 'Case {{ orderId }}: please book the last three-way meeting',
      text: `The work with the provider ends on {{ day | date }}. A three-way meeting should be held by then, and none is booked. Please book it: either of you can.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch y cyfarfod teirffordd olaf',
      text: `Daw'r gwaith gyda'r darparwr i ben ar {{ day | date }}. Dylid cynnal cyfarfod teirffordd erbyn hynny, ac nid oes un wedi ei drefnu. Trefnwch ef: gall y naill neu'r llall ohonoch wneud.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  endOverdue: {
    en: {
      subject: 'Case {{ orderId }}: the last three-way meeting is overdue',
      text: `The work with the provider ended on {{ day | date }}. A three-way meeting should have been held by then, and none is booked. Please book it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: "Achos {{ orderId }}: mae'r cyfarfod teirffordd olaf yn hwyr",
      text: `Daeth y gwaith gyda'r darparwr i ben ar {{ day | date }}. Dylid bod wedi cynnal cyfarfod teirffordd erbyn hynny, ac nid oes un wedi ei drefnu. Trefnwch ef.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  programmeCompleted: {
    en: {
      subject: 'Case {{ orderId }}: the core programme is completed',
      text: `The core programme was completed on {{ completedOn | date }}. The case manager will send a report and arrange a three-way meeting.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: "Achos {{ orderId }}: mae'r rhaglen graidd wedi ei chwblhau",
      text: `Cwblhawyd y rhaglen graidd ar {{ completedOn | date }}. Bydd y rheolwr achos yn anfon adroddiad ac yn trefnu cyfarfod teirffordd.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  stillOutstanding: {
    en: {
      subject: 'Case {{ orderId }}: the report or the three-way meeting is outstanding',
      text: `The core programme was completed on {{ completedOn | date }}. The report, or the three-way meeting that follows it, is still outstanding. The case manager has been asked: please ring them about it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: adroddiad neu gyfarfod teirffordd yn eisiau',
      text: `Cwblhawyd y rhaglen graidd ar {{ completedOn | date }}. Mae'r adroddiad, neu'r cyfarfod teirffordd sy'n ei ddilyn, yn eisiau o hyd. Gofynnwyd i'r rheolwr achos: ffoniwch nhw amdano.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  reportAndMeeting: {
    en: {
      subject: 'Case {{ orderId }}: please send the report and arrange the three-way meeting',
      text: `The core programme was completed on {{ completedOn | date }}. Please:

* {% if reportSent %}(done) {% endif %}send the completion report
* {% if meetingBooked %}(done) {% endif %}arrange a three-way meeting to review progress

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: anfonwch yr adroddiad a threfnwch y cyfarfod teirffordd',
      text: `Cwblhawyd y rhaglen graidd ar {{ completedOn | date }}. A wnewch chi:

* {% if reportSent %}(wedi ei wneud) {% endif %}anfon yr adroddiad cwblhau
* {% if meetingBooked %}(wedi ei wneud) {% endif %}trefnu cyfarfod teirffordd i adolygu cynnydd

Achos {{ orderId }}: {{ link }}`,
    },
  },
  beforePlanReview: {
    en: {
      subject: 'Case {{ orderId }}: please book a three-way meeting before {{ reviewOn | date }}',
      text: `The sentence plan is to be reviewed on {{ reviewOn | date }}. The three-way meeting that follows the core programme should come before that, and none is booked: please book it.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch gyfarfod teirffordd cyn {{ reviewOn | date }}',
      text: `Bydd y cynllun dedfryd yn cael ei adolygu ar {{ reviewOn | date }}. Dylai'r cyfarfod teirffordd sy'n dilyn y rhaglen graidd ddod cyn hynny, ac nid oes un wedi ei drefnu: trefnwch ef.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  askCaseManager: {
    en: {
      subject: 'Case {{ orderId }}: please ask the case manager about the three-way meeting',
      text: `The review of the sentence plan is on {{ reviewOn | date }} and no three-way meeting is booked. Please ask the case manager for an update.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: holwch y rheolwr achos am y cyfarfod teirffordd',
      text: `Mae adolygiad y cynllun dedfryd ar {{ reviewOn | date }} ac nid oes cyfarfod teirffordd wedi ei drefnu. Gofynnwch i'r rheolwr achos am y diweddaraf.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  jointReview: {
    en: {
      subject: 'Case {{ orderId }}: a joint review is due by {{ day | date }}',
      text: `A joint review with the person is due by {{ day | date }}, and neither a review nor a three-way meeting is booked. Please book one.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: adolygiad ar y cyd erbyn {{ day | date }}',
      text: `Mae angen adolygiad ar y cyd gyda'r person erbyn {{ day | date }}, ac nid oes adolygiad na chyfarfod teirffordd wedi ei drefnu. Trefnwch un.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  jointReviewOverdue: {
    en: {
      subject: 'Case {{ orderId }}: a joint review has been overdue since {{ day | date }}',
      text: `A joint review with the person was due by {{ day | date }}, and none was booked. Please book one.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: adolygiad ar y cyd yn hwyr ers {{ day | date }}',
      text: `Roedd angen adolygiad ar y cyd gyda'r person erbyn {{ day | date }}, ac ni threfnwyd un. Trefnwch un.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  notConfirmed: {
    en: {
      subject: 'Case {{ orderId }}: the three-way meeting on {{ start | day }} is not confirmed',
      text: `The three-way meeting on {{ start | moment }} is at risk: you have not confirmed it{% if awaited == 'both' %}, and neither has {% if reader == 'case-manager' %}the offender manager{% else %}the case manager{% endif %}{% endif %}. Please say whether you can come, or find another time.

{{ sayYesOrNo }}

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: cyfarfod teirffordd {{ start | onDay }} heb ei gadarnhau',
      text: `Mae'r cyfarfod teirffordd hwn mewn perygl: {{ start | moment }}. Nid ydych wedi ei gadarnhau{% if awaited == 'both' %}, na{% if reader == 'case-manager' %}'r ymarferydd prawf{% else %}'r rheolwr achos{% endif %}{% endif %}. Dywedwch a allwch ddod, neu dewch o hyd i amser arall.

{{ sayYesOrNo }}

Achos {{ orderId }}: {{ link }}`,
    },
  },
  otherNotConfirmed: {
    en: {
      subject:
        'Case {{ orderId }}: the case manager has not confirmed the three-way meeting on {{ start | day }}',
      text: `The three-way meeting on {{ start | moment }}, which you have confirmed, is at risk: the case manager has been asked again and has not confirmed it. Please ring them.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: y rheolwr achos heb gadarnhau’r cyfarfod teirffordd {{ start | onDay }}',
      text: `Mae’r cyfarfod teirffordd hwn, yr ydych wedi ei gadarnhau, mewn perygl: {{ start | moment }}. Gofynnwyd eto i’r rheolwr achos, ac nid yw wedi ei gadarnhau. Ffoniwch nhw.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  declinedThemselves: {
    en: {
      subject: 'Case {{ orderId }}: the three-way meeting on {{ start | day }} needs another time',
      text: `You said that you cannot come to the three-way meeting on {{ start | moment }}. The others know. Please find another time with them.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: angen amser arall i’r cyfarfod teirffordd {{ start | onDay }}',
      text: `Dywedasoch na allwch ddod i’r cyfarfod teirffordd hwn: {{ start | moment }}. Mae’r lleill yn gwybod. Dewch o hyd i amser arall gyda nhw.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  declined: {
    en: {
      subject: 'Case {{ orderId }}: the three-way meeting on {{ start | day }} is at risk',
      text: `{% if declinedBy == 'person' %}The person{% elif declinedBy == 'offender-manager' %}The offender manager{% elif declinedBy == 'case-manager' %}The case manager{% else %}Somebody{% endif %} cannot come to the three-way meeting on {{ start | moment }}. Please find another time.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: cyfarfod teirffordd {{ start | onDay }} mewn perygl',
      text: `Ni all {% if declinedBy == 'person' %}y person{% elif declinedBy == 'offender-manager' %}yr ymarferydd prawf{% elif declinedBy == 'case-manager' %}y rheolwr achos{% else %}rhywun{% endif %} ddod i'r cyfarfod teirffordd hwn: {{ start | moment }}. Dewch o hyd i amser arall.

Achos {{ orderId }}: {{ link }}`,
    },
  },
} satisfies Texts
