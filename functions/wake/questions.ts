import type { Instant } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { addressKey, type CasefileId, casefileId } from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { NEIGHBOUR_NOUNS } from '../../shared/casefile/nouns.ts'
import { addressEvent } from '../../shared/casefile/passing-on.ts'
import type { Store } from '../../shared/store/store.ts'
import { aboutOf, letterFor, openQuestionsAt } from '../answers/questions.ts'

type Claim = Extract<Entry, { is: 'claimed' }>

/** Records in a number's casefile whose person was told something there, so that a reply finds their worker. */
export async function noteTold(
  entry: Entry,
  casefile: CasefileId,
  store: Pick<Store, 'takeIn'>,
  now: Instant,
) {
  if (entry.is !== 'sent' || entry.channel !== 'sms' || entry.role !== 'person') return
  const address = addressKey(entry.address)
  const told = { address, casefile, contactId: entry.to }
  const event = addressEvent('address.told', `told/${casefile}/${entry.to}`, told, now)
  await store.takeIn(casefileId('address', address), event)
}

/**
 * Registers a question at a number, by conditional write, before it is sent there, so that two wakers cannot give two
 * questions the same letter. A question already registered, because its sender died, keeps its place. Returns the
 * letter to send it with; undefined if it needs none, or asks nothing by text.
 */
export async function putQuestion(
  claim: Claim,
  store: Pick<Store, 'events' | 'takeIn'>,
  now: Instant,
): Promise<string | undefined> {
  const about = claim.channel === 'sms' ? aboutOf(claim) : undefined
  if (about === undefined) return undefined
  const { noticeId, to, duty, step, occasion } = claim
  const address = addressKey(claim.address)
  const casefile = casefileId('address', address)
  for (;;) {
    const { questions } = fold('address', await store.events(casefile, NEIGHBOUR_NOUNS.address))
    const known = questions.find((one) => one.noticeId === noticeId)
    if (known) return known.letter
    const open = await openQuestionsAt(questions, store, now)
    const letter = letterFor(about, questions, new Set(open.map(aboutOf)))
    const number = (questions.at(-1)?.number ?? 0) + 1
    const question = {
      address,
      noticeId,
      to,
      duty,
      step,
      occasion,
      number,
      ...(letter !== undefined && { letter }),
    }
    const put = addressEvent('address.asked', `question/${number}`, question, now)
    if ((await store.takeIn(casefile, put)) === 'added') return letter
  }
}
