import { londonDate } from '../calendar/london.ts'
import { subjectOf } from '../casefile/ids.ts'
import { mayHaveBeenTold, type Role } from '../casefile/ledger.ts'
import { isBarred, type Release } from '../casefile/release.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { postsOf } from '../directory/readers.ts'
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
  type Subject,
} from './act.ts'
import { BY_ADDRESS } from './order-terms.ts'
import { howToRing } from './ringing.ts'

/** Acts on a release, its checks, its gate meeting and the weeks after it. */

export const WORKERS: readonly Role[] = ['key-worker', 'duty-officer']

/**
 * The subjects of an act on releases: each release of the person that is not over, with its area, which some events
 * repeat.
 */
export function open(isAbout: (release: Release) => boolean = () => true) {
  return ({ state }: Place<'release'>): Subject[] =>
    Object.values(state.byId)
      .filter((release) => !release.cancelled && !release.closed && isAbout(release))
      .map(({ releaseId, area }) => ({ key: releaseId, settled: { releaseId, area } }))
}

const notMet = open(({ meetingsClosed }) => meetingsClosed.length === 0)

const RANG = '.rang'

/** One's own answer; and that of somebody else who rang, given by whoever took the call. */
function answers(place: Place<'release'>): Subject[] {
  return notMet(place).flatMap((one) => [
    one,
    {
      ...{ ...one, key: one.key + RANG },
      words: { en: 'in the name of somebody who rang', cy: 'yn enw rhywun a ffoniodd' },
    },
  ])
}

const isForAnother = ({ subject }: About<'release'>) => subject.key.endsWith(RANG)

function whoRang(event: 'gate-meeting.accepted' | 'gate-meeting.declined') {
  const field = asked(event, 'by', {
    label: { en: 'Who rang?', cy: 'Pwy ffoniodd?' },
    hint: BY_ADDRESS,
    as: 'contact',
  })
  return (about: About<'release'>): Field[] =>
    isForAnother(about) ? [{ ...field, among: { words: NOBODY_OF_IT, has: hasToDoWith(about) } }] : []
}

const NOBODY_OF_IT = {
  en: 'nobody who may be asked to meet them is known by that. It has to be somebody who works on the release, was named or asked to meet them, or is on the area’s rota',
  cy: 'nid oes neb y gellir gofyn iddynt gwrdd â nhw yn hysbys felly. Rhaid iddo fod yn rhywun sy’n gweithio ar y rhyddhau, a enwyd neu y gofynnwyd iddynt gwrdd â nhw, neu sydd ar rota’r ardal',
}

/** Whoever accepts is told where and when somebody comes out, so it must be somebody already involved. */
function hasToDoWith({ id, state, ledger, now, subject }: About<'release'>) {
  const { releaseId = '' } = subject.settled
  const release = state.byId[releaseId]
  return (contactId: string, neighbours: Neighbours) =>
    [
      ...postsOf({ id, state }, neighbours, londonDate(now)),
      ...(release?.meeters ?? []),
      ...(release ? neighbours.get('rota', release.area).shifts : []),
    ].some((one) => one.contactId === contactId) ||
    ledger.entries.some(
      (entry) => mayHaveBeenTold(entry) && entry.to === contactId && subjectOf(entry.occasion) === releaseId,
    )
}

/** A warning if the caller must not meet this person. */
function mayNotMeet(said: Said, { state, subject }: About<'release'>): Shown[] {
  const release = state.byId[subject.settled.releaseId ?? '']
  if (said.by === undefined || !release || !isBarred(release, said.by)) return []
  return [
    {
      label: { en: 'Mind', cy: 'Sylwch' },
      value: {
        en: 'They are not to meet this person: others will still be asked',
        cy: 'Nid ydynt i gwrdd â’r person hwn: gofynnir i eraill o hyd',
      },
    },
  ]
}

export const GATE_ACTS: readonly Act[] = [
  act('release', 'gate-meeting.accepted', {
    title: { en: 'Say that you can meet them', cy: 'Dweud y gallwch gwrdd â nhw' },
    roles: WORKERS,
    subjects: answers,
    fields: whoRang('gate-meeting.accepted'),
    checks: mayNotMeet,
  }),
  act('release', 'gate-meeting.declined', {
    title: { en: 'Say that you cannot meet them', cy: 'Dweud na allwch gwrdd â nhw' },
    roles: WORKERS,
    subjects: answers,
    fields: whoRang('gate-meeting.declined'),
  }),
  act('release', 'gate-meeting.closed', {
    title: { en: 'Say how the meeting went', cy: 'Dweud sut aeth y cyfarfod' },
    roles: WORKERS,
    subjects: open(),
    fields: [
      asked('gate-meeting.closed', 'outcome', {
        label: { en: 'How did it go?', cy: 'Sut aeth hi?' },
        as: options({
          met: ['They were met', 'Cafodd y person ei gyfarfod'],
          'person-not-seen': ['They were not seen', 'Ni welwyd y person'],
          'meeter-not-there': ['Nobody was there to meet them', 'Nid oedd neb yno i gwrdd â nhw'],
          'not-released': ['They were not released', 'Ni chafodd y person ei ryddhau'],
          'stood-down': ['It was called off', 'Cafodd ei ganslo'],
          'not-known': ['Nobody knows', 'Does neb yn gwybod'],
        }),
      }),
    ],
  }),
  act('release', 'release-check.completed', {
    title: { en: 'Say that a check is done', cy: 'Dweud bod gwiriad wedi’i wneud' },
    roles: WORKERS,
    subjects: open(),
    fields: [
      asked('release-check.completed', 'check', {
        label: { en: 'Which check?', cy: 'Pa wiriad?' },
        as: options({
          prescription: ['Prescription for the day of release', 'Presgripsiwn ar gyfer diwrnod y rhyddhau'],
          'gp-records': [
            'Records sent to the doctor outside',
            'Cofnodion wedi’u hanfon at y meddyg y tu allan',
          ],
          'doctor-seen': ['Doctor seen', 'Gwelwyd y meddyg'],
          identity: ['Proof of identity', 'Prawf adnabod'],
          accommodation: ['Accommodation', 'Llety'],
          money: ['Claim for benefits', 'Hawlio budd-daliadau'],
          'take-home-kit': ['Take-home kit', 'Pecyn i fynd adref'],
        }),
      }),
      asked('release-check.completed', 'notNeeded', {
        label: { en: 'It is not needed', cy: 'Nid oes ei angen' },
        as: 'tick',
      }),
    ],
  }),
  act('release', 'follow-up.recorded', {
    title: { en: 'Say that you were in touch', cy: 'Dweud eich bod wedi cysylltu' },
    roles: WORKERS,
    subjects: open(),
    shows: howToRing,
    fields: [
      asked('follow-up.recorded', 'on', {
        label: { en: 'On which day?', cy: 'Ar ba ddiwrnod?' },
        as: 'day',
      }),
    ],
  }),
  act('release', 'release.reported', {
    title: { en: 'Say whether they are out', cy: 'Dweud a ydynt allan' },
    roles: WORKERS,
    subjects: open(),
    fields: [
      asked('release.reported', 'isOut', {
        label: { en: 'Are they out?', cy: 'A ydynt allan?' },
        as: options({ true: ['Yes', 'Ydynt'], false: ['No', 'Nac ydynt'] }),
      }),
    ],
  }),
]

export const RELEASE_ACTS: readonly Act[] = [
  act('release', 'release.moved', {
    title: { en: 'Say that the release has moved', cy: 'Dweud bod y rhyddhau wedi symud' },
    roles: WORKERS,
    subjects: open(),
    fields: [
      asked('release.moved', 'releaseOn', {
        label: { en: 'New day (if it changes)', cy: 'Diwrnod newydd (os yw’n newid)' },
        as: 'day',
      }),
      asked('release.moved', 'gateTime', {
        label: { en: 'New time at the gate (if it changes)', cy: 'Amser newydd wrth y giât (os yw’n newid)' },
        as: 'time',
      }),
      asked('release.moved', 'meetAt', {
        label: { en: 'New place to meet (if it changes)', cy: 'Lle newydd i gwrdd (os yw’n newid)' },
        as: 'line',
      }),
    ],
  }),
  act('release', 'release.cancelled', {
    title: { en: 'Cancel the release', cy: 'Canslo’r rhyddhau' },
    roles: WORKERS,
    subjects: open(),
  }),
  act('release', 'release.closed', {
    title: { en: 'Close the release', cy: 'Cau’r rhyddhau' },
    roles: WORKERS,
    subjects: open(),
    fields: [
      asked('release.closed', 'reason', {
        label: { en: 'Why?', cy: 'Pam?' },
        as: options({
          settled: ['They are settled', 'Maent wedi setlo'],
          declined: ['They want no more contact', 'Nid ydynt am gael rhagor o gyswllt'],
          transferred: ['Others have taken it over', 'Mae eraill wedi’i gymryd drosodd'],
          died: ['The person died', 'Bu farw’r person'],
        }),
      }),
    ],
  }),
]
