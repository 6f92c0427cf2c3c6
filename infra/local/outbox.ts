import type { Outcome } from '../../functions/wake/ports.ts'
import type { Given, GivenNotices } from '../../functions/web/days/given.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { entryId, isSettled } from '../../shared/casefile/ledger.ts'
import type { Channel, Channels } from '../../shared/channels/channel.ts'
import { everyCasefile, type Store } from '../../shared/store/store.ts'

/** Takes every message, and sends it nowhere: its text is in the store, and that it was given in the ledger. */
const CATCH: Channel = { send: async () => ({ is: 'accepted' }) }
export const CAUGHT: Channels = { email: CATCH, sms: CATCH, call: CATCH }

/**
 * What was given in all casefiles together. It keeps nothing of its own: the ledgers and texts are in the store,
 * and this is their order in time.
 */
export type Outbox = GivenNotices & {
  /** Notes what a wake settled. */
  note(outcomes: readonly Outcome[]): void
  /** Reads a casefile's ledger again, after a wake of which we do not know how far it came. */
  reread(id: CasefileId): Promise<void>
}

/** Opens an outbox over a store, with all that was given in it before. */
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
    // What lies in the casefile of an address is a copy, for a reply to be matched with.
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
