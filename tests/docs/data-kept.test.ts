import { expect, test } from 'vitest'
import { exampleOf, PUBLISHED, type PublishedType } from '../../infra/contract/examples.ts'
import { schemaOf } from '../../infra/contract/schemas.ts'
import { type Kind, kindOf } from '../../shared/casefile/ids.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { typeOnTheWire } from '../../shared/casefile/write-event.ts'
import { LASTING } from '../../shared/duties/retention.ts'
import { rulesWith } from '../../shared/planning/rules.ts'

/** Which casefiles hold which fields of which events, and for how long: read from the schemas, the routing and retention. */

const { retentionMonths } = rulesWith().settings

function page(): string {
  const types = PUBLISHED.filter((type) => !type.startsWith('notice.'))
  const held = types.flatMap((type) => [...kindsOf(type)].map((kind) => ({ kind, type })))
  const byKind = [...Map.groupBy(held, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '# What is kept, field by field',
    '',
    'For an impact assessment: by kind of casefile, the events that it holds and what each may say, with the CRN and',
    'prison number of the person it names. `npm test -- tests/docs -u` prints this page from the schemas, the routing',
    'and the rules of retention, and a test holds it to them. [Data protection](data-protection.md) says where, who',
    'can read it. Beside these each casefile has the ledger and texts of its own notices, and their receipts.',
    ...byKind.flatMap(([kind, events]) => ['', `## ${kind}`, '', keptFor(kind), '', ...linesOf(events)]),
    '',
  ].join('\n')
}

/** The kinds of casefile that hold an event: of one that may be of an order or of a release, both. */
function kindsOf(type: PublishedType): ReadonlySet<Kind> {
  const example = exampleOf(type) as { additionalInformation: { orderId?: string } }
  const { orderId: _, ...others } = example.additionalInformation
  const isOfEither = fieldsOf(type).includes('releaseId') && fieldsOf(type).includes('orderId')
  const ofRelease = { ...example, additionalInformation: { ...others, releaseId: 'R-1' } }
  const kinds = (isOfEither ? [example, ofRelease] : [example]).flatMap((one) => {
    const reading = readEvent(JSON.stringify(one), Number.MAX_SAFE_INTEGER)
    if (reading.is !== 'event') throw new Error(`the example of ${type} is not read`)
    return casefilesOf(reading.event).map(kindOf)
  })
  return new Set(kinds)
}

function fieldsOf(type: PublishedType): string[] {
  return Object.keys(schemaOf(type).properties?.additionalInformation?.properties ?? {})
}

function keptFor(kind: Kind): string {
  return LASTING.includes(kind)
    ? `What is superseded, and ${retentionMonths} months old, goes; what stands is kept until it is removed by hand.`
    : `All of it goes ${retentionMonths} months after the last that happens in it or is due.`
}

function linesOf(events: readonly { readonly type: PublishedType }[]): string[] {
  return [
    '| event | fields |',
    '|---|---|',
    ...events.map(({ type }) => `| \`${typeOnTheWire(type)}\` | ${fieldsOf(type).join(', ')} |`),
  ]
}

test('the page says what the schemas, the routing and retention say', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/data-kept.md')
})
