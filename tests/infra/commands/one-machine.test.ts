import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { contact, event, order } from '../../story.ts'
import { eventually, post, startThroughcare, type Throughcare } from '../local/throughcare.ts'

/** What is done on the command line beside the service of one machine, while it runs, and once it was stopped. */

const BIN = join(import.meta.dirname, '../../../bin/throughcare.js')
const call = (words: string, environment: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words.split(' ')], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  return { status, stdout, stderr, lines: stdout.trim().split('\n') }
}
const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
const data = join(folder, 'data')
const crn = (value: string) => ({ personReference: { identifiers: [{ type: 'CRN', value }] } })
/** What happens once a folder is in use: what was due before is not told. */
function storyOfNow() {
  const at = new Date().toISOString()
  return [
    contact('C-OM'),
    contact('C-CM'),
    { ...order({ sentencedOn: at.slice(0, 10) }, at), ...crn('X900001') },
    {
      ...order({ orderId: 'O-2', person: 'C-PERSON-2', sentencedOn: at.slice(0, 10) }, at),
      ...crn('X900002'),
    },
    event(at, 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }),
  ]
}
const asLines = (told: readonly object[]) => told.map((one) => JSON.stringify(one)).join('\n')

describe('while it runs', () => {
  let throughcare: Throughcare
  let given: { noticeId: string; at: number }
  beforeAll(async () => {
    throughcare = await startThroughcare(['--data', data])
    await post(throughcare, asLines(storyOfNow()))
    given = await eventually(() => {
      const { lines } = call(`plan --casefile order:O-1 --data ${data} --json`)
      const notices = lines.map((line) => JSON.parse(line))
      return notices.find(({ duty, outcome }) => duty === 'FAX-05' && outcome === 'sent')
    })
  })
  afterAll(async () => {
    await throughcare.stop()
    rmSync(folder, { recursive: true })
  })

  test('plan says what was told, what will be, and what will not with its reason', () => {
    const { lines, status } = call(`plan --casefile order:O-1 --data ${data}`)
    expect(status).toBe(0)
    expect(lines).toEqual(expect.arrayContaining(['Was told, or not', 'Will be told']))
    expect(lines.join('\n')).toMatch(/no-usable-address/)
    expect(call(`plan --casefile order:O-9 --data ${data}`)).toMatchObject({
      status: 2,
      stderr: '--casefile: there is no order:O-9\n',
    })
  })

  test('why says of one notice its passage, its events and what became of it, in words why not', () => {
    const { stdout } = call(`why --notice ${given.noticeId} --data ${data}`)
    for (const part of [
      /^passage +\S/m,
      /^because +disclosure\.flagged/m,
      /^decision .*sent$/m,
      /C-OM by email/,
    ]) {
      expect(stdout).toMatch(part)
    }
    const { lines } = call(`plan --casefile order:O-1 --data ${data} --json`)
    const held = lines.map((line) => JSON.parse(line)).find(({ reason }) => reason === 'no-usable-address')
    expect(call(`why --notice ${held.noticeId} --data ${data}`).stdout).toMatch(
      /^not to +C-\S+: no usable address or number$/m,
    )
    expect(call(`why --notice nonsense --data ${data}`)).toMatchObject({
      status: 2,
      stderr: '--notice: nonsense is not the id of a notice\n',
    })
  })

  test('export by CRN has all of that person, and nothing of another order', () => {
    const file = join(folder, 'person.jsonl')
    expect(call(`export --crn X900001 --data ${data} --out ${file}`).status).toBe(0)
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const kinds = new Set(lines.map(({ casefile }) => casefile.split(':')[0]))
    expect([...kinds].sort()).toEqual(['order', 'person'])
    expect(lines.some(({ casefile }) => casefile === 'order:O-2')).toBe(false)
    expect(lines.some(({ text }) => text !== undefined)).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(call(`export --crn X900009 --data ${data}`)).toMatchObject({ status: 1, stdout: '' })
  })

  test('what was exported is taken for the same where it came from, and is replayed, its ledger passed by', () => {
    const file = join(folder, 'all.jsonl')
    expect(call(`export --data ${data} --out ${file}`).status).toBe(0)
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const events = lines.filter(({ eventType }) => eventType !== undefined).length
    expect(events).toBeGreaterThan(storyOfNow().length)
    const others = lines.length - events
    expect(others).toBeGreaterThan(0)
    const to = `--to ${throughcare.address} --token ${join(data, 'token')}`
    expect(call(`import --events ${file} ${to}`)).toMatchObject({
      status: 0,
      stdout: `0 accepted, ${events} duplicate, ${others} ignored, 0 refused\n`,
    })
    const replayed = call(`replay --events ${file} --until ${new Date(Date.now() + 60_000).toISOString()}`)
    expect(replayed.status).toBe(0)
    expect(replayed.lines.map((line) => JSON.parse(line).noticeId)).toContain(given.noticeId)
  })

  test('import by HTTP takes in what is new, and names the line that is refused', () => {
    const file = join(folder, 'events.jsonl')
    writeFileSync(file, `${asLines([contact('C-NEW'), contact('C-OM')])}\n\nno event\n`)
    const { status, stdout, stderr } = call(
      `import --events ${file} --to ${throughcare.address} --token ${join(data, 'token')}`,
    )
    expect(stdout).toBe('1 accepted, 1 duplicate, 0 ignored, 1 refused\n')
    expect(stderr).toContain('line 4: not JSON')
    expect(status).toBe(1)
    const wrong = join(folder, 'wrong')
    const to = `import --events ${file} --to ${throughcare.address} --token`
    expect(call(`${to} ${file}`)).toMatchObject({
      status: 2,
      stderr: `--token: ${file} does not contain a token\n`,
    })
    writeFileSync(wrong, 'one-of-another-service')
    expect(call(`${to} ${wrong}`)).toMatchObject({ status: 1, stderr: expect.stringContaining('--to: 401') })
  })

  test('reconcile accounts for everything that was due, and wakes nobody', () => {
    const { lines, status } = call(`reconcile --data ${data} --json`)
    const { due, sent, failed, open, skipped, broken } = JSON.parse(lines[0] ?? '')
    const passedOver = Object.values<number>(skipped).reduce((sum, count) => sum + count, 0)
    expect({ status, broken }).toEqual({ status: 0, broken: [] })
    expect(due).toBe(sent + failed + passedOver + open)
    expect(sent).toBeGreaterThan(0)
  })

  test('doctor says what is well, and how to mend what is not', () => {
    const well = call(`doctor --data ${data}`)
    expect(well).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ok .*owner's alone$/m) })
    expect(well.stdout).toMatch(/^ok .*bank holidays are known until/m)
    const mail = { SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'throughcare@example.invalid' }
    const ill = call(`doctor --data ${data} --json`, mail)
    const found = ill.lines.map((line) => JSON.parse(line)).filter(({ is }) => is === 'to-mend')
    expect(ill.status).toBe(1)
    expect(found.map(({ what }) => what)).toEqual([
      expect.stringContaining('the mail server'),
      'no SPF was found for example.invalid',
      'no DMARC was found for example.invalid',
    ])
    expect(call(`doctor --data ${folder}`)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('MEND'),
    })
  })

  test('a backup taken meanwhile is a folder to go on with: nothing is lost, and nothing told again', async () => {
    const busy = Array.from({ length: 200 }, (_, n) => contact(`C-BUSY-${n}`))
    const taken = post(throughcare, asLines(busy))
    const copy = join(folder, 'copy')
    expect(call(`backup --data ${data} --to ${copy}`)).toMatchObject({ status: 0 })
    await taken
    expect(readdirSync(copy).filter((name) => name.includes('.db'))).toEqual(['throughcare.db'])
    const modes = readdirSync(copy).map((name) => statSync(join(copy, name)).mode & 0o077)
    expect(modes.every((mode) => mode === 0)).toBe(true)
    expect(call(`backup --data ${data} --to ${copy}`)).toMatchObject({
      status: 2,
      stderr: `--to: ${copy} already exists\n`,
    })
    const restored = await startThroughcare(['--data', copy])
    await eventually(() => restored.written().includes('"reconciled"') || undefined)
    await restored.stop()
    const store = sqliteStore(join(copy, 'throughcare.db'))
    const { entries = [] } = (await store.open('order:O-1')) ?? {}
    store.close()
    const [entry, ...more] = entries.filter(({ noticeId }) => noticeId === given.noticeId)
    expect([entry?.is, more]).toEqual(['sent', []])
    expect(entry?.at).toBe(given.at)
  })
})

test('import into a folder that was stopped is told of once it starts', async () => {
  const place = mkdtempSync(join(tmpdir(), 'throughcare-'))
  const file = join(place, 'events.jsonl')
  const first = await startThroughcare(['--data', place])
  writeFileSync(file, asLines(storyOfNow()))
  expect(call(`import --events ${file} --data ${place}`).stderr).toContain('is in use by another Throughcare')
  await first.stop()
  expect(call(`import --events ${file} --data ${place}`).stdout).toBe(
    '5 accepted, 0 duplicate, 0 ignored, 0 refused\n',
  )
  const second = await startThroughcare(['--data', place])
  await eventually(async () => (await (await second.visit('/')).text()).includes('FAX-05') || undefined)
  await second.stop()
  rmSync(place, { recursive: true })
})
