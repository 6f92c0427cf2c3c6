import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { contact, event, order } from '../../story.ts'
import { startMailServer } from './mail-server.ts'
import { eventually, post, startThroughcare } from './throughcare.ts'

/** A mail server that is down while something is to be told, and comes back. */

type Health = {
  readonly status: string
  readonly components: Readonly<Record<string, { status: string; reason?: string }>>
}

test('what is due while the mail server is down is told once it is back, and once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const before = await startMailServer()
  const port = Number(new URL(before.url).port)
  const throughcare = await startThroughcare(
    ['--data', folder, '--address', 'https://throughcare.example.org'],
    // What is put off by minutes comes within seconds.
    { SMTP_URL: before.url, THROUGHCARE_CLOCK_SPEED: '60' },
  )
  onTestFinished(async () => void (await throughcare.stop()))
  const health = async () => (await (await fetch(`${throughcare.address}/health`)).json()) as Health
  await eventually(async () => ((await health()).status === 'UP' ? true : undefined))
  await before.close()

  const at = new Date().toISOString()
  const story = [
    contact('C-OM'),
    order({ sentencedOn: at.slice(0, 10) }, at),
    event(at, 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }),
  ]
  await post(throughcare, story.map((one) => JSON.stringify(one)).join('\n'))
  const down = await eventually(async () => {
    const said = await health()
    return said.status === 'DOWN' ? said : undefined
  })
  expect(down.components.email).toMatchObject({ status: 'DOWN', reason: expect.any(String) })

  const after = await startMailServer({}, 0, port)
  onTestFinished(() => after.close())
  const told = await eventually(
    () => after.mails.find(({ messageId }) => messageId.includes('FAX-05')),
    120_000,
  )
  expect(told.to).toEqual(['c-om@example.com'])
  await eventually(async () => ((await health()).status === 'UP' ? true : undefined))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(after.mails.filter(({ messageId }) => messageId === told.messageId)).toHaveLength(1)
})
