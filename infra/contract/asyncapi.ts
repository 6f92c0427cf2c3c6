import manifest from '../../package.json' with { type: 'json' }
import { ACTS } from '../../shared/acts/all.ts'
import { typeOnTheWire } from '../../shared/casefile/write-event.ts'
import { ANSWERS } from '../../shared/messages/answers.ts'
import { CONTRACT_TYPES, type ContractType, isPublished, PUBLISHED } from './examples.ts'

/** What other services are told: notices given, providers' reports, and what people do, answer and write back. */
export const TOLD: readonly ContractType[] = [
  ...new Set<ContractType>([
    'contact.opted-out',
    'contact.opted-in',
    'contact.disowned',
    'reply.received',
    ...Object.values(ANSWERS)
      .flat()
      .map(({ type }) => type),
    ...ACTS.map(({ event }) => event).filter(isPublished),
    'notice.given',
    'notice.delivered',
    'notice.failed',
  ]),
]

/** The AsyncAPI document: the events that are taken in, and those that other services are told of. */
export function asyncApi(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Throughcare events',
      version: manifest.version,
      description: 'Events in the envelope of HMPPS domain events. The contract only grows.',
      license: { name: manifest.license },
    },
    defaultContentType: 'application/json',
    channels: {
      in: {
        title: 'Events in',
        description:
          'A queue on AWS, with the event as the body or in the wrapper of an SNS notification; over HTTP see openapi.yaml. At least once, in any order: an eventId says which are the same. A type that is not listed is acknowledged and dropped.',
        messages: messagesOf(PUBLISHED),
      },
      out: {
        title: 'Events out',
        description:
          'A topic of SNS on AWS. The message attribute eventType is the type, to filter by. In any order, and at least once, an eventId says which are the same; of what was given, once at most where the topic fails or a process dies: the ledger has it.',
        messages: messagesOf(TOLD),
      },
    },
    operations: {
      takeIn: {
        action: 'receive',
        channel: { $ref: '#/channels/in' },
        summary: 'Something happened elsewhere',
      },
      tellOthers: { action: 'send', channel: { $ref: '#/channels/out' }, summary: 'Something happened here' },
    },
    components: {
      messages: Object.fromEntries(CONTRACT_TYPES.map((type) => [typeOnTheWire(type), messageOf(type)])),
    },
  }
}

function messagesOf(types: readonly ContractType[]): object {
  const names = types.map(typeOnTheWire)
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]))
}

function messageOf(type: ContractType): object {
  const name = typeOnTheWire(type)
  return { name, payload: { schemaFormat: JSON_SCHEMA, schema: { $ref: `./events/${name}.json` } } }
}

const JSON_SCHEMA = 'application/schema+json;version=2020-12'
