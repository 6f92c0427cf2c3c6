import type { Texts } from '../../messages/text.ts'

const WHEN = '{% if one.gateTime %}{{ one.gateTime | moment }}{% else %}{{ one.releaseOn | day }}'

export const ROTA_TEXTS = {
  gap: {
    en: {
      subject: 'The on-call rota for {{ area }} has gaps',
      text: `Somebody has to be at the gate, and the on-call rota for {{ area }} has gaps:

{% for one in gaps -%}
* ${WHEN}, time not known{% endif %}, release {{ one.releaseId }}: {% if one.why == 'nobody' %}nobody is on call{% elif one.why == 'stopped' %}somebody on call said STOP to our texts: ask them to reply START{% else %}somebody on call cannot be reached{% endif %}
{% endfor %}
Please fill them: {{ link }}`,
    },
    cy: {
      subject: 'Mae bylchau yn rota ar alwad {{ area }}',
      text: `Rhaid i rywun fod wrth y giât, ac mae bylchau yn rota ar alwad {{ area }}:

{% for one in gaps -%}
* ${WHEN}, yr amser heb ei gadarnhau{% endif %}, rhyddhau {{ one.releaseId }}: {% if one.why == 'nobody' %}nid oes neb ar alwad{% elif one.why == 'stopped' %}dywedodd rhywun sydd ar alwad STOPIWCH i’n negeseuon testun: gofynnwch iddynt ateb DECHRAU{% else %}ni ellir cyrraedd rhywun sydd ar alwad{% endif %}
{% endfor %}
Llenwch nhw: {{ link }}`,
    },
  },
} satisfies Texts
