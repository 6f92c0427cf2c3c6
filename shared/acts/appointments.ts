import * as z from 'zod'
import { addDays, readMoment } from '../calendar/london.ts'
import { type Appointment, standing } from '../casefile/appointment.ts'
import { id, localDate } from '../casefile/fields.ts'
import type { Role } from '../casefile/ledger.ts'
import { lastWordOf } from '../casefile/three-way.ts'
import {
  type About,
  type Act,
  act,
  asked,
  type Field,
  options,
  type Place,
  type Said,
  type Shown,
} from './act.ts'
import { BY_ADDRESS } from './order-terms.ts'
import { ahead, appointmentAsSubject, EVERYBODY, PLACE, STARTS_AT, theOrder } from './orders.ts'

/** Acts on appointments: booked once or as a series, moved, cancelled, and confirmed. */

const BOOKED = 'appointment.booked'
const THREE_WAY = 'three-way'

const KIND = asked(BOOKED, 'kind', {
  label: { en: 'What is it?', cy: 'Beth ydyw?' },
  as: options({
    treatment: ['Treatment', 'Triniaeth'],
    supervision: ['Supervision', 'Goruchwyliaeth'],
    [THREE_WAY]: ['Three-way meeting', 'Cyfarfod tair ffordd'],
    review: ['Review', 'Adolygiad'],
    group: ['Group', 'Grŵp'],
  }),
})
const STAGE = asked(BOOKED, 'stage', {
  label: {
    en: 'If it is a three-way meeting: which? (optional)',
    cy: 'Os cyfarfod tair ffordd: pa un? (dewisol)',
  },
  as: options({
    first: ['The first', 'Y cyntaf'],
    'half-way': ['Half-way', 'Hanner ffordd'],
    end: ['At the end', 'Ar y diwedd'],
  }),
  onlyIf: { field: 'kind', is: [THREE_WAY] },
})
const MINUTES = asked(BOOKED, 'durationMinutes', {
  label: { en: 'How long, in minutes', cy: 'Pa mor hir, mewn munudau' },
  as: 'number',
  first: '60',
})

const OTHER = 'somebody-else'
const WITH_OTHER = 'withOther'

/** Who it is with: one of the order's managers, or another worker. */
function withWhom({ state: { terms } }: About<'order'>): Field[] {
  const managers = terms && [
    { value: terms.caseManager, words: { en: 'The case manager', cy: 'Y rheolwr achos' } },
    { value: terms.offenderManager, words: { en: 'The offender manager', cy: 'Y rheolwr troseddwyr' } },
  ]
  return [
    asked(BOOKED, 'with', {
      label: { en: 'With whom? (optional)', cy: 'Gyda phwy? (dewisol)' },
      as: {
        options: [
          ...new Map(managers?.map((one) => [one.value, one])).values(),
          { value: OTHER, words: { en: 'Somebody else', cy: 'Rhywun arall' } },
        ],
      },
    }),
    {
      ...{ name: WITH_OTHER, schema: id, as: 'contact', onlyIf: { field: 'with', is: [OTHER] } },
      label: { en: 'If it is somebody else: who?', cy: 'Os rhywun arall: pwy?' },
      hint: BY_ADDRESS,
    },
  ]
}

const REPEATS = 'repeats'
const UNTIL = 'until'
const WEEKS: Readonly<Record<string, number>> = { weekly: 1, fortnightly: 2 }
/** A year of one every week. */
const SERIES_MAX = 53
const SERIES: readonly Field[] = [
  {
    ...{ name: REPEATS, schema: z.enum(['once', 'weekly', 'fortnightly']), first: 'once' },
    label: { en: 'How often?', cy: 'Pa mor aml?' },
    as: options({
      once: ['Once', 'Unwaith'],
      weekly: ['Every week', 'Bob wythnos'],
      fortnightly: ['Every two weeks', 'Bob pythefnos'],
    }),
  },
  {
    ...{ name: UNTIL, schema: localDate, as: 'day', onlyIf: { field: REPEATS, is: Object.keys(WEEKS) } },
    label: { en: 'If more than once: until which day?', cy: 'Os mwy nag unwaith: hyd at ba ddiwrnod?' },
  },
]

/** The starts of a series: at the same London time of day, whatever the clocks do in between. */
function startsIn(said: Said): string[] {
  const { startsAt = '', [REPEATS]: repeats = '', [UNTIL]: until = '' } = said
  const [day = '', time] = startsAt.split('T')
  const weeks = WEEKS[repeats]
  if (weeks === undefined) return [startsAt]
  return Array.from({ length: SERIES_MAX }, (_, nth) => addDays(day, nth * weeks * 7))
    .filter((one, nth) => nth === 0 || one <= until)
    .map((one) => `${one}T${time}`)
}

function asBooked(said: Said, { subject }: About<'order'>, name: string) {
  const { [REPEATS]: _, [UNTIL]: __, [WITH_OTHER]: other, with: manager, ...info } = said
  const starts = startsIn(said)
  return starts.map((startsAt, nth) => ({
    type: BOOKED,
    info: {
      ...{ ...subject.settled, ...info, startsAt, with: other ?? manager },
      appointmentId: starts.length === 1 ? `A-${name}` : `A-${name}-${nth + 1}`,
    },
  })) satisfies ReturnType<Act['becomes']>
}

/** The days of a series, listed for checking. */
function seriesShown(said: Said): Shown[] {
  const starts = startsIn(said)
  if (starts.length === 1) return []
  return starts.map((startsAt, nth) => ({
    label: { en: `${nth + 1} of ${starts.length}`, cy: `${nth + 1} o ${starts.length}` },
    value: readMoment(startsAt)?.epochMilliseconds ?? 0,
  }))
}

const SAID = {
  'appointment.confirmed': { en: 'will be there', cy: 'bydd yno' },
  'appointment.declined': { en: 'cannot be there', cy: 'ni all fod yno' },
  nothing: { en: 'has not said', cy: 'heb ddweud' },
}

/** For a three-way meeting: what each of the two who must confirm it has said. */
function parties({ state, subject }: About<'order'>): Shown[] {
  const meeting = state.appointments[subject.key]
  const { terms } = state
  if (meeting?.kind !== THREE_WAY || !terms) return []
  const at = { appointmentId: subject.key, slot: standing(meeting) }
  const word = (contactId: string) => SAID[lastWordOf(state, at, contactId)?.type ?? 'nothing']
  return [
    { label: { en: 'The offender manager', cy: 'Y rheolwr troseddwyr' }, value: word(terms.offenderManager) },
    { label: { en: 'The case manager', cy: 'Y rheolwr achos' }, value: word(terms.caseManager) },
  ]
}

const thoseAhead =
  (isAsked: (one: Appointment) => boolean = () => true) =>
  (place: Place<'order'>) =>
    ahead(place)
      .filter(isAsked)
      .map((one) => appointmentAsSubject(place, one))

const CONFIRMERS: readonly Role[] = ['offender-manager', 'case-manager']
const threeWays = thoseAhead(({ kind }) => kind === THREE_WAY)

export const APPOINTMENT_ACTS: readonly Act[] = [
  act('order', BOOKED, {
    title: { en: 'Book an appointment', cy: 'Trefnu apwyntiad' },
    roles: EVERYBODY,
    subjects: theOrder,
    fields: (about) => [KIND, STAGE, STARTS_AT, MINUTES, PLACE, ...withWhom(about), ...SERIES],
    checks: seriesShown,
    becomes: asBooked,
  }),
  act('order', 'appointment.rearranged', {
    title: { en: 'Move an appointment', cy: 'Symud apwyntiad' },
    roles: EVERYBODY,
    subjects: thoseAhead(),
    shows: parties,
    fields: [
      STARTS_AT,
      asked('appointment.rearranged', 'place', {
        label: { en: 'Place, if that changes', cy: 'Lle, os yw’n newid' },
        as: 'line',
      }),
    ],
  }),
  act('order', 'appointment.cancelled', {
    title: { en: 'Cancel an appointment', cy: 'Canslo apwyntiad' },
    roles: EVERYBODY,
    subjects: thoseAhead(),
    shows: parties,
  }),
  act('order', 'appointment.confirmed', {
    title: { en: 'Say that you will be there', cy: 'Dweud y byddwch yno' },
    roles: CONFIRMERS,
    subjects: threeWays,
    shows: parties,
  }),
  act('order', 'appointment.declined', {
    title: { en: 'Say that you cannot be there', cy: 'Dweud na allwch fod yno' },
    roles: CONFIRMERS,
    subjects: threeWays,
    shows: parties,
  }),
]
