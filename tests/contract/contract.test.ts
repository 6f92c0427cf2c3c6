import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' }
import { validate } from '@readme/openapi-parser'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Kind, typeBeyond } from '../../functions/intake/senders.ts'
import { TOLD } from '../../infra/contract/asyncapi.ts'
import { contractFiles } from '../../infra/contract/contract.ts'
import { CONTRACT_TYPES, exampleOf, PUBLISHED } from '../../infra/contract/examples.ts'
import { schemaOf } from '../../infra/contract/schemas.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { EVENTS } from '../../shared/casefile/events.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'

const FOLDER = join(import.meta.dirname, '../../docs/contract')
const NOW = londonTime('2026-03-02', '12:00')

const read = (event: unknown) => readEvent(JSON.stringify(event), NOW)
const ajv = new Ajv2020({ strictTypes: false })

type Example = { readonly additionalInformation: Readonly<Record<string, unknown>> }
const saying = (example: Example, additionalInformation: object) => ({ ...example, additionalInformation })

describe('the published contract', () => {
  test('is what the schemas give: after a change of them, npm run contract', () => {
    const files = contractFiles()
    const there = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
    expect(there.toSorted()).toEqual([...files.keys()].toSorted())
    for (const [path, text] of files) expect(readFileSync(join(FOLDER, path), 'utf8'), path).toBe(text)
  })

  test('has every event but those that pass between casefiles', () => {
    const between = Object.keys(EVENTS).filter((type) => !PUBLISHED.some((published) => published === type))
    expect(between).toEqual([
      ...['address.delivered', 'address.failed', 'address.asked', 'address.told', 'address.replied'],
      'day.booked',
    ])
    const refusedTo = (type: string) =>
      typeBeyond(new Set(['every-kind', type]), JSON.stringify({ eventType: `throughcare.${type}` }))
    expect(between.map(refusedTo), 'they are taken from no sender').toEqual(between)
    expect(PUBLISHED.filter(refusedTo)).toEqual([])
    expect(
      between.filter((type) => Kind.safeParse(type).success),
      'nor can they be granted',
    ).toEqual([])
    expect(['address', 'day'].filter((noun) => Kind.safeParse(noun).success)).toEqual([])
  })

  test('is a document of AsyncAPI, by the schema of that standard', () => {
    const standard = formats.default(new Ajv({ strict: false, allErrors: true })).compile(asyncApiSchema)
    standard(parse(readFileSync(join(FOLDER, 'asyncapi.yaml'), 'utf8')))
    expect(standard.errors ?? []).toEqual([])
  })

  test('is a document of OpenAPI, every file that it refers to included', async () => {
    expect(await validate(join(FOLDER, 'openapi.yaml'))).toMatchObject({ valid: true, warnings: [] })
  })

  test('names every type of event that the code which tells others makes', () => {
    const folders = [
      'functions/answers',
      'functions/receipts',
      'functions/replies',
      'functions/wake',
      'shared/acts',
    ].map((room) => join(FOLDER, '../..', room))
    const code = folders.flatMap((folder) =>
      readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')),
    )
    const made = CONTRACT_TYPES.filter((type) => code.some((text) => text.includes(`'${type}'`)))
    expect(made.filter((type) => !TOLD.includes(type))).toEqual([])
    expect(made.length).toBeGreaterThan(5)
  })
})

test('what only we tell is passed by where it comes in', () => {
  expect(read(exampleOf('notice.given'))).toEqual({
    is: 'unknown-type',
    eventType: 'throughcare.notice.given',
  })
})

describe.each(PUBLISHED)('%s', (type) => {
  const isOfContract = ajv.compile(schemaOf(type))
  const example = exampleOf(type) as Example
  const { properties = {}, required = [] } = schemaOf(type).properties?.additionalInformation ?? {}

  test('has an example that is of the contract and that intake reads', () => {
    isOfContract(example)
    expect(isOfContract.errors ?? []).toEqual([])
    expect(read(example)).toMatchObject({ is: 'event', event: { type } })
  })

  test('without a field that is required, is neither', () => {
    for (const field of required) {
      const without = saying(example, { ...example.additionalInformation, [field]: undefined })
      expect(isOfContract(JSON.parse(JSON.stringify(without))), field).toBe(false)
      expect(read(without), field).toMatchObject({ is: 'refused' })
    }
  })

  test('with a value that is none of a list, is neither', () => {
    for (const [field, { enum: values }] of Object.entries(properties)) {
      if (!values) continue
      const other = saying(example, { ...example.additionalInformation, [field]: 'another' })
      expect(isOfContract(other), field).toBe(false)
      expect(read(other), field).toMatchObject({ is: 'refused' })
    }
  })
})
