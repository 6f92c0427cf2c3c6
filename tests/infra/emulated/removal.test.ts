import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { removalOf, remove } from '../../../functions/forget/removal.ts'
import { openData } from '../../../infra/local/data-folder.ts'
import { openWorld } from '../../../infra/local/world.ts'
import { londonTime } from '../../../shared/calendar/london.ts'
import { addressKey, type CasefileId, personKey, releaseKey } from '../../../shared/casefile/ids.ts'
import { rulesWith } from '../../../shared/planning/rules.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { everyCasefile } from '../../../shared/store/store.ts'
import { release } from '../../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE } from '../../story.ts'

const accepting = { send: async () => ({ is: 'accepted' }) as const }
const CHANNELS = { email: accepting, sms: accepting }
const NOW = londonTime('2026-03-09', '12:30')
const folder = mkdtempSync(join(tmpdir(), 'throughcare-removal-'))
afterAll(() => rmSync(folder, { recursive: true }))

const addressOf = (address: string): CasefileId => `address:${addressKey(address)}`
const SHARED = addressOf('c-person@example.com')
const MOBILE = addressOf('+447700900123')
const PERSON: CasefileId = `person:${personKey('contact', 'C-PERSON')}`

/** An order whose person was reminded by text message, and somebody else who shares their e-mail address. */
async function told(file: string) {
  const store = sqliteStore(file)
  const world = openWorld({ store, channels: CHANNELS, rules: () => rulesWith(), now: () => NOW })
  const reached = { mobile: '07700 900123', prefers: 'sms' }
  const another = contact('C-COUSIN', { email: 'c-person@example.com' })
  const events = [...PEOPLE, another, contact('C-PERSON', reached, '2026-01-02T00:00')]
  for (const one of [...events, order(), appointment('2026-03-10T10:00')])
    await world.take(JSON.stringify(one))
  await world.settle()
  // As it lies there when what was sent asks for an answer.
  const [reminder] =
    (await store.open('order:O-1'))?.entries.filter((one) => 'channel' in one && one.channel === 'sms') ?? []
  if (reminder) await store.record(MOBILE, [reminder])
  return store
}

/** Everything in the store in which a word is found, as a whole. */
async function holding(store: Awaited<ReturnType<typeof told>>, word: string): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of everyCasefile(store)) {
    const held = JSON.stringify([id, await store.open(id), [...(await store.texts(id))]])
    if (held.includes(word)) found.push(id)
  }
  return found.sort()
}

async function removeAll(id: CasefileId, store: Awaited<ReturnType<typeof told>>) {
  const removal = await removalOf(id, store)
  for (const part of removal) await remove(part, store)
  return removal.map((part) => part.id).sort()
}

test('an order goes with the copies that its workers’ casefiles hold of it, and with what it asked', async () => {
  const store = await told(':memory:')
  const workers = ['C-CM', 'C-DUTY', 'C-OFFICE', 'C-OM', 'C-PROVIDER'].map((id) => `contact:${id}`)
  const holders = [MOBILE, ...workers, 'order:O-1', PERSON]
  expect(await holding(store, 'O-1')).toEqual(holders)
  expect(await removeAll('order:O-1', store)).toEqual(holders)
  expect(await holding(store, 'O-1')).toEqual([])
  expect(await removalOf('order:O-1', store)).toEqual([])
  // On which day something was booked names nobody, and goes with the day.
  const left = (await store.open('contact:C-OM'))?.events.map(({ type }) => type)
  expect(left).toEqual(['contact.updated', 'day.booked'])
  store.close()
})

test('after their order a person goes, and an address that is somebody else’s too remembers only them', async () => {
  const store = await told(':memory:')
  await removeAll('order:O-1', store)
  await removeAll('contact:C-PERSON', store)
  expect(await holding(store, 'C-PERSON')).toEqual([])
  expect(await store.open(MOBILE)).toBeUndefined()
  expect((await store.open(SHARED))?.events).toHaveLength(1)
  expect(await holding(store, 'C-COUSIN')).toEqual(['contact:C-COUSIN', SHARED].sort())
  store.close()
})

test('a release goes with what casefiles under other prison numbers hold of it, though two mergers lie between', async () => {
  const store = await told(':memory:')
  const world = openWorld({ store, channels: CHANNELS, rules: () => rulesWith(), now: () => NOW })
  const under = (noms: string) => ({ personReference: { identifiers: [{ type: 'NOMS', value: noms }] } })
  const merged = (removed: string, into: string) => ({
    ...event('2026-02-03T10:00', 'merged', { nomsNumber: into, removedNomsNumber: removed, reason: 'MERGE' }),
    ...{ eventType: 'prison-offender-events.prisoner.merged', eventId: `merged ${removed}` },
  })
  const first = { ...release({ releaseId: 'R-1' }), ...under('A9001AA') }
  const later = { ...release({ releaseId: 'R-3', releaseOn: '2026-04-08' }), ...under('A9003AA') }
  for (const one of [first, later, merged('A9001AA', 'A9002AA'), merged('A9002AA', 'A9003AA')])
    await world.take(JSON.stringify(one))
  const releaseOf = (noms: string): CasefileId => `release:${releaseKey(noms)}`
  expect(await holding(store, 'R-1')).toContain(releaseOf('A9003AA'))
  await removeAll(releaseOf('A9001AA'), store)
  expect(await holding(store, 'R-1')).toEqual([])
  expect(await holding(store, 'R-3')).toContain(releaseOf('A9003AA'))
  store.close()
})

test('a worker goes and leaves the orders that name them whole', async () => {
  const store = await told(':memory:')
  const before = await store.open('order:O-1')
  await removeAll('contact:C-OM', store)
  expect(await store.open('contact:C-OM')).toBeUndefined()
  expect(await store.open('order:O-1')).toEqual(before)
  store.close()
})

test('the command shows ids alone, removes nothing unasked, and everything when asked', async () => {
  openData(folder, NOW).release()
  ;(await told(join(folder, 'throughcare.db'))).close()
  const run = (...more: string[]) => {
    const command = join(import.meta.dirname, '../../../infra/commands/forget.ts')
    const given = ['--casefile', 'contact:C-PERSON', '--data', folder, ...more]
    return execFileSync(process.execPath, [command, ...given], { encoding: 'utf8' })
  }
  const shown = run()
  expect(shown).toContain('contact:C-PERSON, all of it: 2 events')
  expect(shown).toContain('Nothing was removed')
  expect(shown).not.toMatch(/example\.com|07700|Name of/)
  expect(run()).toBe(shown)
  expect(run('--yes')).toContain('forgotten')
  expect(run('--yes')).toBe('contact:C-PERSON does not exist\n')
})
