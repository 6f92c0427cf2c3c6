import type { CasefileId } from '../../shared/casefile/ids.ts'
import { type Entry, isAddressed } from '../../shared/casefile/ledger.ts'
import { rowsOf } from '../../shared/duties/catalogue.ts'
import { saidIn } from '../../shared/messages/answers.ts'
import { noticeName } from '../../shared/messages/links.ts'
import type { Store } from '../../shared/store/store.ts'
import {
  askedBy,
  asksFor,
  givenTo,
  type OpenedCasefile,
  type OpenPorts,
  offersTo,
  openForActing,
  standingAmong,
} from './acts.ts'

export type NoticePorts = OpenPorts & { readonly store: Pick<Store, 'texts'> }

/** A notice as its recipient sees it, with the others in the same message: what they say and ask for. */
export type OpenedNotice = {
  readonly opened: OpenedCasefile
  readonly entry: Entry
  /** Who was given it, and who covers for them. */
  readonly givenTo: readonly string[]
  /** The notices of the message that still stand: neither answered nor stopped. */
  readonly standing: readonly Entry[]
  /** What the message said, by language and notice. */
  readonly said: readonly string[]
}

/** Opens the notice that a link leads to; undefined if there is none, or nobody was given it. */
export async function openNotice(
  id: CasefileId,
  name: string,
  ports: NoticePorts,
): Promise<OpenedNotice | undefined> {
  const opened = await openForActing(id, ports)
  const named = opened?.stored.entries.find(({ noticeId }) => noticeName(noticeId) === name)
  const entry = named && opened?.casefile.ledger.entry(named.noticeId)
  const given = opened && entry ? givenTo(entry, opened) : []
  if (!opened || !entry || given.length === 0 || !isAddressed(entry)) return undefined
  const { messageId } = entry
  const together = opened.stored.entries.filter((one) => isAddressed(one) && one.messageId === messageId)
  const text = (await ports.store.texts(id)).get(messageId)?.text ?? ''
  return {
    ...{ opened, entry, givenTo: given },
    standing: await standingAmong(together, opened),
    said: saidIn(text),
  }
}

/** What those notices ask for and one of these contacts may do, each with what its row already says. */
export function askedOf({ opened, standing }: OpenedNotice, contactIds: readonly string[]) {
  return offersTo({ reads: 'their own', contactIds }, opened).flatMap((offer) => {
    const entry = standing.find((one) => asksFor(one, offer.act, offer.about.subject))
    if (!entry) return []
    const asks = rowsOf(entry).flatMap(askedBy)
    return [{ ...offer, said: asks.find(({ event }) => event === offer.act.event)?.said }]
  })
}
