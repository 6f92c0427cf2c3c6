import type { Act, Field } from '../../shared/acts/act.ts'
import { ACTS } from '../../shared/acts/all.ts'
import type { Boxes } from '../../shared/acts/form.ts'
import type { LineKind } from '../../shared/acts/lines.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, casefileId } from '../../shared/casefile/ids.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import type { Reader } from '../../shared/directory/readers.ts'
import {
  contactIdsOf,
  type Offer,
  type OpenedCasefile,
  type OpenPorts,
  offersTo,
  openFor,
  placeOf,
  SUPPORT,
} from './acts.ts'
import { othersIn } from './doing.ts'

/** A line that is right by itself. */
export type Read = {
  readonly line: number
  readonly offer: Offer
  readonly opened: OpenedCasefile
  readonly said: Boxes
  readonly reference: string | undefined
}

export type LinePlaces = ReturnType<typeof linePlaces>

/** The casefiles that the lines of a file are about, each opened once. */
export function linePlaces(kind: LineKind, reader: Reader, ports: OpenPorts) {
  const acts = ACTS.filter((one) => one.kind === kind.kind && one.event === kind.event)
  const opening = new Map<CasefileId, Promise<OpenedCasefile | undefined>>()
  const open = (id: CasefileId) => {
    const opened = opening.get(id) ?? openFor(reader, id, ports)
    opening.set(id, opened)
    return opened
  }
  const idsOf = (cells: Boxes): CasefileId[] =>
    kind.place === undefined
      ? contactIdsOf(reader).map((contactId) => casefileId('contact', contactId))
      : [casefileId(kind.kind, cells[kind.place]?.trim() ?? '')]
  const offers = new Map<CasefileId, Offer | undefined>()
  const offerIn = (opened: OpenedCasefile) => {
    const { id } = opened.casefile
    if (!offers.has(id)) offers.set(id, offerOf(reader, opened, acts, kind.subject ?? ''))
    return offers.get(id)
  }
  const find = async (cells: Boxes) => {
    for (const id of idsOf(cells)) {
      const opened = await open(id)
      const offer = opened && offerIn(opened)
      if (offer) return { opened, offer }
    }
    return undefined
  }
  return {
    reader,
    find,
    /** The fields of a line, whichever casefile it is about; undefined if its reader may import none. */
    async fields(): Promise<readonly Field[] | undefined> {
      const found = kind.place === undefined ? await find({}) : undefined
      if (kind.together) return found || kind.place !== undefined ? kind.together.fields : undefined
      if (found) return found.offer.act.fields(found.offer.about)
      const [act] = kind.place === undefined ? [] : acts
      const about = { ...openCasefile(casefileId(kind.kind, 'any'), [], []), now: ports.now() }
      return act?.fields({ ...about, subject: { key: '', settled: {} } })
    },
    /**
     * Whether what an event opens exists already. Only a reader of everything may open what others have named: anybody
     * else could give themselves a part in it.
     */
    async standing(
      event: DomainEvent,
      { reference, offer }: Read,
    ): Promise<'the same' | 'another' | 'nothing' | { readonly others: CasefileId }> {
      const others = await othersIn(reader, offer, [event], ports)
      if (others) return { others }
      const [id] = casefilesOf(event)
      const stored =
        id && (kind.place && !offer.act.opens ? (await open(id))?.stored : await ports.store.open(id))
      if (!stored) return 'nothing'
      if (stored.events.some(({ eventId }) => eventId === event.eventId)) return 'the same'
      if (kind.together && !offer.act.opens)
        return sameShifts(
          stored.events.findLast(({ type }) => type === event.type),
          event,
        )
      // A rota belongs to an area, which releases may name before it has a rota.
      const opens = kind.together ? undefined : offer.act.opens
      const isNamed = opens !== undefined && id === casefileId(opens, reference ?? '')
      if (isNamed && reader.reads !== 'everything') return 'another'
      const called = (one: DomainEvent) =>
        (one.info as Readonly<Record<string, unknown>>)[kind.reference ?? '']
      return stored.events.some((one) => one.type === event.type && called(one) === called(event))
        ? 'another'
        : 'nothing'
    },
  }
}

function sameShifts(last: DomainEvent | undefined, event: DomainEvent): 'the same' | 'nothing' {
  const shiftsIn = (one: DomainEvent | undefined) =>
    one?.type === 'rota.published' && digestOf(one.info.shifts)
  return shiftsIn(last) === shiftsIn(event) ? 'the same' : 'nothing'
}

function offerOf(
  reader: Reader,
  opened: OpenedCasefile,
  acts: readonly Act[],
  key: string,
): Offer | undefined {
  const offer = offersTo(reader, opened, acts).find(({ about }) => about.subject.key === key)
  if (offer || reader.reads !== 'everything') return offer
  const place = placeOf(opened)
  return acts
    .flatMap((act) =>
      act.subjects(place).map((subject) => ({ act, about: { ...place, subject }, doer: SUPPORT })),
    )
    .find(({ about }) => about.subject.key === key)
}
