import type { Texts } from '../../messages/text.ts'

const WHEN = '{% if one.gateTime %}{{ one.gateTime | moment }}{% else %}{{ one.releaseOn | day }}'

export const ROTA_TEXTS = {
  gap: {
    en: {
      subject: 'The on-call rota for {{ area }} has gaps',
      text: `Somebody has to be at the gate, and the on-call rota for {{ area }} has gaps:

{% for one in gaps -%}
* ${WHEN}, time not known{% endif %}, release {{ one.releaseId }}: {% if one.isNobody %}nobody is on call{% else %}somebody on call cannot be reached{% endif %}
{% endfor %}
Please fill them: {{ link }}`,
    },
    cy: {
      subject: 'Mae bylchau yn rota ar alwad {{ area }}',
      text: `Rhaid i rywun fod wrth y giât, ac mae bylchau yn rota ar alwad {{ area }}:

{% for one in gaps -%}
* ${WHEN}, yr amser heb ei gadarnhau{% endif %}, rhyddhau {{ one.releaseId }}: {% if one.isNobody %}nid oes neb ar alwad{% else %}ni ellir cyrraedd rhywun sydd ar alwad{% endif %}
{% endfor %}
Llenwch nhw: {{ link }}`,
    },
  },
} satisfies Texts
