import { stringify } from 'yaml'
import { asyncApi } from './asyncapi.ts'
import { PUBLISHED, typeOnTheWire } from './examples.ts'
import { openApi } from './openapi.ts'
import { type JsonSchema, schemaOf } from './schemas.ts'

/** The published contract: the text of each of its files, by its path in docs/contract. */
export function contractFiles(): ReadonlyMap<string, string> {
  const events = [...contractSchemas()].map(
    ([name, schema]) => [`events/${name}.json`, asJson(schema)] as const,
  )
  return new Map([['asyncapi.yaml', asYaml(asyncApi())], ['openapi.yaml', asYaml(openApi())], ...events])
}

/** The schema of each event, by its name. */
export function contractSchemas(): ReadonlyMap<string, JsonSchema> {
  return new Map(PUBLISHED.map((type) => [typeOnTheWire(type), schemaOf(type)]))
}

function asJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

function asYaml(document: object): string {
  return stringify(document, { lineWidth: 110, aliasDuplicateObjects: false })
}
