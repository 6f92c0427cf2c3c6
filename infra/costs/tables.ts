import { KINDS } from '../../shared/casefile/ids.ts'
import { type Counts, costsOf, demandsOf, monthOf, type People, PRICES } from './costs.ts'

/** The work that is ours: people on alcohol treatment requirements, and whoever is released. */
const OURS: People = {
  ...{ orders: 12_000, releases: 57_277, clearances: 5_000, prisons: 122, areas: 100, workers: 1_000 },
}
/** A casefile for everybody under probation, and a release in the year of everybody in prison. */
export const EVERYBODY: People = {
  orders: 250_000,
  releases: 85_000,
  clearances: 5_000,
  prisons: 122,
  areas: 100,
  workers: 10_000,
}

const STEPS: readonly (readonly [name: string, people: People])[] = [
  ['our own work', OURS],
  ['England and Wales', EVERYBODY],
  ['ten times', times(EVERYBODY, 10)],
  ['a thousand times', times(EVERYBODY, 1_000)],
]

/** The page with its tables as the counts make them: each stands between `<!-- its name -->` and `<!-- end -->`. */
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
  const lines = STEPS.slice(0, 2).map(([name, people]) => {
    const costs = costsOf(monthOf(people, counts), PRICES)
    const texts = costs['End User Messaging'] ?? 0
    const rest = sum(costs) - texts
    return `- ${name}: **$${whole(texts + rest)} a month**, of which text messages are $${whole(texts)} and everything else is $${whole(rest)}`
  })
  return lines.join('\n')
}

/** A month of one casefile, by kind. */
function counted({ kinds }: Counts): string {
  const rows = KINDS.map((kind) => {
    const { months, events, emails, texts, parts, asked, audit, bytes, casefiles } = kinds[kind]
    const all = Object.values(asked)
    const units = (of: 'requests' | 'reads' | 'writes') => all.reduce((sum, one) => sum + one[of], 0)
    const wakes = (asked.rouse?.requests ?? 0) + (asked.postpone?.requests ?? 0)
    const month = [events, wakes, emails, texts, parts, units('requests'), units('reads'), units('writes')]
    return [
      kind,
      String(casefiles),
      ...month.map((count) => short(count / months)),
      short(audit.reads / casefiles),
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
  const months = STEPS.map(([, people]) => monthOf(people, counts))
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
  return table(['a month', ...STEPS.map(([name]) => name)], rows)
}

function dollars(counts: Counts): string {
  const columns = STEPS.map(([, people]) => costsOf(monthOf(people, counts), PRICES))
  const rows = Object.keys(columns[0] ?? {}).map((service) => [
    service,
    ...columns.map((costs) => whole(costs[service] ?? 0)),
  ])
  const withoutTexts = columns.map((costs) => whole(sum(costs) - (costs['End User Messaging'] ?? 0)))
  return table(
    ['dollars a month', ...STEPS.map(([name]) => name)],
    [
      ...rows,
      ['**together**', ...columns.map((costs) => `**${whole(sum(costs))}**`)],
      ['without text messages', ...withoutTexts],
    ],
  )
}

/** What each step wants of each bound, in bold where there is not enough. */
function demands(counts: Counts): string {
  const columns = STEPS.map(([, people]) => demandsOf(monthOf(people, counts), counts))
  const rows = Object.entries(columns[0] ?? {}).map(([name, { has }]) => [
    name,
    whole(has),
    ...columns.map((of) => {
      const wants = short(of[name]?.wants ?? 0)
      return (of[name]?.wants ?? 0) > has ? `**${wants}**` : wants
    }),
  ])
  return table(['at nine o’clock', 'there is', ...STEPS.map(([name]) => name)], rows)
}

function prices(): string {
  const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const rows = Object.entries(PRICES).map(([name, price]) => [
    words(name),
    String(price.dollars),
    whole(price.for),
    price.found,
  ])
  return table(['', 'dollars', 'for', 'found for'], rows)
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}

function times(people: People, factor: number): People {
  const { orders, releases, clearances, prisons, areas, workers } = people
  return {
    orders: orders * factor,
    releases: releases * factor,
    clearances: clearances * factor,
    prisons: prisons * factor,
    areas: areas * factor,
    workers: workers * factor,
  }
}

function sum(costs: Readonly<Record<string, number>>): number {
  return Object.values(costs).reduce((all, one) => all + one, 0)
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en-GB')
}

/** Two figures that count, below a hundred. */
function short(count: number): string {
  return count >= 100 ? whole(count) : String(Number(count.toPrecision(2)))
}
