import type { Texts } from '../../messages/text.ts'

const WHEN = '{% if one.gateTime %}{{ one.gateTime | moment }}{% else %}{{ one.releaseOn | day }}'

export const ROTA_TEXTS = {
  gap: {
    en: {
      subject: 'The on-call rota for {{ area }} has gaps',
      text: `Somebody has to be at the gate, and the on-call rota for {{ area }} has gaps:

{% for one in gaps -%}
* ${WHEN}, time not known{% endif %}, release {{ one.releaseId }}: {% if one.why == 'nobody' %}nobody is on call{% elif one.why == 'stopped' %}{{ one.who }}, on call, said STOP to our texts: ask them to reply START{% elif one.why == 'no-number' %}nobody can ring back: neither the duty officer nor the rota owner has a number to give out{% else %}{{ one.who }} is on call and cannot be reached{% endif %}
{% endfor %}
{% if reader == 'duty-officer' %}Nobody who looks after the rota could be told: please see that somebody will be at the gate. {{ link }}{% else %}Please fill them: {{ link }}{% endif %}`,
    },
    cy: {
      subject: 'Mae bylchau yn rota ar alwad {{ area }}',
      text: `Rhaid i rywun fod wrth y giât, ac mae bylchau yn rota ar alwad {{ area }}:

{% for one in gaps -%}
* ${WHEN}, yr amser heb ei gadarnhau{% endif %}, rhyddhau {{ one.releaseId }}: {% if one.why == 'nobody' %}nid oes neb ar alwad{% elif one.why == 'stopped' %}dywedodd {{ one.who }}, sydd ar alwad, STOPIWCH i’n negeseuon testun: gofynnwch iddynt ateb DECHRAU{% elif one.why == 'no-number' %}ni all neb ffonio’n ôl: nid oes gan y swyddog ar ddyletswydd na pherchennog y rota rif i’w roi{% else %}mae {{ one.who }} ar alwad ac ni ellir cysylltu â nhw{% endif %}
{% endfor %}
{% if reader == 'duty-officer' %}Ni ellid dweud wrth neb sy’n gofalu am y rota: gwnewch yn siŵr y bydd rhywun wrth y giât. {{ link }}{% else %}Llenwch nhw: {{ link }}{% endif %}`,
    },
  },
} satisfies Texts
