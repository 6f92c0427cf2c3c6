import { intake } from '../../functions/intake/intake.ts'
import { forecast } from '../../functions/web/casefiles/forecast.ts'
import { pastRow } from '../../functions/web/casefiles/rows.ts'
import { DAY_MS, type Instant } from '../../shared/calendar/london.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import { type CasefileId, readCasefileId } from '../../shared/casefile/ids.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import { type Rules, rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { exitWith, mistakeIn, needed } from '../command-line.ts'
import { type Kept, openData, readData } from '../local/data-folder.ts'

/** What commands read: casefiles, and the rules by which they are planned. */
export type Opened = {
  readonly store: Store
  readonly rules: Rules
  close(): void
}

/** The folder of one machine. */
type Folder = Opened & { readonly kept: Kept }

/** The flags that say where to read: the folder of one machine, or a table on AWS. */
export const PLACE = {
  data: { type: 'string' },
  table: { type: 'string' },
  stage: { type: 'string' },
} as const
export const PLACE_USAGE = `  --data FOLDER    the folder of one machine, which may be running
  --table NAME     or the table of a stage on AWS, with
  --stage NAME     the name of that stage, whose duty modes and bank holidays apply`

type Place = { readonly [Flag in keyof typeof PLACE]?: string | undefined }

/** Opens what a command reads. Ends the process if that is not given, or cannot be read. */
export async function openToRead({ data, table, stage }: Place): Promise<Opened> {
  if ((table === undefined) === (data === undefined)) {
    exitWith('expected one of --data and --table; --help describes them')
  }
  if (table === undefined) return openBeside(needed(data, '--data'))
  const { openTable, rulesOfStage } = await import('./table.ts')
  return { rules: await rulesOfStage(needed(stage, '--stage')), ...openTable(table) }
}

/** Opens a folder for reading, whether or not its service is running. Ends the process if that fails. */
export function openBeside(folder: string): Folder {
  return orExit(() => opened(readData(folder), () => {}))
}

/** Opens the folder of a stopped service for writing. Ends the process if that fails. */
export function openStopped(folder: string): Folder {
  return orExit(() => {
    readData(folder)
    const { release, ...kept } = openData(folder, Date.now())
    return opened(kept, release)
  })
}

/**
 * Every notice of a casefile, earliest first: what became of those that were due, and what will become of those due
 * within a year if nothing else happens. Undefined if there is no such casefile.
 */
export async function noticesOf(id: CasefileId, { store, rules }: Opened, now: Instant) {
  const stored = await store.open(id)
  if (!stored) return undefined
  const { events, entries } = stored
  const casefile = openCasefile(id, events, entries)
  const records = { ledger: casefile.ledger, events, texts: new Map() }
  const known = entries.map((entry) => pastRow(id, entry, records))
  const ahead = await neighboursOf(
    casefile,
    store.events,
  )((neighbours) => forecast({ casefile, neighbours, events, rules }, now, now + AHEAD_DAYS * DAY_MS))
  const notices = [...known, ...ahead].map(({ text: _, ...row }) => row).sort((a, b) => a.at - b.at)
  return { notices, events }
}

/** Takes events into the folder of a stopped service: what they make due is told once it starts. */
export function takingInto(store: Store) {
  const ports = { store, queue: { send: async () => {} }, now: Date.now }
  return (event: Parameters<typeof intake>[0]) => intake(event, ports)
}

export type NoticeOfCasefile = NonNullable<Awaited<ReturnType<typeof noticesOf>>>['notices'][number]

const AHEAD_DAYS = 366

/** Reads the value of `--casefile`. Ends the process if it is not the id of a casefile. */
export function casefileIn(written: string): CasefileId {
  try {
    return readCasefileId(written)
  } catch {
    return exitWith(
      `--casefile: expected the id of a casefile, such as order:O-1001, not ${JSON.stringify(written)}`,
    )
  }
}

function opened(kept: Kept, release: () => void): Folder {
  const { goLive, dutyModes, letterheads } = kept
  const store = sqliteStore(kept.file)
  return {
    ...{ kept, store, rules: rulesWith({ goLive, dutyModes, letterheads }) },
    close() {
      store.close()
      release()
    },
  }
}

function orExit<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    return exitWith(`--data: ${mistakeIn(error) ?? (error as Error).message}`)
  }
}
