import type { Texts } from '../../messages/text.ts'

const WORKER = '{% if worker and number %} Your worker is {{ worker }}: ring {{ number | phone }}.{% endif %}'
const WORKER_CY =
  '{% if worker and number %} Eich gweithiwr: {{ worker }}, ffoniwch {{ number | phone }}.{% endif %}'

/**
 * A person is wanted, not threatened; with an address that is not safe they read a day and a time, no more. Their
 * Welsh keeps to the letters of a plain text message, in which ŵ, ŷ and the like cost three times as much.
 */
export const APPOINTMENT_TEXTS = {
  dayBefore: {
    en: {
      subject: 'Your appointment on {{ start | day }}',
      text: `Your appointment is on {{ start | moment }}{% if place %} at {{ place }}{% endif %}.{% if enforceable %} If you cannot come, please let your worker know before it.{% endif %}${WORKER} We look forward to seeing you.`,
    },
    cy: {
      subject: 'Eich apwyntiad: {{ start | day }}',
      text: `Eich apwyntiad: {{ start | moment }}{% if place %}, {{ place }}{% endif %}.{% if enforceable %} Os na allwch ddod, rhowch wybod i eich gweithiwr cyn hynny.{% endif %}${WORKER_CY} Edrychwn ymlaen at eich gweld.`,
    },
  },
  sameDay: {
    en: {
      subject: 'Your appointment on {{ start | day }}',
      text: `Your appointment is on {{ start | moment }}{% if place %} at {{ place }}{% endif %}.{% if enforceable %} If you cannot come, please let your worker know before it.{% endif %}${WORKER} See you then.`,
    },
    cy: {
      subject: 'Eich apwyntiad: {{ start | day }}',
      text: `Eich apwyntiad: {{ start | moment }}{% if place %}, {{ place }}{% endif %}.{% if enforceable %} Os na allwch ddod, rhowch wybod i eich gweithiwr cyn hynny.{% endif %}${WORKER_CY} Welwn ni chi bryd hynny.`,
    },
  },
  dayList: {
    en: {
      subject: 'Appointments on {{ day | day }}',
      text: `Appointments of {{ whose }} on {{ day | day }}:

{% for one in appointments -%}
* {{ one.start | time }}, case {{ one.orderId }}{% if one.who %}, {{ one.who }}{% endif %}{% if one.threeWay %}, three-way meeting{% endif %}{% if one.place %}, {{ one.place }}{% endif %}
{% endfor %}
More: {{ link }}`,
    },
    cy: {
      subject: 'Apwyntiadau: {{ day | day }}',
      text: `Apwyntiadau {{ whose }}, {{ day | day }}:

{% for one in appointments -%}
* {{ one.start | time }}, achos {{ one.orderId }}{% if one.who %}, {{ one.who }}{% endif %}{% if one.threeWay %}, cyfarfod teirffordd{% endif %}{% if one.place %}, {{ one.place }}{% endif %}
{% endfor %}
Rhagor: {{ link }}`,
    },
  },
  replied: {
    en: {
      subject:
        'Case {{ orderId }}: {% if crisis %}please read now: {% endif %}the person has written{% if unread %}, and nobody has read it{% endif %}',
      text: `The person on case {{ orderId }} wrote to us by text on {{ at | moment }}.{% if unread %} Nobody has read it yet.{% endif %}{% if crisis %} Some of their words may mean that somebody could come to harm.{% endif %}

{% if shared %}Two people hold that number, so the words are shown to nobody. Please ring them.{% else %}Please read it now: {{ link }}{% endif %}`,
    },
    cy: {
      subject:
        'Achos {{ orderId }}: {% if crisis %}darllenwch nawr: {% endif %}mae’r person wedi ysgrifennu{% if unread %}, a does neb wedi’i ddarllen{% endif %}',
      text: `Ysgrifennodd y person yn achos {{ orderId }} atom drwy neges destun: {{ at | moment }}.{% if unread %} Does neb wedi’i ddarllen eto.{% endif %}{% if crisis %} Gall rhai o’u geiriau olygu y gallai rhywun gael niwed.{% endif %}

{% if shared %}Mae’r rhif hwnnw gan ddau berson, felly ni ddangosir y geiriau i neb. Ffoniwch nhw.{% else %}Darllenwch y neges nawr: {{ link }}{% endif %}`,
    },
  },
  stopped: {
    en: {
      subject: '{{ whose }} gets no more texts from us',
      text: `{{ whose }} replied STOP to a text from us. By text they now hear only of flags about risk and of gate meetings; everything else goes by e-mail, or to their stand-in.

Please speak to them: if it was a mistake, they can reply START to any of our texts.`,
    },
    cy: {
      subject: 'Ni fydd {{ whose }} yn cael rhagor o negeseuon testun',
      text: `Atebodd {{ whose }} STOPIWCH i neges destun gennym. Drwy neges destun ni chânt bellach ond clywed am risg ac am gwrdd wrth y giât; daw popeth arall drwy e-bost, neu at eu dirprwy.

Siaradwch â nhw: os oedd yn gamgymeriad, gallant ateb DECHRAU i unrhyw neges gennym.`,
    },
  },
  ringThem: {
    en: {
      subject: 'Case {{ orderId }}: please ring about {{ start | day }}',
      text: `Please ring {% if who %}{{ who }}{% else %}the person on case {{ orderId }}{% endif %} about their appointment on {{ start | moment }}.

We cannot remind them: {{ why | reason }}.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ffoniwch am apwyntiad {{ start | day }}',
      text: `Ffoniwch {% if who %}{{ who }}{% else %}y person yn achos {{ orderId }}{% endif %} am yr apwyntiad hwn: {{ start | moment }}.

Ni allwn eu hatgoffa: {{ why | reason }}.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  ringAboutMove: {
    en: {
      subject: 'Case {{ orderId }}: please ring about a moved appointment',
      text: `Please ring {% if who %}{{ who }}{% else %}the person on case {{ orderId }}{% endif %}: their appointment is now on {{ start | moment }}{% if place %} at {{ place }}{% endif %}.

{% if isPlace %}We write no place to an address that is not known to be safe.{% else %}We could not tell them: {{ why | reason }}.{% endif %}

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ffoniwch am apwyntiad sydd wedi symud',
      text: `Ffoniwch {% if who %}{{ who }}{% else %}y person yn achos {{ orderId }}{% endif %}: mae’r apwyntiad wedi newid. Nawr: {{ start | moment }}{% if place %}, {{ place }}{% endif %}.

{% if isPlace %}Nid ydym yn ysgrifennu lle i gyfeiriad na wyddys ei fod yn ddiogel.{% else %}Ni allem ddweud wrthynt: {{ why | reason }}.{% endif %}

Achos {{ orderId }}: {{ link }}`,
    },
  },
  ringAboutCancellation: {
    en: {
      subject: 'Case {{ orderId }}: please ring about a cancelled appointment',
      text: `Please ring {% if who %}{{ who }}{% else %}the person on case {{ orderId }}{% endif %}: their appointment on {{ start | moment }} is cancelled.

We could not tell them: {{ why | reason }}.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: ffoniwch am apwyntiad sydd wedi ei ganslo',
      text: `Ffoniwch {% if who %}{{ who }}{% else %}y person yn achos {{ orderId }}{% endif %}: mae'r apwyntiad hwn wedi ei ganslo: {{ start | moment }}.

Ni allem ddweud wrthynt: {{ why | reason }}.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  moved: {
    en: {
      subject: 'Your appointment {% if was == start %}on {{ start | day }}{% else %}has moved{% endif %}',
      text: `{% if was == start %}Your appointment on {{ start | moment }} {% if isPlaceNew and place %}is now{% else %}goes ahead{% endif %}{% if place %} at {{ place }}{% endif %}.{% else %}Your appointment has moved. It is now on {{ start | moment }}{% if place %} at {{ place }}{% endif %}, not on {{ was | moment }}.{% endif %}{% if isPlaceNew and not place %} Please ring your worker before it.{% endif %}${WORKER} We look forward to seeing you.`,
    },
    cy: {
      subject:
        '{% if was == start %}Eich apwyntiad: {{ start | day }}{% else %}Mae eich apwyntiad wedi symud{% endif %}',
      text: `{% if was == start %}{% if isPlaceNew and place %}Mae lle eich apwyntiad wedi newid{% else %}Bydd eich apwyntiad yn mynd yn ei flaen{% endif %}: {{ start | moment }}{% if place %}, {{ place }}{% endif %}.{% else %}Mae eich apwyntiad wedi symud. Amser newydd: {{ start | moment }}{% if place %}, {{ place }}{% endif %}. Hen amser: {{ was | moment }}.{% endif %}{% if isPlaceNew and not place %} Ffoniwch eich gweithiwr cyn hynny.{% endif %}${WORKER_CY} Edrychwn ymlaen at eich gweld.`,
    },
  },
  movedForWorkers: {
    en: {
      subject:
        'Case {{ orderId }}: an appointment {% if was == start %}{% if isPlaceNew %}is at another place{% else %}goes ahead{% endif %}{% else %}has moved{% endif %}{% if late %} (late){% endif %}',
      text: `{% if was == start %}The appointment on {{ start | moment }} {% if isPlaceNew %}is now{% else %}goes ahead{% endif %}{% if place %} at {{ place }}{% endif %}.{% else %}The appointment on {{ was | moment }} has moved to {{ start | moment }}{% if place %} at {{ place }}{% endif %}.{% endif %}
{% if late %}
This comes late: the day of the original appointment has passed.
{% endif %}
Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject:
        'Achos {{ orderId }}: mae apwyntiad {% if was == start %}{% if isPlaceNew %}mewn lle arall{% else %}yn mynd yn ei flaen{% endif %}{% else %}wedi symud{% endif %}{% if late %} (hwyr){% endif %}',
      text: `{% if was == start %}{% if isPlaceNew %}Mae lle’r apwyntiad wedi newid{% else %}Bydd yr apwyntiad yn mynd yn ei flaen{% endif %}: {{ start | moment }}{% if place %}, {{ place }}{% endif %}.{% else %}Mae apwyntiad wedi symud. Hen amser: {{ was | moment }}. Amser newydd: {{ start | moment }}{% if place %}, {{ place }}{% endif %}.{% endif %}
{% if late %}
Daw hyn yn hwyr: mae diwrnod yr apwyntiad gwreiddiol wedi mynd heibio.
{% endif %}
Achos {{ orderId }}: {{ link }}`,
    },
  },
  cancelled: {
    en: {
      subject: 'Your appointment on {{ start | day }} is off',
      text: 'Your appointment on {{ start | moment }} is cancelled. You do not need to come. We will be in touch about another.',
    },
    cy: {
      subject: 'Apwyntiad wedi ei ganslo: {{ start | day }}',
      text: "Mae'r apwyntiad hwn wedi ei ganslo: {{ start | moment }}. Nid oes angen i chi ddod. Byddwn mewn cysylltiad am un arall.",
    },
  },
  cancelledForWorkers: {
    en: {
      subject: 'Case {{ orderId }}: an appointment is cancelled',
      text: `The appointment on {{ start | moment }} is cancelled.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: mae apwyntiad wedi ei ganslo',
      text: `Mae'r apwyntiad hwn wedi ei ganslo: {{ start | moment }}.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  orderEnded: {
    en: {
      subject: 'Your appointments are off',
      text: 'These appointments are cancelled, and you do not need to come: {% for one in starts %}{{ one.start | moment }}{% if not loop.last %}; {% endif %}{% endfor %}.',
    },
    cy: {
      subject: 'Apwyntiadau wedi eu canslo',
      text: "Mae'r apwyntiadau hyn wedi eu canslo, ac nid oes angen i chi ddod: {% for one in starts %}{{ one.start | moment }}{% if not loop.last %}; {% endif %}{% endfor %}.",
    },
  },
  orderEndedForWorkers: {
    en: {
      subject: 'Case {{ orderId }}: the order has ended, and its appointments with it',
      text: `The order has ended, and with it these appointments:

{% for one in starts -%}
* {{ one.start | moment }}
{% endfor %}
{% if tellThem %}Please tell the person: we do not.{% else %}The person is told of those within {{ days }} days.{% endif %}

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: mae’r gorchymyn wedi dod i ben, a’i apwyntiadau gydag ef',
      text: `Mae’r gorchymyn wedi dod i ben, a’r apwyntiadau hyn gydag ef:

{% for one in starts -%}
* {{ one.start | moment }}
{% endfor %}
{% if tellThem %}Dywedwch wrth y person: nid ydym ni’n gwneud.{% else %}Caiff y person wybod am y rhai o fewn {{ days }} diwrnod.{% endif %}

Achos {{ orderId }}: {{ link }}`,
    },
  },
  ringOfStay: {
    en: {
      subject: 'Case {{ orderId }}: in prison, please check with the prison',
      text: `The person on case {{ orderId }} is in prison, and we tell them nothing of the appointment on {{ start | moment }} or of later ones while they are there. Please do not ring their number: check with the prison.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: yn y carchar, holwch y carchar',
      text: `Mae’r person yn achos {{ orderId }} yn y carchar, ac ni ddywedwn ddim wrthynt am yr apwyntiad ({{ start | moment }}) nac am rai diweddarach tra byddant yno. Peidiwch â ffonio eu rhif: holwch y carchar.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  rebookCancelled: {
    en: {
      subject: 'Case {{ orderId }}: please book another appointment',
      text: `The appointment on {{ start | moment }} was cancelled and nothing is booked ahead. Please book another.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch apwyntiad arall',
      text: `Canslwyd yr apwyntiad hwn, ac nid oes un arall wedi ei drefnu: {{ start | moment }}. Trefnwch un arall.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  rebookMissed: {
    en: {
      subject: 'Case {{ orderId }}: please book another appointment',
      text: `The appointment on {{ start | moment }} {% if attended %}could not go ahead as planned{% else %}was missed{% endif %} and nothing is booked ahead. Please book another.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch apwyntiad arall',
      text: `{% if attended %}Ni ellid cynnal yr apwyntiad hwn fel y bwriadwyd{% else %}Collwyd yr apwyntiad hwn{% endif %}, ac nid oes un arall wedi ei drefnu: {{ start | moment }}. Trefnwch un arall.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  nothingBooked: {
    en: {
      subject: 'Case {{ orderId }}: no first appointment yet',
      text: `The order was made on {{ sentencedOn | date }} and nothing is booked. Please book the first appointment.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: dim apwyntiad cyntaf eto',
      text: `Gwnaed y gorchymyn ar {{ sentencedOn | date }} ac nid oes dim wedi ei drefnu. Trefnwch yr apwyntiad cyntaf.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  commenceBy: {
    en: {
      subject: 'Case {{ orderId }}: treatment is to start by {{ commenceBy | date }}',
      text: `Treatment is to start by {{ commenceBy | date }}, as the court was told, and no treatment appointment is booked by then. Please book one.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: y driniaeth i ddechrau erbyn {{ commenceBy | date }}',
      text: `Mae'r driniaeth i ddechrau erbyn {{ commenceBy | date }}, fel y dywedwyd wrth y llys, ac nid oes apwyntiad triniaeth wedi ei drefnu erbyn hynny. Trefnwch un.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  commenceOverdue: {
    en: {
      subject: 'Case {{ orderId }}: treatment has been overdue since {{ commenceBy | date }}',
      text: `Treatment was to start by {{ commenceBy | date }}, as the court was told, and no treatment appointment has been held. Please see that it starts.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: y driniaeth yn hwyr ers {{ commenceBy | date }}',
      text: `Roedd y driniaeth i ddechrau erbyn {{ commenceBy | date }}, fel y dywedwyd wrth y llys, ac ni chynhaliwyd apwyntiad triniaeth. Gwnewch yn siŵr ei bod yn dechrau.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  waiting: {
    en: {
      subject: 'Case {{ orderId }}: still waiting',
      text: `The order was made on {{ sentencedOn | date }}. The person is still waiting to start and nothing is booked. Please see that they are supported meanwhile.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: yn dal i aros',
      text: `Gwnaed y gorchymyn ar {{ sentencedOn | date }}. Mae'r person yn dal i aros i ddechrau ac nid oes dim wedi ei drefnu. Gwnewch yn siŵr eu bod yn cael cefnogaeth yn y cyfamser.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  diaryReview: {
    en: {
      subject: 'Case {{ orderId }}: please book a diary review',
      text: `A fortnightly diary review is due and none is booked. Please book one.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: trefnwch adolygiad dyddiadur',
      text: `Mae'n bryd cael yr adolygiad dyddiadur a gynhelir bob pythefnos ac nid oes un wedi ei drefnu. Trefnwch un.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  gap: {
    en: {
      subject: 'Case {{ orderId }}: nothing booked for four weeks',
      text: `Nothing is booked from {{ from | date }} to {{ to | date }}. The requirement runs until {{ runsUntil | date }}. Please book an appointment.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: 'Achos {{ orderId }}: dim wedi ei drefnu am bedair wythnos',
      text: `Nid oes dim wedi ei drefnu rhwng {{ from | date }} a {{ to | date }}. Mae'r gofyniad yn para hyd {{ runsUntil | date }}. Trefnwch apwyntiad.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  emptyWeek: {
    en: {
      subject: 'Case {{ orderId }}: no appointment in the week of {{ weekOf | date }}',
      text: `Nothing is booked in the week that begins on {{ weekOf | day }}. Please add an appointment.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: "Achos {{ orderId }}: dim apwyntiad yn yr wythnos sy'n dechrau ar {{ weekOf | date }}",
      text: `Nid oes dim wedi ei drefnu yn yr wythnos hon: {{ weekOf | day }} ymlaen. Ychwanegwch apwyntiad.

Achos {{ orderId }}: {{ link }}`,
    },
  },
  review: {
    en: {
      subject: 'Case {{ orderId }}: a review is due',
      text: `The core programme was completed on {{ completedOn | date }}. A review is due and nothing is booked ahead. Please book one.

Case {{ orderId }}: {{ link }}`,
    },
    cy: {
      subject: "Achos {{ orderId }}: mae'n bryd adolygu",
      text: `Cwblhawyd y rhaglen graidd ar {{ completedOn | date }}. Mae'n bryd adolygu ac nid oes dim wedi ei drefnu. Trefnwch adolygiad.

Achos {{ orderId }}: {{ link }}`,
    },
  },
} satisfies Texts
