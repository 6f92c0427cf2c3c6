import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** A port that nobody serves on. */
const freePort = () =>
  new Promise<string>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(String(typeof address === 'object' ? address?.port : '')))
    })
  })

test('what docs/integrate.md has somebody type leads to a first notice', async () => {
  const page = readFileSync(join(ROOT, 'docs/integrate.md'), 'utf8')
  const typed = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block).join('')
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${ROOT}/bin/throughcare.js" "$@"\n`
  writeFileSync(join(folder, 'npx'), npx, { mode: 0o755 })
  const script = `trap 'kill $(jobs -p) 2>&-' EXIT\n${typed.replace('PORT=3000', `PORT=${port}`)}`
  const { status, stdout, stderr } = spawnSync('bash', ['-em', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    timeout: 50_000,
  })
  rmSync(folder, { recursive: true })
  const lines = stdout.split('\n')
  expect(status, stderr).toBe(0)
  expect(lines.filter((line) => line.includes('"is":"accepted"'))).toHaveLength(4)
  expect(lines.join()).toMatch(/FAX-05 \S+ {2}offender-manager C-OM by email {2}sent/)
  expect(stdout).toContain('"is":"refused","reason":"additionalInformation.orderId: expected an id')
  expect(lines).toContain('{"line":1,"is":"duplicate","eventId":"flag-1"}')
  const replayed = lines.filter((line) => line.startsWith('{"at"')).map((line) => JSON.parse(line))
  expect(replayed).toContainEqual(expect.objectContaining({ duty: 'FAX-05', to: 'C-OM', outcome: 'sent' }))
})
