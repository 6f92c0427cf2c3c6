import type { Texts } from '../../messages/text.ts'

const WHEN = '{% if one.gateTime %}{{ one.gateTime | moment }}{% else %}{{ one.releaseOn | day }}'

export const ROTA_TEXTS = {
  gap: {
    en: {
      subject: 'A gap in the on-call rota of {{ area }}',
      text: `Somebody has to be at the gate, and the rota of {{ area }} will not do:

{% for one in gaps -%}
* ${WHEN}, time not known{% endif %}, release {{ one.releaseId }}: {% if one.isNobody %}nobody is on call{% else %}somebody on call cannot be reached{% endif %}
{% endfor %}
Please fill it.

{{ link }}`,
    },
    cy: {
      subject: 'Bwlch yn rota ar alwad {{ area }}',
      text: `Rhaid i rywun fod wrth y giât, ac nid yw rota {{ area }} yn ddigon:

{% for one in gaps -%}
* ${WHEN}, amser ddim yn hysbys{% endif %}, rhyddhau {{ one.releaseId }}: {% if one.isNobody %}nid oes neb ar alwad{% else %}ni ellir cyrraedd rhywun sydd ar alwad{% endif %}
{% endfor %}
Llenwch ef.

{{ link }}`,
    },
  },
} satisfies Texts
