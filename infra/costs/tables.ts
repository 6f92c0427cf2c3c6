import { KINDS } from '../../shared/casefile/ids.ts'
import { type Counts, costsOf, demandsOf, monthOf, type People, PRICES } from './costs.ts'

/** The people this service is for: on alcohol treatment requirements, and released from prison. */
const OURS: People = {
  orders: 12_000,
  releases: 57_277,
  clearances: 5_000,
  prisons: 122,
  areas: 100,
  workers: 1_000,
}
/** An order for everybody on probation, and a release in the year for everybody in prison. */
export const EVERYBODY: People = {
  orders: 250_000,
  releases: 85_000,
  clearances: 5_000,
  prisons: 122,
  areas: 100,
  workers: 10_000,
}

const SCALES: readonly (readonly [name: string, people: People])[] = [
  ['our own work', OURS],
  ['England and Wales', EVERYBODY],
  ['ten times', times(EVERYBODY, 10)],
  ['a thousand times', times(EVERYBODY, 1_000)],
]

/** The page with its tables replaced, each of which is between `<!-- its name -->` and `<!-- end -->`. */
export function withTables(page: string, counts: Counts): string {
  const tables = {
    bill: bill(counts),
    counted: counted(counts),
    month: monthly(counts),
    dollars: dollars(counts),
    demands: demands(counts),
    prices: prices(),
  }
  return Object.entries(tables).reduce(
    (written, [name, table]) =>
      written.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`),
        (_, start, end) => `${start}\n${table}\n\n${end}`,
      ),
    page,
  )
}

function bill(counts: Counts): string {
  const lines = SCALES.slice(0, 2).map(([name, people]) => {
    const costs = costsOf(monthOf(people, counts), PRICES)
    const texts = costs['End User Messaging'] ?? 0
    const rest = sum(Object.values(costs)) - texts
    return `- ${name}: **$${whole(texts + rest)} a month**, of which text messages are $${whole(texts)} and everything else is $${whole(rest)}`
  })
  return lines.join('\n')
}

/** A month of one casefile, by kind. */
function counted({ kinds }: Counts): string {
  const rows = KINDS.map((kind) => {
    const { months, events, emails, texts, parts, woken, requests, reconcile, bytes, casefiles } = kinds[kind]
    const all = Object.values(requests)
    const sumOf = (field: 'requests' | 'reads' | 'writes') => sum(all.map((one) => one[field]))
    const wakes = woken.byEvent + woken.byClock
    const month = [events, wakes, emails, texts, parts, sumOf('requests'), sumOf('reads'), sumOf('writes')]
    return [
      kind,
      String(casefiles),
      ...month.map((count) => short(count / months)),
      short(reconcile.reads / casefiles),
      short(bytes / casefiles / 1_024),
    ]
  })
  const heads = [
    '',
    'in the sample',
    'events',
    'wakes',
    'e-mails',
    'texts',
    'in parts',
    'requests',
    'read units',
  ]
  return table([...heads, 'write units', 'read units a night', 'KB kept'], rows)
}

function monthly(counts: Counts): string {
  const months = SCALES.map(([, people]) => monthOf(people, counts))
  const fields = {
    'casefiles kept': 'casefiles',
    events: 'events',
    wakes: 'wakes',
    'of them by the clock': 'wakesByClock',
    'e-mails': 'emails',
    'text messages': 'texts',
    'in parts': 'parts',
    'requests to the store': 'requests',
    'GB kept': 'gb',
  } as const
  const rows = Object.entries(fields).map(([name, field]) => [
    name,
    ...months.map((month) => whole(month[field])),
  ])
  return table(['a month', ...SCALES.map(([name]) => name)], rows)
}

function dollars(counts: Counts): string {
  const columns = SCALES.map(([, people]) => costsOf(monthOf(people, counts), PRICES))
  const rows = Object.keys(columns[0] ?? {}).map((service) => [
    service,
    ...columns.map((costs) => whole(costs[service] ?? 0)),
  ])
  const withoutTexts = columns.map((costs) =>
    whole(sum(Object.values(costs)) - (costs['End User Messaging'] ?? 0)),
  )
  return table(
    ['dollars a month', ...SCALES.map(([name]) => name)],
    [
      ...rows,
      ['**total**', ...columns.map((costs) => `**${whole(sum(Object.values(costs)))}**`)],
      ['without text messages', ...withoutTexts],
    ],
  )
}

/** What each size needs of each limit, in bold where it exceeds the limit. */
function demands(counts: Counts): string {
  const columns = SCALES.map(([, people]) => demandsOf(monthOf(people, counts), counts))
  const rows = Object.entries(columns[0] ?? {}).map(([name, { limit }]) => [
    name,
    whole(limit),
    ...columns.map((column) => {
      const needed = column[name]?.needed ?? 0
      return needed > limit ? `**${short(needed)}**` : short(needed)
    }),
  ])
  return table(['at nine o’clock', 'limit', ...SCALES.map(([name]) => name)], rows)
}

function prices(): string {
  const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const rows = Object.entries(PRICES).map(([name, price]) => [
    words(name),
    String(price.dollars),
    whole(price.per),
    price.region,
  ])
  return table(['', 'dollars', 'per', 'found for'], rows)
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}

function times(people: People, factor: number): People {
  return {
    orders: people.orders * factor,
    releases: people.releases * factor,
    clearances: people.clearances * factor,
    prisons: people.prisons * factor,
    areas: people.areas * factor,
    workers: people.workers * factor,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en-GB')
}

/** Two significant figures below a hundred, integers above. */
function short(count: number): string {
  return count >= 100 ? whole(count) : String(Number(count.toPrecision(2)))
}
