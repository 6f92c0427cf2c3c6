import type { Instant } from '../../calendar/london.ts'
import { outOn, type Release } from '../../casefile/release.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty } from '../../planning/duty.ts'
import type { Says } from '../../planning/printed.ts'
import { duty, type Subject, type Table, type When, type Who } from '../../planning/rows.ts'
import type { Day } from '../../planning/when.ts'
import { otherDayOut } from './gate-facts.ts'
import type { DatedRelease, OpenRelease } from './open-release.ts'
import * as roles from './open-release.ts'

/** A release, and one thing in it that a duty is about. */
export type ReleaseSubject = OpenRelease &
  Subject<'release'> & {
    /** What its messages may say, given the neighbours. */
    readonly factsWith: roles.Says
  }

/** What stops every row of a duty at some moment: what was due by then but not given is no longer true. */
type Stop = Says & { at(release: Release): Instant | undefined }

export const OFF: Stop = { says: 'the release is cancelled or closed', at: roles.offAt }
export const OVER: Stop = {
  says: 'the release is cancelled or closed, or they were not released',
  at: roles.overAt,
}

/** A duty about each of the things that `about` finds in a release, until it stops. */
export function releaseDuty<S extends ReleaseSubject>(
  stop: Stop,
  about: (open: OpenRelease) => Iterable<S>,
): (table: Table<S, 'release'>) => Duty<OpenRelease> {
  return (table) => {
    const { plan, rows, ...named } = duty<OpenRelease, S, 'release'>(about)(table)
    const stopped = Object.entries(rows).map(([step, own]) => [
      step,
      own.map((row) => ({ ...row, until: `${row.until}; ${stop.says}` })),
    ])
    return {
      ...named,
      rows: Object.fromEntries(stopped),
      plan: (open) =>
        plan(open).map(({ by, notices }) => ({
          by,
          notices: (beside) => roles.upTo(stop.at(open.release), notices(beside)),
        })),
    }
  }
}

/** A thing in a release: what distinguishes it, what a message may say about it, and the events that caused it. */
export function about<Open extends OpenRelease, Extra extends object>(
  open: Open,
  thing: {
    readonly occasion: string
    readonly facts?: Facts
    readonly factsWith?: roles.Says
    readonly because?: readonly string[]
  },
  extra: Extra,
): Open & ReleaseSubject & Extra {
  const { facts = {}, factsWith = () => ({}), because = roles.because(open) } = thing
  return { ...open, ...extra, occasion: thing.occasion, because, facts, factsWith }
}

export const RELEASE_DAY: Day<DatedRelease> = { says: 'release', of: ({ releaseOn }) => releaseOn }

export const DAY_OUT: Day<DatedRelease> = {
  says: 'the actual release (unknown: the planned day)',
  of: ({ release, releaseOn }) => outOn(release) ?? releaseOn,
}

/** Asked again of the day on which they went home, where it was asked of the planned one. */
export function ofDayOut<S extends OpenRelease>({ says, dues }: When<S>): When<S> {
  return {
    says,
    *dues(about) {
      const other = otherDayOut(about.release)
      for (const one of dues(about)) yield other ? { ...one, label: `${one.label}-${other}` } : one
    },
  }
}

export const keyWorker: Who<ReleaseSubject> = {
  says: 'key worker',
  of: (about) => [roles.keyWorker(about, about.factsWith)],
}
export const keyWorkerAndDutyOfficer: Who<ReleaseSubject> = {
  says: 'key worker, duty officer',
  of: (about) => roles.keyWorkerAndDutyOfficer(about, about.factsWith),
}
