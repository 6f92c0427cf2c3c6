import * as z from 'zod'
import { londonDate } from '../calendar/london.ts'
import type { Contact } from '../casefile/contact.ts'
import { email, flag, id, localDate, mobile, phone } from '../casefile/fields.ts'
import { keyOf } from '../casefile/ids.ts'
import {
  type About,
  type Act,
  act,
  asked,
  type Field,
  type Option,
  options,
  type Place,
  type Said,
  type Subject,
  type Words,
} from './act.ts'
import { PROBATION, PROVIDER } from './orders.ts'
import { OPENERS, type Work, worksOf } from './works.ts'

/** Acts on contacts: how they are reached, what they want, and when a worker is away. */

const UPDATED = 'contact.updated'
const NEW = 'new'

/** The casefile's contact; and, for somebody who works here, a new one. */
function contacts(place: Place<'contact'>): Subject[] {
  const { details } = place.state
  const known = { key: '', isThere: true as const, settled: { contactId: keyOf(place.id) } }
  const another = { key: NEW, settled: {}, words: { en: 'somebody new', cy: 'rhywun newydd' } }
  return [...(details ? [known] : []), ...(worksOf(place).length > 0 ? [another] : [])]
}

const WORK_WORDS: Readonly<Record<Work, Words>> = {
  probation: { en: 'They work in probation', cy: 'Maent yn gweithio yn y gwasanaeth prawf' },
  treatment: { en: 'They work for a treatment provider', cy: 'Maent yn gweithio i ddarparwr triniaeth' },
  prison: { en: 'They work in a prison', cy: 'Maent yn gweithio mewn carchar' },
  release: { en: 'They meet people on release', cy: 'Maent yn cwrdd â phobl wrth eu rhyddhau' },
  service: { en: 'They look after this service', cy: 'Maent yn gofalu am y gwasanaeth hwn' },
}

const TICK = { as: 'tick', schema: flag.optional() } as const

/** How somebody is reached, with the current values. An unusable address is reported as wrong, not dropped. */
function reached(details: Contact['details']): Field[] {
  const first = (value: unknown) => (value === undefined || value === false ? {} : { first: String(value) })
  return [
    asked(UPDATED, 'name', { label: { en: 'Name', cy: 'Enw' }, as: 'line', ...first(details?.name) }),
    {
      ...{ name: 'email', as: 'line', schema: email.pipe(z.string()).optional() },
      label: { en: 'E-mail address (optional)', cy: 'Cyfeiriad e-bost (dewisol)' },
      ...first(details?.email),
    },
    {
      ...{ name: 'mobile', as: 'line', schema: mobile.pipe(z.string()).optional() },
      label: { en: 'Mobile number for text messages (optional)', cy: 'Rhif ffôn symudol (dewisol)' },
      ...first(details?.mobile),
    },
    {
      ...{ name: 'phone', as: 'line', schema: phone.pipe(z.string()).optional() },
      label: { en: 'Number that may be given out (optional)', cy: 'Rhif y gellir ei roi i eraill (dewisol)' },
      ...first(details?.phone),
    },
    asked(UPDATED, 'language', {
      label: { en: 'In which language do they read? (optional)', cy: 'Ym mha iaith y darllenant? (dewisol)' },
      as: options({ en: ['English', 'Saesneg'], cy: ['Welsh', 'Cymraeg'], both: ['Both', 'Y ddwy'] }),
      ...first(details?.language),
    }),
    asked(UPDATED, 'prefers', {
      label: {
        en: 'How would they rather be told? (optional)',
        cy: 'Sut byddai’n well ganddynt glywed? (dewisol)',
      },
      as: options({ email: ['By e-mail', 'Drwy e-bost'], sms: ['By text message', 'Drwy neges destun'] }),
      ...first(details?.prefers),
    }),
    asked(UPDATED, 'addressIsSafe', {
      label: {
        en: 'They said that nobody else reads what is sent there',
        cy: 'Dywedasant nad oes neb arall yn darllen yr hyn a anfonir yno',
      },
      hint: {
        en: 'For people on probation: only then does a message say more than a day and a time',
        cy: 'Ar gyfer pobl ar brawf: dim ond wedyn y bydd neges yn dweud mwy na diwrnod ac amser',
      },
      as: 'tick',
      ...first(details?.addressIsSafe),
    }),
    asked(UPDATED, 'doNotMessage', {
      label: { en: 'Send them nothing', cy: 'Peidiwch ag anfon dim atynt' },
      as: 'tick',
      ...first(details?.doNotMessage),
    }),
  ]
}

const AWAY = { from: 'awayFrom', to: 'awayTo', cover: 'coveredBy' } as const
const CONFIRMED = 'confirmed'

/** For an existing contact: whether their address was checked with them, and when a worker is away. */
const OF_SOMEBODY_KNOWN: readonly Field[] = [
  {
    ...{ name: CONFIRMED, ...TICK },
    label: { en: 'I asked them: the address is right', cy: 'Gofynnais iddynt: mae’r cyfeiriad yn gywir' },
  },
  {
    ...{ name: AWAY.from, as: 'day', schema: localDate.optional() },
    label: { en: 'Of staff: away from (optional)', cy: 'O staff: i ffwrdd o (dewisol)' },
  },
  {
    ...{ name: AWAY.to, as: 'day', schema: localDate.optional() },
    label: { en: 'Last day away (optional)', cy: 'Diwrnod olaf i ffwrdd (dewisol)' },
  },
  {
    ...{ name: AWAY.cover, as: 'contact', schema: id.optional() },
    label: { en: 'Who covers? (optional)', cy: 'Pwy sy’n cymryd eu lle? (dewisol)' },
  },
]

const workField = (work: Work): Field => ({ name: work, ...TICK, label: WORK_WORDS[work] })

/** The fields of the form. Nobody can give somebody else more access than they have themselves. */
function fields(about: About<'contact'>): Field[] {
  return about.subject.key === NEW
    ? [...reached(undefined), ...worksOf(about).map(workField)]
    : [...reached(about.state.details), ...OF_SOMEBODY_KNOWN]
}

function asUpdated(said: Said, about: About<'contact'>, name: string) {
  const isNew = about.subject.key === NEW
  const { details } = about.state
  const reach = Object.fromEntries(reached(undefined).map((field) => [field.name, said[field.name]]))
  const info = isNew
    ? { contactId: `C-${name}`, ...reach, worksIn: worksOf(about).filter((work) => said[work]) }
    : {
        ...{ contactId: keyOf(about.id), ...reach, worksIn: details?.worksIn },
        absent: absences(said, details),
        confirmedOn: said[CONFIRMED] ? londonDate(about.now) : details?.confirmedOn,
      }
  return [{ type: UPDATED, info } as const]
}

/** The known absences, plus the one in the form, without duplicates. */
function absences(said: Said, details: Contact['details']) {
  const [from, to = from, cover] = [said[AWAY.from], said[AWAY.to], said[AWAY.cover]]
  const known = (details?.absent ?? []).filter((one) => one.from !== from)
  return from === undefined ? known : [...known, { from, to, ...(cover && { coverContactId: cover }) }]
}

const CHANNELS: readonly Option[] = [
  { value: 'email', words: { en: 'E-mail', cy: 'E-bost' } },
  { value: 'sms', words: { en: 'Text messages', cy: 'Negeseuon testun' } },
  { value: 'all', words: { en: 'Everything', cy: 'Popeth' } },
]

/** A wish that staff record: it applies to the contact, wherever they are reached. */
function wish(event: 'contact.opted-out' | 'contact.opted-in', title: Words): Act {
  return act('contact', event, {
    title,
    roles: KEEPERS,
    subjects: ({ id, state }) => (state.details ? [{ key: '', settled: { contactId: keyOf(id) } }] : []),
    fields: [asked(event, 'channel', { label: { en: 'Which?', cy: 'Pa un?' }, as: { options: CHANNELS } })],
  })
}

/** Who maintains a contact: the contact themself, whoever entered them, and the people who work with them. */
const KEEPERS = [...OPENERS, ...PROBATION, ...PROVIDER]

export const CONTACT_ACTS: readonly Act[] = [
  act('contact', UPDATED, {
    title: { en: 'Contact details', cy: 'Manylion cyswllt' },
    roles: KEEPERS,
    opens: 'contact',
    subjects: contacts,
    fields,
    becomes: asUpdated,
  }),
  act('contact', 'contact.calendar-withdrawn', {
    title: { en: 'Withdraw the address of your calendar', cy: 'Tynnu cyfeiriad eich calendr yn ôl' },
    roles: OPENERS,
    subjects: ({ id, state }) => (state.details ? [{ key: '', settled: { contactId: keyOf(id) } }] : []),
  }),
  wish('contact.opted-out', {
    en: 'Say that they want no more messages',
    cy: 'Dweud nad ydynt am gael rhagor o negeseuon',
  }),
  wish('contact.opted-in', {
    en: 'Say that they want messages again',
    cy: 'Dweud eu bod am gael negeseuon eto',
  }),
]
