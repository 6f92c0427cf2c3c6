import { londonClock } from '../../shared/calendar/london.ts'
import { exitWith, exitWithReader, needed, print, readArguments } from '../command-line.ts'
import {
  casefileIn,
  type NoticeOfCasefile,
  noticesOf,
  openToRead,
  PLACE,
  PLACE_USAGE,
} from './data-source.ts'

/** `throughcare plan`: what the people of a casefile will be told, what they will not, and why. */

const USAGE = `usage: throughcare plan --casefile ID (--data FOLDER | --table NAME --stage NAME) [--json]

  --casefile ID    the casefile, such as order:O-1001
${PLACE_USAGE}
  --json           one object per line, for programs
`

const OPTIONS = {
  casefile: { type: 'string' },
  ...PLACE,
  json: { type: 'boolean', default: false },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const id = casefileIn(needed(values.casefile, '--casefile'))
const opened = await openToRead(values)
exitWithReader()
const { notices } = (await noticesOf(id, opened, Date.now())) ?? exitWith(`--casefile: there is no ${id}`)
opened.close()
const LISTS = {
  'Was told, or not': notices.filter(({ outcome }) => outcome !== 'planned' && outcome !== 'not told'),
  'Will be told': notices.filter(({ outcome }) => outcome === 'planned'),
  'Will not be told': notices.filter(({ outcome }) => outcome === 'not told'),
}
if (values.json) {
  for (const notice of notices) print(JSON.stringify(notice))
} else {
  for (const [title, list] of Object.entries(LISTS)) {
    print(list.length === 0 ? `${title}: nothing` : title)
    for (const notice of list) print(`  ${lineOf(notice)}`)
  }
}

function lineOf({ at, duty, step, outcome, reason, role, to, channel, noticeId }: NoticeOfCasefile): string {
  const who = [role, to, channel && `by ${channel}`].filter(Boolean).join(' ')
  const why = [outcome, reason].filter(Boolean).join(': ')
  return [londonClock(at).replace('T', ' '), `${duty} ${step}`, who, why, noticeId].filter(Boolean).join('  ')
}
