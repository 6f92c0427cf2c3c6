import { stringify } from 'yaml'
import { PREFIX } from '../../shared/casefile/our-event.ts'
import { typeOnTheWire } from '../../shared/casefile/write-event.ts'
import { asyncApi } from './asyncapi.ts'
import { CONTRACT_TYPES, PUBLISHED } from './examples.ts'
import { openApi } from './openapi.ts'
import { type JsonSchema, schemaOf } from './schemas.ts'

/** The published contract: the text of each file, by its path in docs/contract. */
export function contractFiles(): ReadonlyMap<string, string> {
  const events = [...contractSchemas()].map(
    ([name, schema]) => [`events/${name}.json`, asJson(schema)] as const,
  )
  return new Map([
    ['asyncapi.yaml', asYaml(asyncApi())],
    ['openapi.yaml', asYaml(openApi())],
    ['filter-policy.json', asJson(filterPolicy())],
    ...events,
  ])
}

/** The events of the HMPPS domain event topic that we use, as an SNS subscription filter policy. */
function filterPolicy() {
  return { eventType: PUBLISHED.map(typeOnTheWire).filter((type) => !type.startsWith(PREFIX)) }
}

/** The schema of each event, by name. */
export function contractSchemas(): ReadonlyMap<string, JsonSchema> {
  return new Map(CONTRACT_TYPES.map((type) => [typeOnTheWire(type), schemaOf(type)]))
}

function asJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

function asYaml(document: object): string {
  return stringify(document, { lineWidth: 110, aliasDuplicateObjects: false })
}
