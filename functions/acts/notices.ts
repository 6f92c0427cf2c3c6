import type { CasefileId } from '../../shared/casefile/ids.ts'
import { type Entry, isAddressed } from '../../shared/casefile/ledger.ts'
import { rowsOf } from '../../shared/duties/catalogue.ts'
import { partsWith, withoutLinks } from '../../shared/messages/answers.ts'
import { noticeName, noticePath } from '../../shared/messages/links.ts'
import type { Store } from '../../shared/store/store.ts'
import {
  type ActPorts,
  askedBy,
  asksFor,
  givenTo,
  isStanding,
  type OpenedCasefile,
  offersTo,
  openForActing,
} from './acts.ts'

export type NoticePorts = Omit<ActPorts, 'take'> & { readonly store: Pick<Store, 'texts'> }

/** A notice as whoever was given it sees it: what its row says, and what it asks for, while it stands. */
export type OpenedNotice = {
  readonly opened: OpenedCasefile
  readonly entry: Entry
  /** Whose notice it is: those it was given to, and who covers for them. */
  readonly givenTo: readonly string[]
  readonly isStanding: boolean
  /** What the message said of it, in each of its languages. */
  readonly said: readonly string[]
}

/** Opens the notice that a link leads to; undefined when there is none, or it was given to nobody. */
export async function openNotice(
  id: CasefileId,
  short: string,
  ports: NoticePorts,
): Promise<OpenedNotice | undefined> {
  const opened = await openForActing(id, ports)
  const entry = opened?.stored.entries.find(({ noticeId }) => noticeName(noticeId) === short)
  const given = opened && entry ? givenTo(entry, opened) : []
  if (!opened || !entry || given.length === 0) return undefined
  const texts = await ports.store.texts(id)
  const text = isAddressed(entry) ? (texts.get(entry.messageId)?.text ?? '') : ''
  const parts = partsWith(text, noticePath({ casefile: id, noticeId: entry.noticeId }))
  return {
    ...{ opened, entry, givenTo: given },
    isStanding: isStanding(entry, opened),
    said: (parts.length > 0 ? parts : [text]).map(withoutLinks),
  }
}

/** What a notice asks for, that one of these contacts may do, each with what its row says already. */
export function askedOf({ opened, entry }: OpenedNotice, contactIds: readonly string[]) {
  const asks = rowsOf(entry).flatMap(askedBy)
  return offersTo(contactIds, opened)
    .filter(({ act, about }) => asksFor(entry, act, about.subject))
    .map((offer) => ({ ...offer, said: asks.find(({ event }) => event === offer.act.event)?.said }))
}
