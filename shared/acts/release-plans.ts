import * as z from 'zod'
import type { EventInfo } from '../casefile/events.ts'
import { flag, id, noms } from '../casefile/fields.ts'
import type { Release } from '../casefile/release.ts'
import { type Act, act, asked, type Field, options, type Said, type Words } from './act.ts'
import { BY_ADDRESS } from './order-terms.ts'
import { open, WORKERS } from './releases.ts'
import { OPENERS, whoWorksIn } from './works.ts'

/** Planning a release, or a possible one after a hearing; and changing the plan. */

const PLANNED = 'release.planned'
const POSSIBLE = 'release.possible'

const NOMS = 'prisonNumber'
const PRISON_NUMBER: Field = {
  ...{ name: NOMS, schema: noms.pipe(z.string()).optional(), as: 'code' },
  label: { en: 'Prison number (optional)', cy: 'Rhif carchar (dewisol)' },
  hint: {
    en: 'Such as A9000AA: by it, the prison’s own word that they are out is known to be theirs',
    cy: 'Megis A9000AA: drwyddo y gwyddys mai amdanynt hwy y mae’r carchar yn sôn',
  },
}
const WORDS = {
  area: { en: 'Area, as its rota is called', cy: 'Ardal, fel y gelwir ei rota' },
  initials: { en: 'Initials of the person', cy: 'Llythrennau blaen y person' },
  dutyOfficer: { en: 'Duty officer', cy: 'Swyddog ar ddyletswydd' },
  keyWorker: { en: 'Key worker (optional)', cy: 'Gweithiwr allweddol (dewisol)' },
}

/** The fields that both have, with the current values. */
function known(event: typeof PLANNED | typeof POSSIBLE, release: Release | undefined): Field[] {
  return [
    asked(event, 'area', { label: WORDS.area, as: 'code', ...first(release?.area) }),
    asked(event, 'initials', { label: WORDS.initials, as: 'code', ...first(release?.initials) }),
    asked(event, 'dutyOfficer', {
      ...{ label: WORDS.dutyOfficer, hint: BY_ADDRESS, as: 'contact' as const },
      ...first(release?.dutyOfficer),
    }),
    asked(event, 'keyWorker', { label: WORDS.keyWorker, as: 'contact', ...first(release?.keyWorker) }),
  ]
}

const first = (value: unknown) => (value === undefined || value === false ? {} : { first: String(value) })

function planned(release?: Release): Field[] {
  const { releaseOn, gateTime, prisonId, place, meetAt, travelMinutes, prescribed, partnerViolenceRisk } =
    release ?? {}
  return [
    asked(PLANNED, 'releaseOn', {
      ...{ label: { en: 'Day of release', cy: 'Diwrnod y rhyddhau' }, as: 'day' as const },
      ...first(releaseOn),
    }),
    asked(PLANNED, 'gateTime', {
      ...{
        label: { en: 'Time at the gate (optional)', cy: 'Amser wrth y giât (dewisol)' },
        as: 'time' as const,
      },
      ...first(gateTime),
    }),
    asked(PLANNED, 'prisonId', {
      ...{
        label: { en: 'Prison, such as MDI (optional)', cy: 'Carchar, megis MDI (dewisol)' },
        as: 'code' as const,
      },
      ...first(prisonId),
    }),
    asked(PLANNED, 'place', {
      label: { en: 'From where? (optional)', cy: 'O ble? (dewisol)' },
      as: options({ prison: ['From prison', 'O’r carchar'], court: ['From court', 'O’r llys'] }),
      ...first(place),
    }),
    asked(PLANNED, 'meetAt', {
      ...{ label: { en: 'Where to meet (optional)', cy: 'Lle i gwrdd (dewisol)' }, as: 'line' as const },
      ...first(meetAt),
    }),
    asked(PLANNED, 'travelMinutes', {
      ...{
        label: { en: 'Minutes to get there (optional)', cy: 'Munudau i gyrraedd (dewisol)' },
        as: 'number' as const,
      },
      ...first(travelMinutes || undefined),
    }),
    asked(PLANNED, 'prescribed', {
      label: { en: 'Is anything prescribed? (optional)', cy: 'A oes presgripsiwn? (dewisol)' },
      as: options({ true: ['Yes', 'Oes'], false: ['No', 'Nac oes'] }),
      ...(prescribed === undefined ? {} : { first: String(prescribed) }),
    }),
    asked(PLANNED, 'partnerViolenceRisk', {
      label: { en: 'There is a risk of partner violence', cy: 'Mae risg o drais gan bartner' },
      as: 'tick',
      ...first(partnerViolenceRisk),
    }),
  ]
}

type Meeter = NonNullable<EventInfo<typeof PLANNED>['meeters']>[number]
const MEETER = { who: 'meeter', kind: 'meeterKind', consented: 'consented', nobody: 'nobody' } as const
const KINDS = ['sponsor', 'peer', 'family'] as const

/** Somebody chosen by the person. No page shows afterwards who that is. */
const SOMEBODY: readonly Field[] = [
  {
    ...{ name: MEETER.who, schema: id.optional(), as: 'contact' },
    label: {
      en: 'Somebody of their choice to meet them (optional)',
      cy: 'Rhywun o’u dewis i gwrdd â nhw (dewisol)',
    },
  },
  {
    ...{ name: MEETER.kind, schema: z.enum(KINDS).optional() },
    label: { en: 'Who is that? (optional)', cy: 'Pwy yw hwnnw? (dewisol)' },
    as: options({
      sponsor: ['A sponsor', 'Noddwr'],
      peer: ['A peer', 'Cymar'],
      family: ['A relative', 'Perthynas'],
    }),
  },
  {
    ...{ name: MEETER.consented, schema: flag.optional(), as: 'tick' },
    label: { en: 'Both of them agreed to it', cy: 'Cytunodd y ddau i hynny' },
  },
]
const NOBODY: Field = {
  ...{ name: MEETER.nobody, schema: flag.optional(), as: 'tick' },
  label: {
    en: 'Ask nobody any more whom they chose before',
    cy: 'Peidiwch â gofyn mwyach i neb a ddewiswyd o’r blaen',
  },
}

/** The meeters named before, and the one added. */
function meeters(said: Said, before: readonly Meeter[]): Meeter[] {
  const { [MEETER.who]: contactId, [MEETER.kind]: kind = 'peer', [MEETER.consented]: consented } = said
  const kept = said[MEETER.nobody] ? [] : before.filter((one) => one.contactId !== contactId)
  if (contactId === undefined) return kept
  return [...kept, { contactId, kind: kind as Meeter['kind'], consented: consented === 'true' }]
}

const APART: readonly string[] = [NOMS, ...Object.values(MEETER)]
const contractOf = (said: Said) =>
  Object.fromEntries(Object.entries(said).filter(([name]) => !APART.includes(name)))

const OPEN = { roles: OPENERS, opens: 'release', subjects: whoWorksIn('release') } as const
const AGAIN: Words = { en: 'Change the plan', cy: 'Newid y cynllun' }

export const RELEASE_PLAN_ACTS: readonly Act[] = [
  act('contact', PLANNED, {
    title: { en: 'Plan a release', cy: 'Cynllunio rhyddhau' },
    ...OPEN,
    fields: [PRISON_NUMBER, ...planned(), ...known(PLANNED, undefined), ...SOMEBODY],
    becomes: (said, _, name) => [
      {
        type: PLANNED,
        info: { releaseId: `R-${name}`, ...contractOf(said), meeters: meeters(said, []) },
        person: { noms: said[NOMS] },
      },
    ],
  }),
  act('contact', POSSIBLE, {
    title: { en: 'Say that somebody may be released by a court', cy: 'Dweud y gall llys ryddhau rhywun' },
    ...OPEN,
    fields: [
      PRISON_NUMBER,
      asked(POSSIBLE, 'hearingOn', {
        label: { en: 'Day of the hearing', cy: 'Diwrnod y gwrandawiad' },
        as: 'day',
      }),
      asked(POSSIBLE, 'court', { label: { en: 'Court (optional)', cy: 'Llys (dewisol)' }, as: 'line' }),
      ...known(POSSIBLE, undefined),
    ],
    becomes: (said, _, name) => [
      {
        type: POSSIBLE,
        info: { releaseId: `R-${name}`, ...contractOf(said) },
        person: { noms: said[NOMS] },
      },
    ],
  }),
  act('release', PLANNED, {
    title: AGAIN,
    roles: WORKERS,
    subjects: open(),
    fields: ({ state, subject }) => {
      const release = state.byId[subject.key]
      return [...planned(release), ...known(PLANNED, release), ...SOMEBODY, NOBODY]
    },
    becomes: (said, { state, subject }) => [
      {
        type: PLANNED,
        info: {
          ...{ releaseId: subject.key, ...contractOf(said) },
          meeters: meeters(said, state.byId[subject.key]?.meeters ?? []),
        },
      },
    ],
  }),
]
