import type { Outcome } from '../../functions/wake/ports.ts'
import type { Given, GivenNotices } from '../../functions/web/days/given.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { entryId, isSettled } from '../../shared/casefile/ledger.ts'
import type { Channel, Channels } from '../../shared/channels/channel.ts'
import { everyCasefile, type Store } from '../../shared/store/store.ts'

/** Accepts every message and sends it nowhere: its text is in the store, and its notice in the ledger. */
const CATCH: Channel = { send: async () => ({ is: 'accepted' }) }
export const CAUGHT: Channels = { email: CATCH, sms: CATCH, call: CATCH }

/** The notices given in all casefiles, in order. It stores nothing itself: the ledgers and texts are in the store. */
export type Outbox = GivenNotices & {
  /** Adds what a wake settled. */
  note(outcomes: readonly Outcome[]): void
  /** Reads a casefile's ledger again, after a wake that may have failed half-way. */
  reread(id: CasefileId): Promise<void>
}

/** Opens an outbox over a store, with everything given in it before. */
export async function openOutbox(store: Pick<Store, 'casefiles' | 'open'>): Promise<Outbox> {
  const given: Given[] = []
  const add = (one: Given) => {
    let place = given.length
    while (place > 0 && (given[place - 1]?.at ?? 0) > one.at) place--
    given.splice(place, 0, one)
  }
  const settledOf = async (id: CasefileId): Promise<Given[]> => {
    const { entries = [] } = (await store.open(id)) ?? {}
    return entries.filter(isSettled).map((entry) => ({ casefile: id, entryId: entryId(entry), at: entry.at }))
  }
  for await (const { id } of everyCasefile(store)) {
    // An address's casefile holds only copies, for matching replies.
    if (kindOf(id) !== 'address') given.push(...(await settledOf(id)))
  }
  given.sort((a, b) => a.at - b.at)
  return {
    count: () => given.length,
    newest: (skip, limit) =>
      given.slice(Math.max(0, given.length - skip - limit), given.length - skip).reverse(),
    note(outcomes) {
      for (const { casefile, entry } of outcomes) add({ casefile, entryId: entryId(entry), at: entry.at })
    },
    async reread(id) {
      const known = new Set(given.filter((one) => one.casefile === id).map((one) => one.entryId))
      for (const one of await settledOf(id)) if (!known.has(one.entryId)) add(one)
    },
  }
}
