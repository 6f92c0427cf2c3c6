import type { CatalogueRow } from '../../shared/duties/catalogue.ts'

/** The schedule as a page: every duty with its source, and whom each of its rows tells, when, and until when. */
export function schedulePage(rows: readonly CatalogueRow[]): string {
  const duties = [...Map.groupBy(rows, ({ duty, title }) => `${duty}: ${title.en}`)]
  return [
    '# The schedule',
    '',
    'Printed by `npm run duties -- --markdown` from the rows that run; a test holds this page to them, so that a',
    'change of a rule is a change of words here.',
    ...duties.flatMap(([heading, own]) => ['', `## ${heading}`, '', ...dutyLines(own)]),
    '',
  ].join('\n')
}

function dutyLines(rows: readonly CatalogueRow[]): string[] {
  return [
    `Source: ${rows[0]?.source}`,
    '',
    '| step | to | when | until |',
    '|---|---|---|---|',
    ...rows.map(({ step, to, when, until }) => `| ${[step, to, when, until].map(cell).join(' | ')} |`),
  ]
}

function cell(words: string): string {
  return words.replaceAll('|', '\\|')
}
