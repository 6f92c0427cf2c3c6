import {
  addDays,
  dayOfWeek,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../../shared/calendar/london.ts'
import type { Casefile } from '../../../shared/casefile/casefile.ts'
import { keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import { gapsIn, onCall } from '../../../shared/casefile/rota.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { type OpenedCasefile, offersTo } from '../../acts/acts.ts'
import { linksTo } from '../acts/offering.ts'
import type { CasefilePorts } from '../casefiles/casefiles.ts'
import type { NameOf } from '../casefiles/facts.ts'
import { namesIn } from '../casefiles/story.ts'
import type { Whose } from './today.ts'

/** The rotas that somebody looks after: who is on call now, and a week of shifts and gaps. */
export async function rotasOf(
  whose: Whose,
  week: LocalDate | undefined,
  reader: Reader,
  ports: CasefilePorts,
) {
  const rotas = whose.opened.filter((one) => kindOf(one.casefile.id) === 'rota' && whose.mayRead(one))
  return Promise.all(rotas.map((one) => rotaOf(one, week, reader, whose.language, ports)))
}

async function rotaOf(
  opened: OpenedCasefile,
  asked: LocalDate | undefined,
  reader: Reader,
  language: Written,
  ports: CasefilePorts,
) {
  const { casefile, stored, ask, now } = opened
  const { id, state } = casefile as Casefile<'rota'>
  const day = asked ?? londonDate(now)
  const monday = addDays(day, 1 - dayOfWeek(day))
  const written = await ask((neighbours) => {
    const nameOf = namesIn(stored.events, neighbours, language)
    return {
      onCall: onCall(state, now).map((contactId) => ({
        name: nameOf(contactId),
        phone: neighbours.get('contact', contactId).details?.phone,
      })),
      days: [0, 1, 2, 3, 4, 5, 6].map((nth) => dayOf(addDays(monday, nth), state, nameOf)),
    }
  })
  return {
    ...{ area: keyOf(id), ...written },
    ...{ before: addDays(monday, -7), after: addDays(monday, 7), monday },
    acts: await linksTo(offersTo(reader, opened), ports),
  }
}

/** When somebody is on call from now on, soonest first, in every area whose rota names them. */
export function shiftsOf({ opened, isThey }: Whose) {
  return opened
    .filter((one) => kindOf(one.casefile.id) === 'rota')
    .flatMap(({ casefile, now }) => {
      const { id, state } = casefile as Casefile<'rota'>
      const own = state.shifts.filter(({ contactId, to }) => isThey(contactId) && to > now)
      return own.map(({ from, to }) => ({ area: keyOf(id), from, to, isNow: from <= now }))
    })
    .sort((a, b) => a.from - b.from)
}

/** One day of a rota: its shifts and gaps, and each one's position in the day, as percentages. */
function dayOf(date: LocalDate, { shifts }: Casefile<'rota'>['state'], nameOf: NameOf) {
  const from = londonTime(date, '00:00')
  const to = londonTime(addDays(date, 1), '00:00')
  const within = shifts.filter((shift) => shift.from < to && shift.to > from)
  const parts = [
    ...within.map((shift) => ({ ...shift, name: nameOf(shift.contactId) as string | undefined })),
    ...gapsIn(within, from, to).map((gap) => ({ ...gap, name: undefined })),
  ]
  return {
    at: from,
    parts: parts.map((part) => clipped(part, from, to)).sort((a, b) => a.from - b.from),
  }
}

function clipped(part: { from: Instant; to: Instant; name: string | undefined }, from: Instant, to: Instant) {
  const [begins, ends] = [Math.max(part.from, from), Math.min(part.to, to)]
  const share = (instant: Instant) => Math.round((100 * instant) / (to - from))
  return { from: begins, to: ends, name: part.name, x: share(begins - from), width: share(ends - begins) }
}
