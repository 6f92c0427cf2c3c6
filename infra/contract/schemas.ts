import * as z from 'zod'
import { EVENTS } from '../../shared/casefile/events.ts'
import { ONLY_TOLD } from '../../shared/casefile/our-event.ts'
import { Envelope } from '../../shared/casefile/read-event.ts'
import { typeOnTheWire } from '../../shared/casefile/write-event.ts'
import { type ContractType, exampleOf } from './examples.ts'

/** A JSON Schema, with the keywords of the 2020-12 draft that are used here. */
export type JsonSchema = {
  readonly [word: string]: unknown
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
}

/** The JSON Schema of a whole event in its recommended form, with an example; intake also accepts looser forms. */
export function schemaOf(type: ContractType): JsonSchema {
  const { $schema, properties, required, ...envelope } = toJsonSchema(Envelope)
  const info = toJsonSchema({ ...EVENTS, ...ONLY_TOLD }[type])
  return {
    $schema,
    title: typeOnTheWire(type),
    ...envelope,
    properties: {
      eventType: { const: typeOnTheWire(type) },
      version: { type: 'integer', description: 'decides nothing' },
      ...properties,
      description: { type: 'string' },
      detailUrl: { type: 'string' },
      personReference: PERSON_REFERENCE,
      additionalInformation: { ...info, $schema: undefined },
    },
    required: ['eventType', ...(required ?? []), ...(info.required ? ['additionalInformation'] : [])],
    examples: [exampleOf(type)],
  }
}

const PERSON_REFERENCE: JsonSchema = {
  type: 'object',
  properties: {
    identifiers: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          type: { type: 'string', description: 'CRN, or NOMS for a prison number' },
          value: { type: 'string', description: 'such as X900001, or A9000AA' },
        },
        required: ['type', 'value'],
      },
    },
  },
}

/** The JSON Schema of a zod schema's input, with its own error messages as descriptions. */
function toJsonSchema(schema: z.core.$ZodType): JsonSchema {
  const said = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: addWhatIsExpected })
  return said as JsonSchema
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>

function addWhatIsExpected({ zodSchema, jsonSchema }: Parameters<Override>[0]): void {
  const expected = expectedOf(zodSchema)
  if (expected !== undefined) jsonSchema.description ??= expected
  for (const one of jsonSchema.anyOf ?? []) if (one.description === expected) delete one.description
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  const { def } = zodSchema._zod
  if (def.type !== 'pipe') return
  // A list's elements are read only after they were counted, and so by the schema that follows.
  if (def.out._zod.def.type === 'array') Object.assign(jsonSchema, { items: toJsonSchema(def.out).items })
  // A value that is read in any form, and dropped if unusable, is described as text.
  if (def.in._zod.def.type === 'unknown') jsonSchema.type = 'string'
}

/** The strictest expectation that a schema states, in the words that intake uses in a refusal. */
function expectedOf(schema: z.core.$ZodType): string | undefined {
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  if (def.type === 'pipe') return expectedOf(def.out) ?? expectedOf(def.in)
  const checks = (def.checks ?? []).map((check) => check._zod.def.error)
  const messages = [def.error, ...checks]
    .map((error) => error?.({} as never))
    .filter((one) => typeof one === 'string')
  return messages.at(-1)?.replace(/^expected /, '')
}
