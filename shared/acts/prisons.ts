import { keyOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import { type Act, act, asked, options, type Place, type Subject, type Words } from './act.ts'

/** What can be done about a clearance at one prison, and about a prison’s partnership. */

const POSTS: readonly Role[] = ['governor', 'deputy-governor', 'vetting-contact']
const WHEN: Words = { en: 'On which day?', cy: 'Ar ba ddiwrnod?' }

/** A clearance at each of its prisons: nothing at one says anything of another. */
function clearances({ state }: Place<'clearance'>): Subject[] {
  return Object.values(state)
    .filter(({ ended, confirmed }) => !ended || confirmed.some(({ at }) => at > ended.at))
    .map(({ clearanceId, prisonId }) => ({ key: prisonId, settled: { clearanceId, prisonId } }))
}

/** With what a confirmation says again: whose clearance it is, and of which organisation. */
function known(place: Place<'clearance'>): Subject[] {
  return clearances(place).flatMap((subject) => {
    const one = Object.values(place.state).find(({ prisonId }) => prisonId === subject.key)
    const { holder, organisationId } = one?.confirmed.at(-1)?.info ?? one?.applied?.info ?? {}
    if (holder === undefined || organisationId === undefined) return []
    return [{ ...subject, settled: { ...subject.settled, holder, organisationId } }]
  })
}

function prison({ id, state }: Place<'prison'>, isAgreed: boolean): Subject[] {
  const { details, partnership } = state
  const stands = partnership?.type === 'partnership.agreed'
  const { partnershipLead } = partnership?.info ?? {}
  if (!details || (!isAgreed && !stands)) return []
  return [{ key: '', settled: { prisonId: keyOf(id), ...(partnershipLead && { partnershipLead }) } }]
}

export const PRISON_ACTS: readonly Act[] = [
  act('clearance', 'clearance.renewal-requested', {
    title: { en: 'Say that renewal was requested', cy: 'Dweud bod adnewyddu wedi’i ofyn' },
    roles: POSTS,
    isForRolesAlone: true,
    subjects: (place) => known(place).filter(({ key }) => isHeldAt(place, key)),
    fields: [asked('clearance.renewal-requested', 'on', { label: WHEN, as: 'day' })],
  }),
  act('clearance', 'clearance.confirmed', {
    title: { en: 'Confirm a clearance', cy: 'Cadarnhau cliriad' },
    roles: POSTS,
    isForRolesAlone: true,
    subjects: known,
    fields: [
      asked('clearance.confirmed', 'confirmedOn', {
        label: { en: 'On which day was it confirmed?', cy: 'Ar ba ddiwrnod y cafodd ei gadarnhau?' },
        as: 'day',
      }),
      asked('clearance.confirmed', 'expiresOn', {
        label: { en: 'Its last valid day (optional)', cy: 'Ei ddiwrnod dilys olaf (dewisol)' },
        hint: { en: 'Twelve months later, if left empty', cy: 'Deuddeg mis yn ddiweddarach, os yw’n wag' },
        as: 'day',
      }),
    ],
  }),
  act('clearance', 'clearance.ended', {
    title: { en: 'Say that a clearance has ended', cy: 'Dweud bod cliriad wedi dod i ben' },
    roles: POSTS,
    isForRolesAlone: true,
    subjects: clearances,
    fields: [
      asked('clearance.ended', 'on', { label: WHEN, as: 'day' }),
      asked('clearance.ended', 'reason', {
        label: { en: 'Why?', cy: 'Pam?' },
        as: options({
          left: ['They left', 'Gadawsant'],
          withdrawn: ['It was withdrawn', 'Fe’i tynnwyd yn ôl'],
          'not-renewed': ['It was not renewed', 'Ni chafodd ei adnewyddu'],
          'role-changed': ['Their role changed', 'Newidiodd eu rôl'],
          recalled: ['They were recalled', 'Cawsant eu galw’n ôl'],
          died: ['They died', 'Buont farw'],
        }),
      }),
    ],
  }),
  act('prison', 'partnership.agreed', {
    title: { en: 'Say that the partnership was agreed', cy: 'Dweud bod y bartneriaeth wedi’i chytuno' },
    roles: POSTS,
    subjects: (place) => prison(place, true),
    fields: [asked('partnership.agreed', 'on', { label: WHEN, as: 'day' })],
  }),
  act('prison', 'partnership.ended', {
    title: { en: 'Say that the partnership has ended', cy: 'Dweud bod y bartneriaeth wedi dod i ben' },
    roles: POSTS,
    subjects: (place) => prison(place, false),
    fields: [asked('partnership.ended', 'on', { label: WHEN, as: 'day' })],
  }),
]

function isHeldAt({ state }: Place<'clearance'>, prison: string): boolean {
  return Object.values(state).some(({ prisonId, confirmed }) => prisonId === prison && confirmed.length > 0)
}
