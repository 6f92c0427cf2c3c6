import * as z from 'zod'
import manifest from '../../package.json' with { type: 'json' }
import { EVENT_BYTES_MAX } from '../../shared/casefile/read-event.ts'
import { typeOnTheWire } from '../../shared/casefile/write-event.ts'
import { Inbound } from '../../shared/channels/inbound.ts'
import { PUBLISHED } from './examples.ts'

/**
 * The OpenAPI document: everything that other systems ask or tell over HTTP. The pages for people are not part of it.
 */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughcare over HTTP',
      version: manifest.version,
      description: 'What other systems ask and tell. The contract only grows.',
      license: { name: manifest.license, identifier: manifest.license },
    },
    servers: [
      { url: 'http://127.0.0.1:3000', description: 'One machine, which serves itself alone' },
      { url: 'https://{address}', variables: { address: { default: 'throughcare.example.org' } } },
    ],
    security: [],
    paths: {
      '/events': { post: EVENTS },
      '/receipts/notify': { post: RECEIPTS },
      '/replies': { post: REPLIES },
      '/replies/notify': { post: REPLIES_BY_NOTIFY },
      '/ping': { get: PING },
      '/health': { get: HEALTH },
      '/info': { get: INFO },
      '/clock': { post: CLOCK },
    },
    components: {
      securitySchemes: {
        sender: {
          type: 'http',
          scheme: 'bearer',
          description:
            "On AWS a token of the stage's issuer, on one machine what is in the file `token` of its folder, or a token of `senders.json`; a sample wants none. It may be for some kinds of event alone: what is of another is refused",
        },
        notify: { type: 'http', scheme: 'bearer', description: 'The token that GOV.UK Notify was given' },
      },
    },
  }
}

const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
})
const object = (properties: Readonly<Record<string, object>>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
})
const text = { type: 'string' }
const outcome = (...values: string[]) => object({ is: { type: 'string', enum: values } })
const TAKEN = ['accepted', 'duplicate', 'ignored', 'refused']

const ONE_EVENT = { anyOf: PUBLISHED.map((type) => ({ $ref: `./events/${typeOnTheWire(type)}.json` })) }
/** What became of one line; a body that is a single event is line 1. */
const LINE = object(
  {
    line: { type: 'integer', minimum: 1 },
    is: { type: 'string', enum: TAKEN },
    eventId: text,
    eventType: text,
    reason: text,
  },
  ['line', 'is'],
)
const lines = (description: string) => ({
  description: `${description} One object a line.`,
  content: { 'application/x-ndjson': { schema: LINE } },
})

const UNKNOWN_SENDER = json('The token is missing or not ours', object({ message: text }))

const EVENTS = {
  summary: 'Something happened',
  description: `One event of at most ${EVENT_BYTES_MAX / 1024} KB, bare or in the wrapper of SNS; or many, one a line, on AWS up to a thousand. Sending one again is harmless.`,
  operationId: 'takeIn',
  security: [{}, { sender: [] }],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: ONE_EVENT }, 'application/x-ndjson': { schema: ONE_EVENT } },
  },
  responses: {
    200: lines('What became of each.'),
    400: lines('All were refused, and why.'),
    401: UNKNOWN_SENDER,
  },
}

const RECEIPTS = {
  summary: 'GOV.UK Notify reports what became of a message',
  operationId: 'reportReceipt',
  security: [{ notify: [] }],
  requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
  responses: {
    200: json('It was taken in', outcome('accepted', 'duplicate', 'ignored')),
    400: json('It was not understood', outcome('refused')),
    403: json('The token is not ours', outcome('forbidden')),
  },
}

const REPLIES = {
  summary: 'Somebody replied to a text message; on one machine alone',
  operationId: 'reply',
  security: [{}, { sender: [] }],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: z.toJSONSchema(Inbound, { io: 'input' }) } },
  },
  responses: {
    200: json('It was heard', object({ is: text })),
    400: json('It was not understood', outcome('refused')),
    401: UNKNOWN_SENDER,
  },
}

const REPLIES_BY_NOTIFY = {
  summary: 'GOV.UK Notify hands over what somebody replied to a text message',
  operationId: 'replyByNotify',
  security: [{ notify: [] }],
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: object({ id: text, source_number: text, message: text }) },
    },
  },
  responses: {
    200: json('It was heard', outcome('accepted')),
    400: json('It was not understood', outcome('refused')),
    403: json('The token is not ours', outcome('forbidden')),
  },
}

const PING = {
  summary: 'Whether anybody is there',
  operationId: 'ping',
  responses: {
    200: { description: 'Somebody is', content: { 'text/plain': { schema: { const: 'pong' } } } },
  },
}

const HEARTBEAT = object({ lastTick: text, ageSeconds: { type: 'number' } })
/** Whether each provider worked when it was last used, by channel. */
const COMPONENTS = {
  type: 'object',
  additionalProperties: object({ status: { enum: ['UP', 'DOWN'] }, reason: text }, ['status']),
}
const health = (status: string) =>
  object({ status: { const: status }, now: text, heartbeat: HEARTBEAT, components: COMPONENTS })
const HEALTH = {
  summary: 'Whether the clock is running and messages are sent; on one machine alone',
  operationId: 'health',
  responses: {
    200: json('All is well', health('UP')),
    503: json('The clock stands still, or a provider takes nothing', health('DOWN')),
  },
}

const INFO = {
  summary: 'Which version this is; on one machine alone',
  operationId: 'info',
  responses: { 200: json('It is', object({ build: object({ name: text, version: text }) })) },
}

const CLOCK = {
  summary: 'Moves the clock of the sample caseload',
  operationId: 'moveClock',
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: object(
          {
            move: { type: 'string', enum: ['next-notice', 'day', 'week', 'run', 'stop'] },
            speed: { type: 'integer', description: 'for run: minutes a minute' },
            back: { type: 'string', description: 'the page to go back to' },
          },
          ['move'],
        ),
      },
    },
  },
  responses: { 303: { description: 'It was moved; the page to go back to' } },
}
