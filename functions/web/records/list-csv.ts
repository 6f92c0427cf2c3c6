import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { type Instant, londonClock } from '../../../shared/calendar/london.ts'
import { standing } from '../../../shared/casefile/appointment.ts'
import { booked } from '../../../shared/casefile/booked.ts'
import { openCasefile, type States } from '../../../shared/casefile/casefile.ts'
import { expiryOf } from '../../../shared/casefile/clearance.ts'
import { type CasefileId, keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import { orderRunsUntil } from '../../../shared/casefile/order-days.ts'
import { type Neighbours, neighboursOf } from '../../../shared/directory/neighbours.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import { casefilesOfKind, type Store } from '../../../shared/store/store.ts'
import type { OpenPorts } from '../../acts/acts.ts'
import type { ShownKind } from '../casefiles/casefiles.ts'
import { openOwn } from '../casefiles/own-casefiles.ts'
import { isLimited } from './limited.ts'

type Cells = Readonly<Record<string, string | number | undefined>>
type Ports = OpenPorts & { readonly store: Pick<Store, 'ofKind'> }
type Known = {
  readonly state: unknown
  readonly neighbours: Neighbours
  readonly now: Instant
  readonly key: string
}

/** What a list says of each casefile of a kind: a line each, or several of one that holds several things. */
const LINES: { readonly [K in ShownKind]: (known: Known) => readonly Cells[] } = {
  order: ({ state, now, key }) => {
    const order = state as States['order']
    const { terms, ended } = order
    const [next] = booked(order)
      .map((one) => standing(one).startsAt)
      .filter((at) => at > now)
      .sort((a, b) => a - b)
    return [
      {
        orderId: key,
        sentencedOn: terms?.sentencedOn,
        runsUntil: terms && orderRunsUntil(order, terms),
        ended: ended ? 'yes' : '',
        offenderManager: terms?.offenderManager,
        caseManager: terms?.caseManager,
        nextAppointment: next === undefined ? '' : londonClock(next).slice(0, 16),
        person: terms?.person,
      },
    ]
  },
  clearance: ({ state }) =>
    Object.values((state as States['clearance']).byId).map(
      ({ clearanceId, prisonId, confirmed, applied, ended }) => {
        const last = confirmed.at(-1)
        const { holder, organisationId } = last?.info ?? applied?.info ?? {}
        const lastValidDay = last && expiryOf(last)
        return { clearanceId, prisonId, organisationId, lastValidDay, ended: ended ? 'yes' : '', holder }
      },
    ),
  release: ({ state }) =>
    Object.values((state as States['release']).byId).map((one) => ({
      releaseId: one.releaseId,
      area: one.area,
      releaseOn: one.releaseOn,
      gateTime: one.gateTime,
      prisonId: one.prisonId,
      dutyOfficer: one.dutyOfficer,
      keyWorker: one.keyWorker,
      over: one.cancelled || one.closed ? 'yes' : '',
    })),
  prison: ({ state, key }) => {
    const { name, governor, vettingContact } = (state as States['prison']).details ?? {}
    return [{ prisonId: key, name, governor, vettingContact }]
  },
  rota: ({ state, key }) => [{ area: key, owner: (state as States['rota']).owner }],
  contact: ({ state, key }) => [
    { contactId: key, worksIn: (state as States['contact']).details?.worksIn?.join(' ') },
  ],
}

/** Whose name and numbers a line may bear: the column that names them. */
const ABOUT: Readonly<Record<string, string>> = { order: 'person', clearance: 'holder', contact: 'contactId' }

/** After so many casefiles others are served. */
const BATCH = 20

/**
 * A list of casefiles of one kind as CSV, of those that a reader may read: references and days, and names and numbers
 * where they are asked for. No limited-access case is in it. Who may read everything has them looked through.
 * Gives how many lines it has beside it.
 */
export async function listAsCsv(kind: ShownKind, withNames: boolean, reader: Reader, ports: Ports) {
  const lines: Cells[] = []
  let nth = 0
  for await (const id of idsOf(kind, reader, ports)) {
    if (nth++ % BATCH === 0) await setImmediate()
    if (!(await isLimited(id, ports.store))) lines.push(...(await linesOf(id, kind, withNames, ports)))
  }
  const nameOf = (line: Cells) => String(Object.values(line)[0])
  lines.sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }))
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  // What a spreadsheet would take for a formula is written so that it takes it for text.
  const csv = stringify(lines, {
    header: true,
    columns,
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
  return { csv, count: lines.length }
}

async function* idsOf(kind: ShownKind, reader: Reader, ports: Ports): AsyncGenerator<CasefileId> {
  if (reader.reads === 'their own') {
    for (const { casefile } of await openOwn(reader.contactIds, ports)) {
      if (kindOf(casefile.id) === kind) yield casefile.id
    }
    return
  }
  yield* casefilesOfKind(ports.store, kind)
}

async function linesOf(id: CasefileId, kind: ShownKind, withNames: boolean, { store, now }: Ports) {
  const { events = [], entries = [] } = (await store.open(id)) ?? {}
  const casefile = openCasefile(id, events, entries)
  const at = now()
  const person = events.map((one) => one.person)
  return neighboursOf(
    casefile,
    store.events,
  )((neighbours) =>
    LINES[kind]({ state: casefile.state, neighbours, now: at, key: keyOf(id) }).map((line) => {
      if (!withNames) return line
      const contactId = line[ABOUT[kind] ?? '']
      const { name, email, mobile, phone } = neighbours.get('contact', String(contactId)).details ?? {}
      return {
        ...line,
        ...(ABOUT[kind] && { name, email, mobile, phone }),
        ...((kind === 'order' || kind === 'release') && {
          crn: person.find(({ crn }) => crn)?.crn,
          prisonNumber: person.find(({ noms }) => noms)?.noms,
        }),
      }
    }),
  )
}
