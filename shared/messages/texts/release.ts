import type { Texts } from '../texts.ts'

const WHERE =
  '{% if gateTime %}{{ gateTime | moment }}{% else %}{{ releaseOn | day }}, time not known{% endif %}{% if place %}, {{ place }}{% endif %}'
const CALL = '{% if callBack %}Call {{ callBack }}{% else %}Call back: {{ link }}{% endif %}'

/** Place, time, initials and a number to call: nothing of health, offence or treatment. */
export const RELEASE_TEXTS: Texts = {
  'GATE-01 plan': {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: can you be there?',
      text: `{{ initials }}: ${WHERE}.

Can you meet them? Say yes or no: {{ answer }}

${CALL}`,
    },
  },
  'GATE-01 accept': {
    en: {
      subject: 'Can you meet {{ initials }} on {{ releaseOn | day }}?',
      text: `Can you meet {{ initials }}? ${WHERE}.

Say yes or no: {{ answer }}

${CALL}`,
    },
  },
  'GATE-01 confirmed': {
    en: {
      subject: 'You are meeting {{ initials }} on {{ releaseOn | day }}',
      text: `Thank you. You are meeting {{ initials }}: ${WHERE}.

${CALL}`,
    },
  },
  'GATE-01 uncovered': {
    en: {
      subject: 'Nobody has accepted the gate meeting on {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE}. Nobody has accepted yet.

{{ link }}`,
    },
  },
  'GATE-01 nobody': {
    en: {
      subject: 'Nobody is meeting {{ initials }} on {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE}. Nobody has accepted. Please see that somebody is there.

{{ link }}`,
    },
  },
  'GATE-01 alert': {
    en: {
      subject: 'Gate meeting: {{ initials }}, {{ releaseOn | day }}',
      text: `Please set out to meet {{ initials }}: ${WHERE}.

${CALL}`,
    },
  },
  'GATE-01 alert-duty-officer': {
    en: {
      subject: 'Gate meeting: {{ initials }}, {{ releaseOn | day }}',
      text: `{{ initials }}: ${WHERE}. Somebody has agreed to be there and has been told.

{{ link }}`,
    },
  },
  'GATE-01 outcome': {
    en: {
      subject: 'Was {{ initials }} met?',
      text: `{{ initials }}: ${WHERE}. Please say how it went: {{ answer }}`,
    },
  },
  'GATE-02 covered': {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: covered',
      text: '{{ initials }}: somebody else is going on {{ releaseOn | day }}. Thank you, you do not need to do anything.',
    },
  },
  'GATE-02 stand-down': {
    en: {
      subject: 'Gate meeting on {{ releaseOn | day }}: not needed',
      text: '{{ initials }}: the meeting on {{ releaseOn | day }} is not needed any more. Please do not go.',
    },
  },
}
