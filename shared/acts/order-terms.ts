import * as z from 'zod'
import type { EventType } from '../casefile/events.ts'
import { crn, flag } from '../casefile/fields.ts'
import { keyOf } from '../casefile/ids.ts'
import type { Terms } from '../casefile/order.ts'
import type { Written } from '../messages/dates.ts'
import {
  type About,
  type Act,
  act,
  asked,
  type Field,
  options,
  type Said,
  type Shown,
  type Words,
} from './act.ts'
import { writtenOut } from './form.ts'
import { PROBATION, theOrder } from './orders.ts'
import { OPENERS, whoWorksIn } from './works.ts'

/** Entering an order: what the court ordered, and for whom; and later changes to it. */

const MADE = 'order.made'
type Name = Exclude<keyof Terms & string, 'orderId' | 'attention'>
type Draft = Omit<Field, 'name' | 'schema'>

/** How to identify a person in a form. Shown once, at the first such field. */
export const BY_ADDRESS: Words = {
  en: 'By e-mail address, mobile number or contact reference. Who is not known yet is entered first, under “New”',
  cy: 'Drwy gyfeiriad e-bost, rhif ffôn symudol neu gyfeirnod cyswllt. Rhowch bobl newydd i mewn yn gyntaf, dan “Newydd”',
}
/** An order makes its workers keepers of its person, so whoever enters one must already keep that contact. */
const BY_KEEPER: Words = {
  en: 'By e-mail address, mobile number or contact reference: somebody whom you entered under “New”, or work with already. Support staff enter the order of anybody else',
  cy: 'Drwy gyfeiriad e-bost, rhif ffôn symudol neu gyfeirnod cyswllt: rhywun a roesoch i mewn dan “Newydd”, neu yr ydych yn gweithio gyda nhw eisoes. Staff cymorth sy’n rhoi gorchymyn unrhyw un arall i mewn',
}
const somebody = (en: string, cy: string, hint?: Words): Draft => ({
  ...{ label: { en, cy }, as: 'contact' },
  ...(hint && { hint }),
})
const day = (en: string, cy: string): Draft => ({ label: { en, cy }, as: 'day' })
const number = (en: string, cy: string): Draft => ({ label: { en, cy }, as: 'number' })
const tick = (en: string, cy: string): Draft => ({ label: { en, cy }, as: 'tick' })

const NEEDED: readonly (readonly [Name, Draft])[] = [
  ['person', { ...somebody('The person', 'Y person', BY_KEEPER), isKept: true }],
  ['sentencedOn', day('Day of sentence', 'Diwrnod y ddedfryd')],
  ['lengthMonths', number('Length of the order in months', 'Hyd y gorchymyn mewn misoedd')],
  ['offenderManager', somebody('Offender manager', 'Rheolwr troseddwyr', BY_ADDRESS)],
  ['caseManager', somebody('Case manager of the provider', 'Rheolwr achos y darparwr')],
  ['probationOffice', somebody('Probation office', 'Swyddfa brawf')],
  ['provider', somebody('Manager of the provider', 'Rheolwr y darparwr')],
  [
    'seriousness',
    {
      label: { en: 'Seriousness', cy: 'Difrifoldeb' },
      as: options({ low: ['Low', 'Isel'], medium: ['Medium', 'Canolig'], high: ['High', 'Uchel'] }),
    },
  ],
  [
    'offenderManagementTier',
    {
      label: { en: 'Offender management tier', cy: 'Haen rheoli troseddwyr' },
      as: options({ 1: ['1', '1'], 2: ['2', '2'], 3: ['3', '3'], 4: ['4', '4'] }),
    },
  ],
]

const OPTIONAL: readonly (readonly [Name, Draft])[] = [
  ['dutyOfficer', somebody('Duty officer', 'Swyddog ar ddyletswydd')],
  ['startsOn', day('First day of the order', 'Diwrnod cyntaf y gorchymyn')],
  ['requirementStartsOn', day('First day of the requirement', 'Diwrnod cyntaf y gofyniad')],
  ['requirementMonths', number('Length of the requirement in months', 'Hyd y gofyniad mewn misoedd')],
  ['treatmentEndsOn', day('Last day of treatment', 'Diwrnod olaf y driniaeth')],
  ['commenceBy', day('Treatment is to begin by', 'Mae’r driniaeth i ddechrau erbyn')],
  ['reviewEveryDays', number('Days between reviews', 'Diwrnodau rhwng adolygiadau')],
]

const TICKS: readonly (readonly [Name, Draft])[] = [
  ['priorityOffender', tick('A priority offender', 'Troseddwr blaenoriaeth')],
  ['preparationReviews', tick('Diary reviews before the programme', 'Adolygiadau dyddiadur cyn y rhaglen')],
  ['limitedAccess', tick('A limited-access case', 'Achos mynediad cyfyngedig')],
  ['wales', tick('An order in Wales', 'Gorchymyn yng Nghymru')],
  ['inCustody', tick('The person is in prison', 'Mae’r person yn y carchar')],
]

const ATTENTION = {
  complex: tick('They need attention: complex', 'Mae angen sylw arnynt: cymhleth'),
  challenging: tick('They need attention: challenging', 'Mae angen sylw arnynt: heriol'),
  'non-compliant': tick('They need attention: non-compliant', 'Mae angen sylw arnynt: ddim yn cydymffurfio'),
}
type Attention = keyof typeof ATTENTION
const EVERY_ATTENTION = Object.keys(ATTENTION) as Attention[]
const ATTENTION_FIELDS: readonly Field[] = EVERY_ATTENTION.map((name) => ({
  ...{ name, schema: flag.optional() },
  ...ATTENTION[name],
}))

const CRN = 'crn'
const asOptional = (drafts: typeof OPTIONAL) =>
  drafts.map(([name, draft]) => [name, { ...draft, label: suffixed(draft.label, OPTIONAL_WORDS) }] as const)
const OPTIONAL_WORDS: Words = { en: '(optional)', cy: '(dewisol)' }
const IF_CHANGED: Words = { en: '(if it changes)', cy: '(os yw’n newid)' }
const suffixed = ({ en, cy }: Words, more: Words): Words => ({
  en: `${en} ${more.en}`,
  cy: `${cy} ${more.cy}`,
})

const MADE_FIELDS: readonly Field[] = [
  {
    ...{ name: CRN, schema: crn.pipe(z.string()).optional(), as: 'code' },
    label: { en: 'CRN (optional)', cy: 'CRN (dewisol)' },
    hint: {
      en: 'Such as X900001: by it, what another service says of the person is known to be theirs',
      cy: 'Megis X900001: drwyddo y gwyddys mai am y person hwn y mae gwasanaeth arall yn sôn',
    },
  },
  ...[...NEEDED, ...asOptional(OPTIONAL), ...TICKS].map(([name, draft]) => asked(MADE, name, draft)),
  ...ATTENTION_FIELDS,
]

const YES_OR_NO = options({ true: ['Yes', 'Ie'], false: ['No', 'Nage'] })
/** The court cannot vary these. */
const STAYS: readonly Name[] = ['person', 'sentencedOn']
const VARIED_FIELDS: readonly Field[] = [
  ...[...NEEDED, ...OPTIONAL, ...TICKS]
    .filter(([name]) => !STAYS.includes(name))
    .map(([name, draft]) => asked('order.varied', name, draft)),
  ...ATTENTION_FIELDS,
].map((field) => ({
  ...field,
  label: suffixed(field.label, IF_CHANGED),
  as: field.as === 'tick' ? YES_OR_NO : field.as,
}))

/** The terms in the input, without the separate fields, and the resulting attention. */
function termsIn(said: Said, before: readonly Attention[]) {
  const terms = Object.entries(said).filter(([name]) => name !== CRN && !(name in ATTENTION))
  const attention = EVERY_ATTENTION.filter((one) =>
    said[one] === undefined ? before.includes(one) : said[one] === 'true',
  )
  const isSaid = EVERY_ATTENTION.some((one) => said[one] !== undefined)
  return { ...Object.fromEntries(terms), ...(isSaid && { attention }) }
}

/** Each field with its current value as a hint, so that only changes need to be written. */
function variedFields({ state: { terms } }: About<'order'>): Field[] {
  const attention = Object.fromEntries((terms?.attention ?? []).map((one) => [one, true]))
  const stands: Readonly<Record<string, unknown>> = { ...terms, ...attention }
  return VARIED_FIELDS.map((field) => {
    const value = stands[field.name]
    if (field.as === 'contact' || value === undefined) return field
    const now = (language: Written) => writtenOut(field, String(value), language)
    return { ...field, hint: { en: `Now: ${now('en')}`, cy: `Nawr: ${now('cy')}` } }
  })
}

/** Who works on the order, for whoever varies it. */
function workersShown({ state: { terms } }: About<'order'>): Shown[] {
  return [...NEEDED, ...OPTIONAL].flatMap(([name, { as, label }]) => {
    const contactId = as === 'contact' && !STAYS.includes(name) ? terms?.[name] : undefined
    return contactId === undefined ? [] : [{ label, value: { contactId: String(contactId) } }]
  })
}

export const TERMS_ACTS: readonly Act[] = [
  act('contact', MADE satisfies EventType, {
    title: { en: 'Enter an order', cy: 'Rhoi gorchymyn i mewn' },
    roles: OPENERS,
    opens: 'order',
    subjects: whoWorksIn('probation', 'treatment'),
    fields: MADE_FIELDS,
    becomes: (said, _, name) => [
      { type: MADE, info: { orderId: `O-${name}`, ...termsIn(said, []) }, person: { crn: said[CRN] } },
    ],
  }),
  act('order', 'order.varied', {
    title: { en: 'Say what has changed in the order', cy: 'Dweud beth sydd wedi newid yn y gorchymyn' },
    roles: [...PROBATION, 'provider-manager'],
    subjects: theOrder,
    fields: variedFields,
    shows: workersShown,
    becomes: (said, { id, state }) => [
      {
        type: 'order.varied',
        info: { orderId: keyOf(id), ...termsIn(said, state.terms?.attention ?? []) },
      },
    ],
  }),
]
