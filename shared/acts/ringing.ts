import { londonDate } from '../calendar/london.ts'
import { keyOf, kindOf } from '../casefile/ids.ts'
import { isContactDay, type Release } from '../casefile/release.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { everyNameOf } from '../directory/people.ts'
import { writePhone } from '../messages/phone.ts'
import type { About, Shown, Words } from './act.ts'

/** Whom to ring in the weeks after release, and how; shown only on days when somebody is asked to. */
export function howToRing({ state, subject, now }: About<'release'>): readonly Shown[] {
  const release = state.byId[subject.key]
  if (!release || !isContactDay(release, londonDate(now))) return []
  const { initials } = release
  return [
    {
      label: { en: 'Whom', cy: 'Pwy' },
      value: { en: initials, cy: initials },
    },
    { label: { en: 'Number', cy: 'Rhif' }, value: (neighbours) => numberOf(release, neighbours) },
    { label: { en: 'First', cy: 'Yn gyntaf' }, value: SAFELY },
  ]
}

const SAFELY: Words = {
  en: 'Say only your first name until you know who has answered. If it is somebody else, say nothing of prison, release or probation, and ring again later.',
  cy: 'Dywedwch eich enw cyntaf yn unig nes y gwyddoch pwy sydd wedi ateb. Os rhywun arall sydd yno, peidiwch â sôn am garchar, rhyddhau na phrawf, a ffoniwch eto’n ddiweddarach.',
}

const DUTY_OFFICER: Words = {
  en: 'Please ring the duty officer for it.',
  cy: 'Ffoniwch y swyddog ar ddyletswydd amdano.',
}

/** No number if ringing could cause harm, if they want no messages, or if two people could be meant. */
function numberOf(release: Release, neighbours: Neighbours): Words {
  if (release.partnerViolenceRisk || release.person === undefined) return DUTY_OFFICER
  const orders = everyNameOf(release.person, neighbours)
    .flatMap((one) => one.casefiles)
    .filter((id) => kindOf(id) === 'order')
    .map((id) => neighbours.get('order', keyOf(id)).terms?.person)
  const [contactId, another] = new Set(orders.filter((one) => one !== undefined))
  if (contactId === undefined || another !== undefined) return DUTY_OFFICER
  const { mobile, phone, doNotMessage } = neighbours.get('contact', contactId).details ?? {}
  const number = mobile ?? phone
  if (doNotMessage || number === undefined) return DUTY_OFFICER
  return { en: writePhone(number), cy: writePhone(number) }
}
