import * as z from 'zod'
import { phone } from '../casefile/fields.ts'
import { keyOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import type { Prison } from '../casefile/prison.ts'
import { type Act, act, asked, type Field, options, type Place, type Subject, type Words } from './act.ts'
import { BY_ADDRESS } from './order-terms.ts'
import { OPENERS, whoWorksIn } from './works.ts'

/** Acts on a prison, its partnership, and clearances there. */

const POSTS: readonly Role[] = ['governor', 'deputy-governor', 'vetting-contact']
const WHEN: Words = { en: 'On which day?', cy: 'Ar ba ddiwrnod?' }

/** A clearance at each of its prisons, which are independent of each other. */
function clearances({ state }: Place<'clearance'>): Subject[] {
  return Object.values(state.byId)
    .filter(({ ended, confirmed }) => !ended || confirmed.some(({ at }) => at > ended.at))
    .map(({ clearanceId, prisonId }) => ({ key: prisonId, settled: { clearanceId, prisonId } }))
}

/** The same, with the fields that a confirmation repeats: the holder and the organisation. */
function known(place: Place<'clearance'>): Subject[] {
  return clearances(place).flatMap((subject) => {
    const one = Object.values(place.state.byId).find(({ prisonId }) => prisonId === subject.key)
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

/** The prison itself, once it is known. */
function thePrison({ id, state }: Place<'prison'>): Subject[] {
  const { name } = state.details ?? {}
  return name === undefined
    ? []
    : [{ key: '', words: { en: name, cy: name }, settled: { prisonId: keyOf(id) } }]
}

const UPDATED = 'prison.updated'
const somebody = (name: 'governor' | 'deputy' | 'vettingContact', label: Words, details: Prison['details']) =>
  asked(UPDATED, name, { label, as: 'contact', ...(details?.[name] && { first: details[name] }) })

/** Who should be told at a prison, with the current values. */
function prisonFields(details?: Prison['details']): Field[] {
  return [
    asked(UPDATED, 'name', {
      label: { en: 'Name, such as HMP Fenmarsh', cy: 'Enw, megis HMP Fenmarsh' },
      as: 'line',
      ...(details && { first: details.name }),
    }),
    {
      ...somebody('governor', { en: 'Governor or Director', cy: 'Llywodraethwr neu Gyfarwyddwr' }, details),
      hint: BY_ADDRESS,
    },
    somebody('deputy', { en: 'Deputy governor (optional)', cy: 'Dirprwy lywodraethwr (dewisol)' }, details),
    somebody('vettingContact', { en: 'Vetting contact (optional)', cy: 'Cyswllt fetio (dewisol)' }, details),
    asked(UPDATED, 'sector', {
      label: { en: 'Who runs it? (optional)', cy: 'Pwy sy’n ei redeg? (dewisol)' },
      as: options({ public: ['The public sector', 'Y sector cyhoeddus'], private: ['A company', 'Cwmni'] }),
      ...(details?.sector && { first: details.sector }),
    }),
    {
      ...{ name: 'phone', schema: phone.pipe(z.string()).optional(), as: 'line' },
      label: { en: 'Telephone number (optional)', cy: 'Rhif ffôn (dewisol)' },
      ...(details?.phone && { first: details.phone }),
    },
  ]
}

/** The holder of a clearance, and their organisation. */
function holderFields(event: 'clearance.applied' | 'clearance.confirmed'): Field[] {
  return [
    asked(event, 'holder', {
      label: { en: 'Who is it for?', cy: 'I bwy y mae?' },
      hint: BY_ADDRESS,
      as: 'contact',
    }),
    asked(event, 'organisationId', {
      label: { en: 'Of which organisation?', cy: 'O ba sefydliad?' },
      hint: { en: 'In one word, such as ORG-1', cy: 'Mewn un gair, megis ORG-1' },
      as: 'code',
    }),
  ]
}

const ROUTES = options({
  'psi-27-2014': ['PSI 27/2014', 'PSI 27/2014'],
  'psi-39-2014': ['PSI 39/2014', 'PSI 39/2014'],
})

/** When a clearance was confirmed, and how long it is valid. */
const CONFIRMED_FIELDS: readonly Field[] = [
  asked('clearance.confirmed', 'confirmedOn', {
    label: { en: 'On which day was it confirmed?', cy: 'Ar ba ddiwrnod y cafodd ei gadarnhau?' },
    as: 'day',
  }),
  asked('clearance.confirmed', 'expiresOn', {
    label: { en: 'Its last valid day (optional)', cy: 'Ei ddiwrnod dilys olaf (dewisol)' },
    hint: { en: 'Twelve months later, if left empty', cy: 'Deuddeg mis yn ddiweddarach, os yw’n wag' },
    as: 'day',
  }),
]

export const PRISON_ACTS: readonly Act[] = [
  act('contact', UPDATED, {
    title: { en: 'Enter a prison', cy: 'Rhoi carchar i mewn' },
    roles: OPENERS,
    opens: 'prison',
    // Whoever names a prison’s governor decides who may read about it: that is for people who look after the service.
    subjects: whoWorksIn(),
    fields: [
      asked(UPDATED, 'prisonId', { label: { en: 'Code, such as MDI', cy: 'Cod, megis MDI' }, as: 'code' }),
      ...prisonFields(),
    ],
  }),
  act('prison', UPDATED, {
    title: { en: 'Say who is to be told at the prison', cy: 'Dweud pwy sydd i glywed yn y carchar' },
    roles: [...POSTS, 'support'],
    subjects: thePrison,
    fields: ({ state }) => prisonFields(state.details),
  }),
  act('prison', 'clearance.applied', {
    title: { en: 'Say that a clearance was applied for', cy: 'Dweud bod cais wedi’i wneud am gliriad' },
    roles: POSTS,
    opens: 'clearance',
    subjects: thePrison,
    fields: [
      ...holderFields('clearance.applied'),
      asked('clearance.applied', 'route', {
        label: { en: 'By which rule?', cy: 'Dan ba reol?' },
        as: ROUTES,
      }),
      asked('clearance.applied', 'licenceOrOrderFrom', {
        label: { en: 'Their licence or order: from (optional)', cy: 'Eu trwydded neu orchymyn: o (dewisol)' },
        as: 'day',
      }),
      asked('clearance.applied', 'licenceOrOrderTo', {
        label: { en: 'Their licence or order: to (optional)', cy: 'Eu trwydded neu orchymyn: hyd (dewisol)' },
        as: 'day',
      }),
    ],
    becomes: (said, { subject }, name) => [
      { type: 'clearance.applied', info: { clearanceId: `CL-${name}`, ...subject.settled, ...said } },
    ],
  }),
  act('prison', 'clearance.confirmed', {
    title: { en: 'Enter a clearance that somebody has', cy: 'Rhoi cliriad sydd gan rywun i mewn' },
    roles: POSTS,
    opens: 'clearance',
    subjects: thePrison,
    fields: [...holderFields('clearance.confirmed'), ...CONFIRMED_FIELDS],
    becomes: (said, { subject }, name) => [
      { type: 'clearance.confirmed', info: { clearanceId: `CL-${name}`, ...subject.settled, ...said } },
    ],
  }),
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
    fields: CONFIRMED_FIELDS,
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
  return Object.values(state.byId).some(
    ({ prisonId, confirmed }) => prisonId === prison && confirmed.length > 0,
  )
}
