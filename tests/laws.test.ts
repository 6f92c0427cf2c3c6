import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The repository's own laws. Each breach is shown as `file: what is wrong`. */

const ROOT = join(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
const paths = tracked.split('\n').filter((path) => path !== '')
const sources = paths
  .filter((path) => /^(infra|functions|shared)\/.*\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
const tests = paths
  .filter((path) => /^tests\/.*\.ts$/.test(path) && path !== 'tests/laws.test.ts')
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))

type Source = (typeof sources)[number]

const importsOf = ({ path, text }: Source) =>
  [...text.matchAll(/(?:from\s+|import\s+|import\()'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), name)) : name,
  )

const breaches = (files: readonly Source[], find: (file: Source) => (string | undefined | false)[]) =>
  files.flatMap((file) => find(file).flatMap((breach) => (breach ? [`${file.path}: ${breach}`] : [])))

/** Code without its comments and strings, so that a law reads what is done and not what is said. */
const codeOf = ({ text }: Source) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")

const isCore = ({ path }: Source) => /^shared\/(calendar|casefile|messages|planning|duties|acts)\//.test(path)
const isHandler = ({ path }: Source) => /^functions\/[^/]+\/handler\.ts$/.test(path)
const isRuntime = ({ path }: Source) => path.startsWith('functions/runtime/')
const isInfra = ({ path }: Source) => path.startsWith('infra/')

/** Every circle, as the files in it that are found on the way round. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' -> '))
    if (done.has(path)) return
    done.add(path)
    for (const next of imports.get(path) ?? []) visit(next, [...way, path])
  }
  for (const path of imports.keys()) visit(path, [])
  return circles
}

describe('the laws of this repository', () => {
  test('arrows point from infra to functions to shared and never turn back', () => {
    const rank = (path: string) => ['shared', 'functions', 'infra'].indexOf(path.split('/')[0] ?? '')
    const found = breaches(sources, (file) =>
      importsOf(file).map(
        (name) => rank(name) > rank(file.path) && `${name} lies further out than what imports it`,
      ),
    )
    expect(found).toEqual([])
  })

  test('the core imports nothing but itself, the directory and a few pure libraries', () => {
    const pure = [
      'zod',
      'temporal-polyfill',
      'libphonenumber-js/min',
      'nunjucks',
      'sms-segments-calculator',
      'node:crypto',
    ]
    const found = breaches(sources.filter(isCore), (file) =>
      importsOf(file).map((name) => {
        const isOwn = /^shared\/(calendar|casefile|messages|planning|duties|acts|directory)\//.test(name)
        return !isOwn && !pure.includes(name) && `${name} is not for the pure core`
      }),
    )
    expect(found).toEqual([])
  })

  test('the core reads no clock, environment or randomness, and waits for nothing', () => {
    const impure =
      /\b(?:Date\.now|new Date|Temporal\.Now|Math\.random|randomUUID|process|console|async|await|setTimeout|fetch)\b/
    const found = breaches(sources.filter(isCore), (file) => [impure.exec(codeOf(file))?.[0]])
    expect(found).toEqual([])
  })

  test('time enters at the edge alone', () => {
    const clock = /\b(Date\.now|new Date\b|Temporal\.Now|performance\.now)/
    const inside = sources.filter((file) => !isInfra(file) && !isHandler(file))
    expect(breaches(inside, (file) => [clock.exec(codeOf(file))?.[0]])).toEqual([])
  })

  test('the process and its environment are read in functions/runtime and in infra alone', () => {
    const inside = sources.filter((file) => !isInfra(file) && !isRuntime(file))
    expect(breaches(inside, (file) => [/\bprocess\.\w+/.exec(codeOf(file))?.[0]])).toEqual([])
  })

  test('AWS clients are made in functions/runtime alone, and Powertools are known there alone', () => {
    const isAdapter = ({ path }: Source) => /^shared\/(store|channels)\//.test(path)
    const found = breaches(sources, (file) =>
      importsOf(file).map((name) => {
        const isOut = name.startsWith('@aws-sdk')
          ? !isRuntime(file) && !isAdapter(file) && !/^infra\/(emulated|commands)\//.test(file.path)
          : name.startsWith('@aws-lambda-powertools') && !isRuntime(file)
        return isOut && `${name} belongs in functions/runtime`
      }),
    )
    expect(found).toEqual([])
  })

  test('CDK is known in infra/aws alone', () => {
    const outside = sources.filter(({ path }) => !path.startsWith('infra/aws/'))
    const found = breaches(outside, (file) =>
      importsOf(file).map((name) => /^(aws-cdk-lib|constructs|cdk-nag)\b/.test(name) && name),
    )
    expect(found).toEqual([])
  })

  test('planning knows no duty, and duties know no store and no channel', () => {
    const found = breaches(sources, ({ path, ...file }) => {
      const forbidden = /^shared\/planning\//.test(path)
        ? /^shared\/(duties|store|channels)\//
        : /^shared\/duties\//.test(path) && /^shared\/(store|channels)\//
      return forbidden ? importsOf({ path, ...file }).map((name) => forbidden.test(name) && name) : []
    })
    expect(found).toEqual([])
  })

  test('no circle of files, of which each imports the next, be it a type', () => {
    expect(circlesOf(new Map([...sources, ...tests].map((file) => [file.path, importsOf(file)])))).toEqual([])
  })

  test('no two folders import each other', () => {
    const found = new Set(
      sources.flatMap((file) => importsOf(file).map((name) => `${dirname(file.path)} ${dirname(name)}`)),
    )
    const mutual = [...found].filter((pair) => {
      const [from = '', to = ''] = pair.split(' ')
      return from < to && found.has(`${to} ${from}`)
    })
    expect(mutual).toEqual([])
  })

  test('every id is put together and taken apart in shared/casefile/ids.ts', () => {
    const outside = sources.filter(({ path }) => path !== 'shared/casefile/ids.ts')
    const found = breaches(outside, ({ text }) => [/split\('_'\)|startsWith\('[a-z]+[_:]'\)/.exec(text)?.[0]])
    expect(found).toEqual([])
  })

  test('functions know no duty by its id', () => {
    const inside = sources.filter(({ path }) => path.startsWith('functions/'))
    const found = breaches(inside, ({ text }) => [/'[A-Z]{2,6}-\d{2}/.exec(text)?.[0]])
    expect(found).toEqual([])
  })

  test('an exported function says what it is for, and what it throws', () => {
    const found = breaches(sources, ({ text }) =>
      [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map((match) => {
        const before = text.slice(0, match.index)
        const docstring = before.endsWith('*/\n') ? before.slice(before.lastIndexOf('/**')) : ''
        const body = text.slice(match.index, text.indexOf('\n}\n', match.index))
        if (docstring === '') return `${match[1]} has no docstring`
        return (
          /\bthrow new\b/.test(body) && !/throws/i.test(docstring) && `${match[1]} throws and does not say so`
        )
      }),
    )
    expect(found).toEqual([])
  })

  test('no file is dead: each is imported, or started by a script, a command or a handler', () => {
    const scripts = ['package.json', 'cdk.json', 'infra/commands/throughcare.ts']
      .map((path) => readFileSync(join(ROOT, path), 'utf8'))
      .join()
    const imported = new Set(sources.flatMap(importsOf))
    const dead = sources.filter(
      (file) => !imported.has(file.path) && !scripts.includes(file.path) && !isHandler(file),
    )
    expect(dead.map((file) => file.path)).toEqual([])
  })

  test('nothing is exported that nobody imports', () => {
    const all = [...sources, ...tests]
    const found = breaches(sources, (file) =>
      [...file.text.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm)].map(
        ([, name = '']) => {
          const isUsed = all.some(
            (other) => other.path !== file.path && new RegExp(`\\b${name}\\b`).test(other.text),
          )
          return !isUsed && `${name} is exported for nobody`
        },
      ),
    )
    expect(found).toEqual([])
  })

  test('folders are named for what they know, and no file only passes others on', () => {
    const vague = /(^|\/)(utils?|helpers?|common|types|services|lib|misc)(\/|$)|\/index\.ts$/
    expect(paths.filter((path) => vague.test(path))).toEqual([])
  })

  test('tests patch nothing at run time', () => {
    expect(breaches(tests, (file) => [/\bvi\.(mock|spyOn|stubGlobal|fn)\b/.exec(file.text)?.[0]])).toEqual([])
  })

  test('one word per idea: a notice is never also something else', () => {
    const instead: Record<string, string> = {
      notification: 'notice',
      alarm_clock: 'wake',
      job: 'wake or tick',
      task: 'notice',
    }
    const found = breaches(sources, (file) =>
      Object.entries(instead).map(([word, better]) => {
        const use = new RegExp(`\\b${word}s?\\b`, 'i').exec(codeOf(file))
        return use !== null && `"${use[0]}" is banned, say ${better}`
      }),
    )
    expect(found).toEqual([])
  })

  test('sample data is invented: drama telephone numbers, example addresses, and a mailbox that is nobody’s', () => {
    const found = breaches([...sources, ...tests], ({ text }) => [
      ...[...text.matchAll(/[\w.-]+@([\w-]+\.[\w.-]+)/g)].map(
        ([address, host = '']) =>
          !/(^|\.)example(\.|$)|^example\.|^simulator\.amazonses\.com$/.test(host) &&
          `${address} is not an example`,
      ),
      ...[...text.matchAll(/\b07\d{3} ?\d{6}\b/g)].map(
        ([number]) => !/^07700 ?900\d{3}$/.test(number) && `${number} could be somebody's`,
      ),
    ])
    expect(found).toEqual([])
  })
})

describe('what is written about this repository', () => {
  const pages = paths
    .filter((path) => /^(README|CONTRIBUTING|docs\/.*|\.github\/.*)\.(md|yml)$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const isThere = (path: string) => existsSync(join(ROOT, path))

  test('names files and folders that are there', () => {
    const rooms = /`((?:shared|functions|infra|tests|docs)\/[\w./-]*)`/g
    const found = breaches(pages, ({ text }) =>
      [...text.matchAll(rooms)].map(([, path = '']) => !isThere(path) && `there is no ${path}`),
    )
    expect(found).toEqual([])
  })

  test('links to pages that are there', () => {
    const found = breaches(pages, ({ path, text }) =>
      [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
        ([, link = '']) => !isThere(join(dirname(path), link)) && `there is no ${link}`,
      ),
    )
    expect(found).toEqual([])
  })

  test('shows code that is there', () => {
    const code = new Set(
      [...sources, ...tests].flatMap(({ text }) => text.split('\n').map((line) => line.trim())),
    )
    const found = breaches(pages, ({ text }) =>
      [...text.matchAll(/```ts\n([\s\S]*?)```/g)]
        .flatMap(([, shown = '']) => shown.split('\n').map((line) => line.trim()))
        .map((line) => line !== '' && !code.has(line) && `nothing reads "${line}"`),
    )
    expect(found).toEqual([])
  })

  test('lists each decision by its title', () => {
    const isDecision = /^docs\/decisions\/(\d+)-.*\.md$/
    const titles = pages.flatMap(({ path, text }) => {
      const [title = ''] = text.split('\n')
      return isDecision.test(path)
        ? [`${title.slice(2).replace('. ', '. [')}](${path.split('/').at(-1)})`]
        : []
    })
    const index = pages.find(({ path }) => path === 'docs/decisions/README.md')?.text ?? ''
    expect(index.split('\n').filter((line) => /^\d/.test(line))).toEqual(titles)
  })

  test('gives commands that npm knows', () => {
    const found = breaches(pages, ({ text }) =>
      [...text.matchAll(/\bnpm run (?:--silent )?([\w-]+)/g)].map(
        ([, script = '']) => !(script in manifest.scripts) && `there is no script ${script}`,
      ),
    )
    expect(found).toEqual([])
  })

  test('draws the rooms that are there, and all of them', () => {
    const readme = pages.find(({ path }) => path === 'README.md')?.text ?? ''
    const [, tour = ''] = /## A tour\n\n```\n([\s\S]*?)```/.exec(readme) ?? []
    let outer = ''
    const drawn = tour.split('\n').flatMap((line) => {
      const [, indent = '', names = ''] = /^( *)((?:\w+\/ *)+)/.exec(line) ?? []
      const rooms = names.split(/ +/).filter(Boolean)
      if (indent === '') outer = rooms[0] ?? ''
      return indent === '' ? [] : rooms.map((room) => outer + room)
    })
    const there = paths.flatMap((path) => /^(?:shared|functions|infra)\/\w+\//.exec(path) ?? [])
    expect(drawn.toSorted()).toEqual([...new Set(there)].sort())
  })

  test('says of each dependency why it is there', () => {
    const readme = pages.find(({ path }) => path === 'README.md')?.text ?? ''
    const [, table = ''] = readme.split('## Dependencies')
    const named = [...table.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    const isNamed = (dependency: string) =>
      named.some(
        (name) => name === dependency || (name.endsWith('*') && dependency.startsWith(name.slice(0, -1))),
      )
    const { dependencies, devDependencies, optionalDependencies } = manifest
    const all = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
    expect(all.filter((dependency) => !isNamed(dependency))).toEqual([])
    expect(named.filter((name) => !name.endsWith('*') && !all.includes(name))).toEqual([])
  })
})
