import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '../..')

/** A port that nobody serves on. */
const freePort = () =>
  new Promise<string>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(String(typeof address === 'object' ? address?.port : '')))
    })
  })

/** Has a folder find the commands of the package there, and its client, as where it is installed. */
function installIn(folder: string): void {
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${ROOT}/bin/throughcare.js" "$@"\n`
  writeFileSync(join(folder, 'npx'), npx, { mode: 0o755 })
  const installed = join(folder, 'node_modules/throughcare')
  mkdirSync(installed, { recursive: true })
  writeFileSync(join(installed, 'package.json'), JSON.stringify(manifest))
  buildSync({
    entryPoints: [join(ROOT, 'infra/client/client.ts')],
    ...{ bundle: true, format: 'esm', platform: 'node' },
    outfile: join(installed, manifest.exports['./client'].default),
  })
}

test('what docs/integrate.md has somebody type leads to a first notice', async () => {
  const page = readFileSync(join(ROOT, 'docs/integrate.md'), 'utf8')
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  installIn(folder)
  // What is to be typed into a shell, and what is to be a module of one's own.
  const typed = [...page.matchAll(/```(sh|js)\n([\s\S]*?)```/g)].map(([, language, block = '']) =>
    language === 'sh' ? block : `"${process.execPath}" --input-type=module <<'END'\n${block}END\n`,
  )
  const script = `trap 'kill $(jobs -p) 2>&-' EXIT\n${typed.join('').replaceAll('3000', port)}`
  const { status, stdout, stderr } = spawnSync('bash', ['-em', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    timeout: 250_000,
  })
  rmSync(folder, { recursive: true })
  const lines = stdout.split('\n')
  expect(status, stderr).toBe(0)
  expect(lines.filter((line) => line.includes('"is":"accepted"'))).toHaveLength(4)
  expect(lines.join()).toMatch(/FAX-05 \S+ {2}offender-manager C-OM by email {2}sent/)
  expect(stdout).toContain("is: 'accepted', eventId: 'flag-2'")
  expect(stdout).toContain('"is":"refused","reason":"additionalInformation.orderId: expected an id')
  expect(lines).toContain('{"line":1,"is":"duplicate","eventId":"flag-1"}')
  const replayed = lines.filter((line) => line.startsWith('{"at"')).map((line) => JSON.parse(line))
  expect(replayed).toContainEqual(expect.objectContaining({ duty: 'FAX-05', to: 'C-OM', outcome: 'sent' }))
})
