import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LINE_KINDS, type LineKindName } from '../../shared/acts/lines.ts'
import { kindOf } from '../../shared/casefile/ids.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import type { Written } from '../../shared/messages/dates.ts'
import type { ActPorts } from '../acts/acts.ts'
import { columnsFor, readCaseload, takeCaseload } from '../acts/caseload.ts'
import { foresee } from './acts/foresee.ts'
import { casefilesNaming } from './casefiles/own-casefiles.ts'
import { sayIn } from './frame/welsh.ts'
import { type AuditPorts, writeDown, writeRefusal } from './reader/audit.ts'
import type { StaffPages } from './reader/reader.ts'
import type { Page, Showing } from './reader/showing.ts'

/** Lambda accepts 6 MB in one request, and API Gateway passes a file on in base64, a third longer. */
const FILE_BYTES_MAX = 4 * 1024 * 1024
const NAMES = Object.keys(LINE_KINDS) as LineKindName[]
/** More than anybody would correct in one go. */
const WRONG_SHOWN = 100

export type CaseloadPorts = ActPorts &
  AuditPorts & {
    /** Starts a request’s time limit; the returned function says whether any is left. Without it there is no limit. */
    readonly beginTime?: () => () => boolean
  }

/**
 * A caseload from a file: checked first, and taken in only if all of it is correct. The file is sent with both requests,
 * so that none of it is kept in between; if time runs out, it is sent once more and taking in continues where it
 * stopped.
 */
export function serveCaseload(app: Hono<StaffPages>, ports: CaseloadPorts, showing: Showing): void {
  app.get('/caseload', async (c) => showForm(c, {}, ports, showing))
  app.get('/caseload/done', (c) =>
    showing.show(c, 'caseload-done', {
      events: Number(c.req.query('events')),
      kind: kindIn(c.req.query('kind')),
    }),
  )
  const tooLarge = (c: Page) => {
    const say = sayIn(c.get('language'))
    return refuse(c, say('The file is too large: send 4 MB at most'), ports, showing)
  }
  const limit = bodyLimit({
    maxSize: FILE_BYTES_MAX,
    onError: (c) => tooLarge(c as Page) as Promise<Response>,
  })
  app.post('/caseload', limit, async (c) => {
    const isTime = ports.beginTime?.()
    const { kind: said, file, csv: again, step, taken: before } = await c.req.parseBody()
    const say = sayIn(c.get('language'))
    const kind = kindIn(said)
    if (!kind) return refuse(c, say('Choose what the file holds'), ports, showing)
    const csv = typeof again === 'string' ? again : await textOf(file)
    if (csv === undefined)
      return refuse(c, say('Choose a file in UTF-8, as spreadsheets save “CSV UTF-8”'), ports, showing)
    const caseload = await readCaseload(csv, kind, c.get('reader'), ports, isTime)
    if (caseload.is === 'wrong') {
      for (const others of caseload.refused ?? []) writeRefusal(c, ports, others)
      c.status(422)
      return showForm(
        c,
        { ...caseload, kind, wrong: caseload.wrong.slice(0, WRONG_SHOWN), count: caseload.wrong.length },
        ports,
        showing,
      )
    }
    const { lines, events, known } = caseload
    if (step === 'do') {
      const count = await takeCaseload(events, ports.take, isTime)
      const details = { kind, lines, events: count }
      writeDown(c, ports, { what: 'CASELOAD_TAKEN_IN', subjectId: kind, subjectType: 'LIST', details })
      const taken = (Number(before) || 0) + count
      const left = events.length - count
      if (left > 0) return showing.show(c, 'caseload-part', { kind, csv, taken, left })
      return c.redirect(`/caseload/done?kind=${kind}&events=${taken}`, 303)
    }
    const counts = await foresee(caseload.would, ports, isTime)
    return showing.show(c, 'caseload-check', { kind, csv, lines, known, events: events.length, ...counts })
  })
}

function kindIn(said: unknown): LineKindName | undefined {
  return NAMES.find((one) => one === said)
}

/** The text of an uploaded file; undefined if there is none, or if it is in another encoding. */
async function textOf(file: unknown): Promise<string | undefined> {
  if (!(file instanceof File) || file.size === 0) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return undefined
  }
}

function refuse(c: Page, error: string, ports: ActPorts, showing: Showing) {
  c.status(422)
  return showForm(c, { error }, ports, showing)
}

async function showForm(c: Page, facts: object, ports: ActPorts, { show }: Showing) {
  const [reader, language] = [c.get('reader'), c.get('language')]
  const kinds = await Promise.all(
    (await offered(reader, ports)).map(async (name) => ({
      name,
      columns: (await columnsFor(name, reader, ports))?.map((column) => columnOf(column, language)),
    })),
  )
  return show(c, 'caseload', { ...facts, kinds: kinds.filter(({ columns }) => columns !== undefined) })
}

/** The kinds of line that a reader may bring in. */
async function offered(reader: Reader, { store }: Pick<ActPorts, 'store'>): Promise<LineKindName[]> {
  if (reader.reads === 'everything') return NAMES
  const kinds = new Set((await casefilesNaming(reader.contactIds, store)).map(kindOf))
  return NAMES.filter((name) => LINE_KINDS[name].kind === 'contact' || kinds.has(LINE_KINDS[name].kind))
}

type Column = NonNullable<Awaited<ReturnType<typeof columnsFor>>>[number]

/** What a column must contain. */
function columnOf({ name, label, as }: Column, language: Written) {
  return {
    name,
    label: label.en === name ? '' : label[language],
    as:
      typeof as === 'object'
        ? as.options.map(({ value }) => value).filter((one) => one !== 'somebody-else')
        : sayIn(language)(HOW[as] ?? ''),
  }
}

const HOW: Readonly<Record<string, string>> = {
  day: '2026-03-09 or 9/3/2026',
  moment: '2026-03-09 14:00 or 9/3/2026 2pm',
  time: '14:00 or 2pm',
  tick: 'yes, or nothing',
  contact: 'e-mail address, mobile number or contact reference',
  number: 'a whole number',
  code: 'a reference or code',
}
