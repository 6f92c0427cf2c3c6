import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../../infra/aws/constructs/function.ts'
import project from '../../../package.json' with { type: 'json' }

const EVERY = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/lib-dynamodb',
  'zod',
]
const BATCH = '@aws-lambda-powertools/batch'
const SNS = '@aws-sdk/client-sns'
const SQS = '@aws-sdk/client-sqs'
const TEXTS = '@aws-sdk/client-pinpoint-sms-voice-v2'

/**
 * What a function loads before its first event, of the packages that we depend on: each of them is milliseconds of
 * every cold start. Who adds one says why it cannot wait until it is used. All of them load what `EVERY` names.
 */
const LOADS: Readonly<Record<string, readonly string[]>> = {
  holidays: ['@aws-sdk/client-ssm'],
  intake: [BATCH, SQS, 'libphonenumber-js', 'temporal-polyfill'],
  probe: [SQS, 'libphonenumber-js', 'temporal-polyfill'],
  receipts: [BATCH, SNS, SQS, 'libphonenumber-js', 'temporal-polyfill'],
  reconcile: ['libphonenumber-js', 'temporal-polyfill'],
  replies: [BATCH, TEXTS, SNS, SQS, 'libphonenumber-js', 'sms-segments-calculator', 'temporal-polyfill'],
  tick: [SQS, 'temporal-polyfill'],
  wake: [
    ...[BATCH, '@aws-sdk/client-sesv2', TEXTS, SNS, SQS],
    ...['libphonenumber-js', 'nunjucks', 'sms-segments-calculator', 'temporal-polyfill'],
  ],
  web: [
    ...[TEXTS, SNS, SQS, '@hono/node-server', 'csv-parse', 'csv-stringify', 'hono', 'ical-generator', 'jose'],
    ...['libphonenumber-js', 'nunjucks', 'openid-client', 'sms-segments-calculator', 'temporal-polyfill'],
  ],
}

const folders = readdirSync(join(ROOT, 'functions'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/handler.ts'))
  .map((path) => path.slice(0, -'/handler.ts'.length))

/** The files that a bundle runs when it is loaded: not those behind an `import()`, nor those of which nothing is used. */
async function loadedBy(folder: string): Promise<Set<string>> {
  const entry = `functions/${folder}/handler.ts`
  const { metafile } = await build({
    ...{ absWorkingDir: ROOT, entryPoints: [entry], outfile: 'bundle.mjs', write: false, metafile: true },
    ...{ bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'], target: 'node24' },
    logLevel: 'silent',
  })
  const loaded = new Set([entry])
  for (const path of loaded) for (const file of importedBy(metafile.inputs[path])) loaded.add(file)
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  return new Set(
    kept.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 && loaded.has(path) ? [path] : [])),
  )
}

function importedBy(input: Metafile['inputs'][string] | undefined): string[] {
  return (input?.imports ?? [])
    .filter(({ kind, external }) => kind !== 'dynamic-import' && !external)
    .map(({ path }) => path)
}

function packagesOf(files: ReadonlySet<string>): string[] {
  const names = [...files].flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
  return [...new Set(names)].sort()
}

describe.each(folders)('the function %s', (folder) => {
  test('loads these packages of ours before its first event, and no others', async () => {
    const packages = packagesOf(await loadedBy(folder))
    expect(packages.filter((name) => name in project.dependencies)).toEqual(
      [...EVERY, ...(LOADS[folder] ?? [])].sort(),
    )
    // The library of GOV.UK Notify brings these: they take as long to load as all the rest of a function.
    expect(packages.filter((name) => ['axios', 'mime-db', 'jsonwebtoken'].includes(name))).toEqual([])
  })
})
