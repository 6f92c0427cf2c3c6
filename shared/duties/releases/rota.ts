import { type Instant, londonDate } from '../../calendar/london.ts'
import type { Matter } from '../../casefile/casefile.ts'
import { keyOf } from '../../casefile/ids.ts'
import { formerOpeningsOf, type Opening, onCall, openingsOf, type Rota } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { hasStopped, isReachable } from '../../directory/reach.ts'
import type { Facts } from '../../messages/text.ts'
import { type Bound, byFacts, type Duty, notice, type Planned } from '../../planning/duty.ts'
import { promptWorkingDaysAfter } from '../../planning/ladder.ts'
import type { Rules } from '../../planning/rules.ts'
import { written } from '../../planning/written.ts'
import { holder, numberToGive } from './open-release.ts'
import { ROTA_TEXTS } from './rota-texts.ts'

/** One area's rota, as its duties see it. */
export type OpenRota = { readonly casefile: Matter<'rota'>; readonly rules: Rules }

const ROTA = written({
  id: 'ROTA-01',
  title: {
    en: 'A gap in the rota is seen before it matters',
    cy: 'Gwelir bwlch yn y rota cyn iddo wneud gwahaniaeth',
  },
  source: '004:1827; a list that ends with nobody meets nobody',
  rows: {
    gap: {
      to: 'rota owner (else duty officer)',
      when: '09:00 of the working day before any release in the area for which the rota has nobody at T, or somebody without a usable address or who said STOP, or neither duty officer nor rota owner has a number to give out; one per area per day',
      until: 'filled; the last of these releases',
      asks: [{ event: 'rota.published' }],
      text: ROTA_TEXTS.gap,
    },
  },
})

export const rotaGap: Duty<OpenRota> = {
  ...ROTA,
  plan: byFacts(function* ({ casefile, rules }) {
    const area = keyOf(casefile.id)
    const promptFor = ({ at }: Opening) => promptWorkingDaysAfter(rules, londonDate(at), -1)
    const former = formerOpeningsOf(area, casefile.state).filter((one) => promptFor(one) < one.until)
    for (const [due, gates] of Map.groupBy(former, promptFor)) {
      yield { ...gapsBefore(casefile, due, gates), untold: 'no-longer-true' }
    }
    for (const [due, gates] of Map.groupBy(openingsOf(area, casefile.state), promptFor)) {
      yield gapsBefore(casefile, due, gates)
    }
  }),
}

/** The gaps for the releases of an area that are told of on one working morning. */
function gapsBefore(casefile: Matter<'rota'>, due: Instant, gates: readonly Opening[]): Planned {
  return notice(casefile, {
    ...ROTA.row.gap,
    occasion: londonDate(due),
    role: 'rota-owner',
    due,
    stale: Math.max(...gates.map((gate) => gate.at)),
    hours: 'office',
    because: gates.flatMap((gate) => gate.because),
    to: (neighbours, now) => gapsOf(casefile, gates, due, neighbours, now),
  })
}

/** The gaps there were at the time of the prompt and still are; undefined when all are filled. */
function gapsOf(
  casefile: Matter<'rota'>,
  openings: readonly Opening[],
  due: Instant,
  neighbours: Neighbours,
  now: Instant,
): Bound | undefined {
  const { state } = casefile
  const gaps = openings.flatMap((opening) => {
    const gapsIn = (rota: Rota) => gapsAt(rota, opening, neighbours, now)
    return casefile.asOf(due, (then) => gapsIn(then).length > 0)
      ? gapsIn(state).map((gap) => ({ ...opening, ...gap }))
      : []
  })
  const [first] = gaps
  if (!first) return undefined
  return {
    to: [...holder('rota-owner', state.owner), ...holder('duty-officer', first.dutyOfficer)],
    facts: { area: first.area, gaps: gaps.map(gapFacts) },
  }
}

/** Why a rota will not do for an opening, and on whose account. */
type Gap =
  | { readonly why: 'nobody' | 'no-number' }
  | { readonly why: 'out-of-reach' | 'stopped'; readonly who: string }

/** What is missing for an opening. A gap that has passed cannot be mended by a better address, or by a number. */
function gapsAt(rota: Rota, { at, dutyOfficer }: Opening, neighbours: Neighbours, now: Instant): Gap[] {
  const onShift = onCall(rota, at)
  const nobody: Gap[] = onShift.length === 0 ? [{ why: 'nobody' }] : []
  if (at <= now) return nobody
  const out = onShift.flatMap((contactId): Gap[] => {
    const isInReach = isReachable({ contactId, role: 'on-call' }, neighbours, now)
    const why = !isInReach ? 'out-of-reach' : hasStopped(contactId, neighbours) ? 'stopped' : undefined
    return why ? [{ why, who: neighbours.get('contact', contactId).details?.name ?? contactId }] : []
  })
  const hasNumber = numberToGive([dutyOfficer, rota.owner], neighbours) !== ''
  return [...nobody, ...out, ...(hasNumber ? [] : [{ why: 'no-number' } as const])]
}

function gapFacts({ releaseId, releaseOn = '', gateTime, at, ...gap }: Opening & Gap): Facts {
  return {
    releaseId,
    releaseOn,
    gateTime: gateTime === undefined ? 0 : at,
    why: gap.why,
    who: 'who' in gap ? gap.who : '',
  }
}
