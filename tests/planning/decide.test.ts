import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, londonTime, MINUTE_MS, writeInstant } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { addressKey, type CasefileId } from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { neighboursFrom } from '../../shared/directory/neighbours.ts'
import { decide } from '../../shared/planning/decide.ts'
import { type Draft, notice } from '../../shared/planning/duty.ts'
import { rulesWith, type Settings } from '../../shared/planning/rules.ts'
import { contact, event } from '../story.ts'

/** What is done about one notice, due at 14:00 on Monday 9 March 2026, at a moment and after what became of it so far. */

const at = (day: string, time: string) => londonTime(day, time)
const DUE = at('2026-03-09', '14:00')
const BOTH = { mobile: '07700 900001' }

type Given = {
  readonly now?: number
  readonly draft?: Partial<Draft>
  readonly settings?: Partial<Settings>
  readonly entries?: readonly Entry[]
  readonly receipts?: readonly ReturnType<typeof event>[]
  readonly worker?: Record<string, unknown>
  readonly casefile?: CasefileId
  /** The offender manager said STOP from their mailbox. */
  readonly hasStopped?: true
}

const planned = (draft: Partial<Draft> = {}, id: CasefileId = 'order:O-1') =>
  notice(
    { id },
    {
      duty: 'FAX-01',
      step: 'ask',
      occasion: 'A-1',
      role: 'offender-manager',
      due: DUE,
      hours: 'any',
      because: [],
      text: { en: { subject: '', text: '' }, cy: { subject: '', text: '' } },
      to: [{ contactId: 'C-OM', role: 'offender-manager' }],
      ...draft,
    },
  )

function read(told: object): DomainEvent {
  const reading = readEvent(JSON.stringify(told), Number.MAX_SAFE_INTEGER)
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event
}

function decision({ now = DUE, draft, settings, entries = [], receipts = [], worker = {}, ...rest }: Given) {
  const known = ['C-OM', 'C-DUTY'].map((id): [string, unknown] => [
    `contact:${id}`,
    fold('contact', [read(contact(id, worker))]),
  ])
  if (rest.hasStopped) {
    const info = { contactId: 'C-OM', channel: 'email', address: 'c-om@example.com' }
    const stop = read(event('2026-03-01T09:00', 'contact.opted-out', info))
    known.push([`address:${addressKey(info.address)}`, fold('address', [stop])])
  }
  const neighbours = neighboursFrom(new Map(known) as never)
  return decide(
    planned(draft, rest.casefile),
    openLedger(entries, receipts.map(read)),
    neighbours,
    rulesWith(settings),
    now,
  )
}

/** The decision in a line: `send C-OM email`, `wait 2026-03-10T08:00:00Z`, `skip stale C-OM`, `rest`. */
function decided(given: Given): string {
  const made = decision(given)
  switch (made.verb) {
    case 'send':
      return `send ${made.to.contactId} ${made.ways.map(({ reach }) => reach.channel).join(' ')}`
    case 'wait':
      return `wait ${writeInstant(made.until)}`
    case 'skip':
      return `skip ${made.reason} ${made.to}`
    case 'rest':
      return 'rest'
  }
}

/** What became of it by e-mail to the offender manager, unless `is` says otherwise. */
const became = (is: Partial<Entry> & object): Entry =>
  ({
    ...{ noticeId: planned().noticeId, messageId: planned().noticeId, due: DUE, at: DUE },
    ...{ duty: 'FAX-01', step: 'ask', occasion: 'A-1', because: [], misses: [], failed: [] },
    ...{
      to: 'C-OM',
      role: 'offender-manager',
      channel: 'email',
      address: 'c-om@example.com',
      language: 'en',
    },
    ...is,
  }) as Entry
const sent = became({ is: 'sent' })
const claimed = became({ is: 'claimed', leaseUntil: DUE + 15 * MINUTE_MS })
const throttled = became({ is: 'throttled', retryAt: DUE + MINUTE_MS })
const refused = became({ is: 'failed', reason: 'permanent' })

describe('a notice is told when it is due and while it matters', () => {
  test.each<[string, string, Given]>([
    ['a moment before it is due it waits', 'wait 2026-03-09T14:00:00Z', { now: DUE - 1 }],
    ['at the moment it is due it goes, by one channel', 'send C-OM email', { worker: BOTH }],
    ['a moment before it is stale it goes', 'send C-OM email', { draft: { stale: DUE + 2 }, now: DUE + 1 }],
    ['at the moment it is stale it does not', 'skip stale C-OM', { draft: { stale: DUE + 2 }, now: DUE + 2 }],
    [
      'what is always worth saying goes a day short of 24 months later',
      'send C-OM email',
      { now: at('2028-03-08', '14:00') },
    ],
    ['and 24 months later does not', 'skip stale C-OM', { now: at('2028-03-09', '14:00') }],
    [
      'what fell due before go-live is not told',
      'skip before-go-live C-OM',
      { settings: { goLive: DUE + 1 } },
    ],
    ['what falls due at go-live is', 'send C-OM email', { settings: { goLive: DUE } }],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })
})

describe('what is not owed', () => {
  test.each<[string, string, Given]>([
    [
      'no longer true before it was due, leaves no line',
      'rest',
      { now: DUE - 1, draft: { untold: 'no-longer-true' } },
    ],
    [
      'no longer true once it was due, is said',
      'skip no-longer-true C-OM',
      { draft: { untold: 'no-longer-true' } },
    ],
    [
      'in custody before it is due, is looked at again',
      'wait 2026-03-09T14:00:00Z',
      { now: DUE - 1, draft: { untold: 'in-custody' } },
    ],
    ['in custody when it was due, is said', 'skip in-custody C-OM', { draft: { untold: 'in-custody' } }],
    ['never needed, leaves no line', 'rest', { draft: { untold: 'not-needed' } }],
    ['with nothing to say, leaves no line', 'rest', { draft: { to: () => undefined } }],
    [
      'with nothing to say yet, is looked at again every two hours from when it was due',
      'wait 2026-03-09T18:00:00Z',
      { now: DUE + 2 * HOUR_MS, draft: { to: () => undefined, lookAgainMs: 2 * HOUR_MS } },
    ],
    [
      'with nothing to say, and neither when looked at again while it matters',
      'rest',
      { now: DUE + HOUR_MS, draft: { to: () => undefined, lookAgainMs: HOUR_MS, stale: DUE + HOUR_MS } },
    ],
    [
      'with nothing to say and no longer true, leaves no line',
      'rest',
      { draft: { to: () => undefined, lookAgainMs: HOUR_MS, untold: 'no-longer-true' } },
    ],
    [
      'with nobody known who is meant',
      'skip nobody-on-call undefined',
      { draft: { to: () => ({ to: [], facts: {}, nobody: 'nobody-on-call' }) } },
    ],
    ['with nobody named at all', 'skip no-usable-address undefined', { draft: { to: [] } }],
    ['whose reader has no address', 'skip no-usable-address C-OM', { worker: { email: undefined } }],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })

  const notKnown = { contactId: 'C-GONE', role: 'offender-manager' } as const
  test.each<[string, string, Given]>([
    ['who said STOP is not told', 'skip opted-out C-OM', { hasStopped: true }],
    [
      'unless they must hear it all the same',
      'send C-OM email',
      { hasStopped: true, draft: { despiteStop: true } },
    ],
    [
      'or it is about a release, where nobody may be left at a gate',
      'send C-OM email',
      { hasStopped: true, casefile: 'release:0123456789abcdef01234567' },
    ],
    [
      'why nobody was told is what kept the first from it',
      'skip opted-out C-OM',
      { hasStopped: true, draft: { to: [{ contactId: 'C-OM', role: 'worker' }, notKnown] } },
    ],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })

  test.each<[string, Given]>([
    ['stale', { draft: { stale: DUE } }],
    ['no-longer-true', { draft: { untold: 'no-longer-true' } }],
    ['before-go-live', { settings: { goLive: DUE + 1 } }],
    [
      'quiet-hours-until-stale',
      { now: at('2026-03-09', '22:00'), draft: { hours: 'person', stale: at('2026-03-10', '07:00') } },
    ],
  ])('%s: nobody was tried, so that nobody was passed over', (reason, given) => {
    expect(decision(given)).toMatchObject({ verb: 'skip', reason, misses: [] })
  })

  test('those passed over are named, and the next who can be reached is told', () => {
    const roles = [
      { contactId: 'C-GONE', role: 'offender-manager' },
      { contactId: 'C-DUTY', role: 'duty-officer' },
    ] as const
    expect(decision({ draft: { to: roles } })).toMatchObject({
      to: { contactId: 'C-DUTY' },
      misses: [{ contactId: 'C-GONE', reason: 'no-usable-address' }],
      facts: { reader: 'duty-officer' },
    })
  })
})

describe('the hours in which somebody may be told', () => {
  const evening = at('2026-03-09', '22:00')
  const person = { hours: 'person', due: evening } as const
  const office = { hours: 'office', due: at('2026-03-09', '09:00') } as const
  test.each<[string, string, Given]>([
    ['a person is not told at night', 'wait 2026-03-10T08:00:00Z', { now: evening, draft: person }],
    [
      'nor at all, where the morning is too late',
      'skip quiet-hours-until-stale C-OM',
      { now: evening, draft: { ...person, stale: at('2026-03-10', '08:00') } },
    ],
    [
      'but in the morning, where it matters a moment longer',
      'wait 2026-03-10T08:00:00Z',
      { now: evening, draft: { ...person, stale: at('2026-03-10', '08:00') + 1 } },
    ],
    ['by day a person is told', 'send C-OM email', { draft: { hours: 'person' } }],
    ['staff are told at night of what may be told at any hour', 'send C-OM email', { now: evening }],
    [
      'a dated prompt a quarter of an hour late goes, even after hours',
      'send C-OM email',
      { now: at('2026-03-09', '18:15'), draft: { hours: 'office', due: at('2026-03-09', '18:00') } },
    ],
    [
      'a dated prompt later than that waits until offices open',
      'wait 2026-03-10T09:00:00Z',
      { now: at('2026-03-09', '18:15') + 1, draft: { hours: 'office', due: at('2026-03-09', '18:00') } },
    ],
    ['a late prompt goes in office hours', 'send C-OM email', { draft: office }],
    [
      'where one may be disturbed from a time on, not before it',
      'wait 2026-03-09T15:00:00Z',
      { draft: { to: [{ contactId: 'C-OM', role: 'on-call', notBefore: DUE + HOUR_MS }] } },
    ],
    [
      'and from that time on',
      'send C-OM email',
      { draft: { to: [{ contactId: 'C-OM', role: 'on-call', notBefore: DUE }] } },
    ],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })
})

describe('what became of it before', () => {
  const failedReceipt = (reason: string, minutes: number, more: object = {}) =>
    event(writeInstant(DUE + minutes * MINUTE_MS), 'notice.failed', {
      noticeId: sent.noticeId,
      reason,
      ...more,
    })
  test.each<[string, string, Given]>([
    [
      'what was sent is done, though another way is left',
      'rest',
      { entries: [sent], worker: BOTH, now: DUE + DAY_MS },
    ],
    [
      'what somebody else is sending is theirs until their lease ends',
      'wait 2026-03-09T14:15:00Z',
      { entries: [claimed] },
    ],
    [
      'and may be sent once their lease has ended',
      'send C-OM email',
      { entries: [claimed], now: DUE + 15 * MINUTE_MS },
    ],
    [
      'what they are sending is theirs though it is no longer true',
      'wait 2026-03-09T14:15:00Z',
      { entries: [claimed], draft: { untold: 'not-needed' } },
    ],
    ['what was given back is tried at its time', 'wait 2026-03-09T14:01:00Z', { entries: [throttled] }],
    ['and then sent', 'send C-OM email', { entries: [throttled], now: DUE + MINUTE_MS }],
    [
      'what was given back and is never needed is not waited for',
      'rest',
      { entries: [throttled], draft: { untold: 'not-needed' } },
    ],
    ['what could not be delivered goes another way', 'send C-OM sms', { entries: [refused], worker: BOTH }],
    ['or to nobody, where there is no other, without a second line', 'rest', { entries: [refused] }],
    [
      'nor where it is stale by then',
      'rest',
      { entries: [refused], worker: BOTH, draft: { stale: DUE + 1 }, now: DUE + 1 },
    ],
    [
      'nor where it is no longer true',
      'rest',
      { entries: [refused], worker: BOTH, draft: { untold: 'no-longer-true' } },
    ],
    [
      'nor where quiet hours last until it is stale',
      'rest',
      {
        entries: [refused],
        worker: BOTH,
        now: at('2026-03-09', '22:00'),
        draft: { hours: 'person', stale: at('2026-03-10', '07:00') },
      },
    ],
    [
      'a receipt that it did not arrive has it go another way',
      'send C-OM sms',
      { entries: [sent], receipts: [failedReceipt('permanent', 5)], worker: BOTH, now: DUE + HOUR_MS },
    ],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })
})

describe('a duty that is held back', () => {
  test.each<[string, string, Given]>([
    [
      'in shadow, is kept with whom it would have told',
      'skip shadow C-OM',
      { settings: { dutyModes: { 'FAX-01': 'shadow' } } },
    ],
    [
      'in shadow, sends nothing again',
      'rest',
      { settings: { dutyModes: { 'FAX-01': 'shadow' } }, entries: [refused], worker: BOTH },
    ],
    [
      'in shadow, is not kept before it is due',
      'wait 2026-03-09T14:00:00Z',
      { now: DUE - 1, settings: { dutyModes: { 'FAX-01': 'shadow' } } },
    ],
    [
      'paused, is looked at an hour later',
      'wait 2026-03-09T15:00:00Z',
      { settings: { dutyModes: { 'FAX-01': 'paused' } } },
    ],
    [
      'paused, is looked at when it goes stale, if that is sooner',
      'wait 2026-03-09T14:30:00Z',
      { settings: { dutyModes: { 'FAX-01': 'paused' } }, draft: { stale: DUE + 30 * MINUTE_MS } },
    ],
    ['lets others be', 'send C-OM email', { settings: { dutyModes: { 'FAX-02': 'paused' } } }],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })
})

describe('what is urgent goes by e-mail and by text', () => {
  const urgent = { urgent: true } as const
  const OM = { contactId: 'C-OM', role: 'offender-manager' } as const
  const DUTY = { contactId: 'C-DUTY', role: 'duty-officer' } as const
  const PERMANENT = { is: 'failed', reason: 'permanent' } as const
  const GONE = { ...PERMANENT, address: 'c-om@example.com' } as const
  /** What was not begun can be begun no more. */
  const { messageId: _, ...said } = sent as Extract<Entry, { messageId: string }>
  const GIVEN_UP = { ...said, is: 'skipped', reason: 'no-usable-address' } as Entry
  const LIVE = { is: 'claimed', leaseUntil: DUE + MINUTE_MS } as const
  const LAPSED = { is: 'claimed', leaseUntil: DUE } as const
  const ways = ['email', 'sms'] as const
  const by = (channel: 'email' | 'sms', is: Partial<Entry> = { is: 'sent' }, to = 'C-OM') =>
    became({ channel, ways, to, address: `${channel} of ${to}`, ...is } as Partial<Entry>)
  const mobile = { mobile: '07700 900002' }
  test.each<[string, string, Given]>([
    ['at once, to a worker who has both', 'send C-OM email sms', { draft: urgent, worker: BOTH }],
    ['by the one they have', 'send C-OM email', { draft: urgent }],
    [
      'rung as well, where the stage rings',
      'send C-OM email sms call',
      { draft: { urgent: 'rung' }, worker: BOTH, settings: { rings: true } },
    ],
    ['not rung, where it does not', 'send C-OM email sms', { draft: { urgent: 'rung' }, worker: BOTH }],
    [
      'not rung, where the row does not ask for it',
      'send C-OM email sms',
      { draft: urgent, worker: BOTH, settings: { rings: true } },
    ],
    [
      'by the other alone, where one went',
      'send C-OM sms',
      { draft: urgent, worker: BOTH, entries: [by('email')] },
    ],
    [
      'by neither, where both went',
      'rest',
      { draft: urgent, worker: BOTH, entries: [by('email'), by('sms')] },
    ],
    [
      'by what was not begun, while somebody else sends the first',
      'send C-OM sms',
      { draft: urgent, worker: BOTH, entries: [by('email', { is: 'claimed', leaseUntil: DUE + MINUTE_MS })] },
    ],
    [
      'when one was given back, by the other at once',
      'send C-OM sms',
      { draft: urgent, worker: BOTH, entries: [by('email', { is: 'throttled', retryAt: DUE + MINUTE_MS })] },
    ],
    [
      'to nobody again where it failed, once it failed too for who stood in, by e-mail alone',
      'rest',
      {
        draft: { ...urgent, to: [OM, { contactId: 'C-DUTY', role: 'duty-officer' }] },
        entries: [
          by('sms', { is: 'failed', reason: 'permanent' }),
          by(
            'email',
            {
              ...{ is: 'failed', reason: 'permanent', ways: ['email'], address: 'c-duty@example.com' },
              failed: ['c-om@example.com', 'sms of C-OM'],
            },
            'C-DUTY',
          ),
        ],
      },
    ],
    [
      'to nobody else, where it went to somebody by one',
      'rest',
      { draft: urgent, worker: mobile, entries: [by('email', { is: 'sent' }, 'C-DUTY')] },
    ],
    [
      'by the one that was given back, once it may',
      'wait 2026-03-09T14:01:00Z',
      {
        draft: urgent,
        worker: BOTH,
        entries: [by('email'), by('sms', { is: 'throttled', retryAt: DUE + MINUTE_MS })],
      },
    ],
    [
      'by the one whose sender died, while the other was given back',
      'send C-OM email',
      {
        draft: urgent,
        worker: BOTH,
        entries: [by('email', LAPSED), by('sms', { is: 'throttled', retryAt: DUE + MINUTE_MS })],
      },
    ],
    [
      'not while somebody else sends both, until the first of their leases ends',
      'wait 2026-03-09T14:01:00Z',
      {
        draft: urgent,
        worker: BOTH,
        entries: [by('email', LIVE), by('sms', { is: 'claimed', leaseUntil: DUE + 2 * MINUTE_MS })],
      },
    ],
    [
      'to the next in line, once neither arrived',
      'send C-DUTY email',
      {
        draft: { ...urgent, to: [OM, DUTY] },
        worker: BOTH,
        entries: [
          by('email', { is: 'failed', reason: 'permanent', address: 'c-om@example.com' }),
          by('sms', { is: 'failed', reason: 'permanent', address: '+447700900001' }),
        ],
      },
    ],
    [
      'to another, where it was given back before it went to anybody',
      'send C-OM email sms',
      {
        draft: urgent,
        worker: BOTH,
        entries: (['email', 'sms'] as const).map((way) =>
          by(way, { is: 'throttled', retryAt: DUE }, 'C-DUTY'),
        ),
      },
    ],
    [
      'to another, where the sender of both died',
      'send C-OM email sms',
      { draft: urgent, worker: BOTH, entries: [by('email', LAPSED, 'C-DUTY'), by('sms', LAPSED, 'C-DUTY')] },
    ],
    [
      'to another by one, where the other was given back',
      'send C-OM sms',
      {
        draft: urgent,
        worker: BOTH,
        entries: [
          by('email', { is: 'throttled', retryAt: DUE + MINUTE_MS }, 'C-DUTY'),
          by('sms', LAPSED, 'C-DUTY'),
        ],
      },
    ],
    [
      'to nobody else, while somebody sends it by one',
      'rest',
      { draft: urgent, worker: BOTH, entries: [by('email', LIVE, 'C-DUTY'), by('sms', LAPSED, 'C-DUTY')] },
    ],
    [
      'by no more ways than it was to go by then',
      'rest',
      { draft: urgent, worker: BOTH, entries: [by('email', { is: 'sent', ways: ['email'] })] },
    ],
    [
      'by what was not begun, where the first was refused for what it says',
      'send C-OM sms',
      { draft: urgent, worker: BOTH, entries: [by('email', { is: 'failed', reason: 'message' })] },
    ],
    [
      'by what was not begun, where a report says so and the sender of the first has not yet',
      'send C-OM sms',
      {
        draft: urgent,
        worker: BOTH,
        entries: [by('email', LIVE)],
        receipts: [
          event('2026-03-09T14:00', 'notice.failed', { noticeId: planned().noticeId, reason: 'message' }),
        ],
      },
    ],
    [
      'no more once it is no longer true: that is said when whoever sends it by one has done so',
      'wait 2026-03-09T14:01:00Z',
      { draft: { ...urgent, untold: 'no-longer-true' }, worker: BOTH, entries: [by('email', LIVE)] },
    ],
    [
      'not by the rest of what failed to another: what was begun of it is to have failed',
      'skip no-usable-address C-DUTY',
      { draft: urgent, worker: BOTH, entries: [by('email', PERMANENT, 'C-DUTY')] },
    ],
    [
      'by both to another, once that is said',
      'send C-OM email sms',
      { draft: urgent, worker: BOTH, entries: [by('email', PERMANENT, 'C-DUTY'), GIVEN_UP] },
    ],
    [
      'no more, where what was not begun has no number any more: it is to have failed',
      'skip no-usable-address C-OM',
      { draft: { ...urgent, to: [OM, DUTY] }, entries: [by('email', GONE)] },
    ],
    [
      'to the next in line, once that is said',
      'send C-DUTY email',
      { draft: { ...urgent, to: [OM, DUTY] }, entries: [by('email', GONE), GIVEN_UP] },
    ],
    [
      'no more, where nobody is left, until that is said',
      'skip no-usable-address C-OM',
      { draft: urgent, worker: { email: undefined }, entries: [by('email', PERMANENT)] },
    ],
    [
      'and nothing more then',
      'rest',
      { draft: urgent, worker: { email: undefined }, entries: [by('email', PERMANENT), GIVEN_UP] },
    ],
    [
      'to the next in line, where a call was not begun: it stands for nothing',
      'send C-DUTY email',
      { draft: { ...urgent, to: [OM, DUTY] }, entries: [by('email', { ...GONE, ways: ['call', 'email'] })] },
    ],
  ])('%s', (_, expected, given) => {
    expect(decided(given)).toBe(expected)
  })

  test('a call greets its reader by name', () => {
    const rung = decision({ draft: { urgent: 'rung' }, worker: BOTH, settings: { rings: true } })
    expect(rung).toMatchObject({ facts: { name: 'Name of C-OM' }, channels: ['call', 'email', 'sms'] })
    expect(decision({ draft: urgent, worker: BOTH })).toHaveProperty('facts', { reader: 'offender-manager' })
  })
})
