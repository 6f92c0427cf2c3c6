import { inWords } from '../../functions/web/frame/words.ts'
import { londonClock, writeInstant } from '../../shared/calendar/london.ts'
import { compareEvents } from '../../shared/casefile/events.ts'
import { casefileOfNotice } from '../../shared/casefile/ids.ts'
import { exitWith, exitWithReader, needed, print, readArguments } from '../command-line.ts'
import { noticesOf, openToRead, PLACE, PLACE_USAGE } from './data-source.ts'

/** `throughcare why`: one notice, from the passage it comes from to the receipts that came back. */

const USAGE = `usage: throughcare why --notice ID (--data FOLDER | --table NAME --stage NAME) [--json]

  --notice ID      the notice, as throughcare plan prints it
${PLACE_USAGE}
  --json           one object, for programs
`

const OPTIONS = {
  notice: { type: 'string' },
  ...PLACE,
  json: { type: 'boolean', default: false },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const noticeId = needed(values.notice, '--notice')
const casefile = casefileOfNotice(noticeId) ?? exitWith(`--notice: ${noticeId} is not the id of a notice`)
const opened = await openToRead(values)
exitWithReader()
const { notices, events } =
  (await noticesOf(casefile, opened, Date.now())) ?? exitWith(`--notice: there is no ${casefile}`)
opened.close()
const notice =
  notices.find((one) => one.noticeId === noticeId) ??
  exitWith(`--notice: ${casefile} has no notice ${noticeId}, given or within a year`, 1)
const receipts = events
  .filter(({ info }) => 'noticeId' in info && info.noticeId === noticeId)
  .toSorted(compareEvents)
  .map(({ type, at, eventId }) => ({ type, at: writeInstant(at), eventId }))
if (values.json) {
  print(JSON.stringify({ ...notice, receipts }))
} else {
  const { duty, step, title, source, due, at, outcome, reason, role, to, channel, language } = notice
  const say = (label: string, what: string | undefined) => what && print(`${label.padEnd(10)}${what}`)
  say('notice', noticeId)
  say('duty', `${duty} ${step}: ${title}`)
  say('passage', source)
  for (const { type = '', eventId } of notice.because) say('because', `${type} ${eventId}`.trim())
  say('due', clock(due))
  say('decision', [clock(at), outcome, reason && inWords(reason)].filter(Boolean).join(', '))
  say('to', [role, to, channel && `by ${channel}`, language && `in ${language}`].filter(Boolean).join(' '))
  for (const miss of notice.misses) say('not to', `${miss.contactId}: ${inWords(miss.reason)}`)
  for (const receipt of receipts) say('receipt', `${receipt.at} ${receipt.type} ${receipt.eventId}`)
}

function clock(at: number): string {
  return londonClock(at).replace('T', ' ')
}
