import { Temporal } from 'temporal-polyfill'
import { addDays, type LocalDate } from '../../../shared/calendar/london.ts'
import { workingDays } from '../../../shared/calendar/working-days.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import { SHIPPED_HOLIDAYS } from '../../../shared/planning/rules.ts'

/**
 * A caseload to start, rehearse and test with: nine months in which nearly everything happens that can. Everybody in it
 * is invented. It contains both clock changes, Christmas, Easter and the May bank holidays.
 *
 * Each casefile is one scenario. Its title is here next to its id and travels as the `description` of its events; its
 * event ids are its own id and a number, so `O-1003-014` is the fourteenth event of O-1003. The seed decides names,
 * languages, preferences, lengths and how untidily the events arrive; never a story.
 */
export const SAMPLE_FROM: LocalDate = '2026-09-01'
export const SAMPLE_TO: LocalDate = '2027-05-31'
/** In the middle of the sample, with something on every page. */
export const SAMPLE_OPENS: LocalDate = '2026-11-18'

/** One domain event in the contract's form; `receivedAt` is present only if it reached us late. */
export type SampleEvent = {
  eventType: string
  version: number | string
  eventId?: string
  occurredAt: string
  receivedAt?: string
  description?: string
  personReference?: { identifiers: { type: 'CRN' | 'NOMS'; value: string }[] }
  additionalInformation: Record<string, unknown>
}

/** London wall clock, `YYYY-MM-DDTHH:MM`. */
export type Local = string
export type Info = Record<string, unknown>
export type Story = { key: string; title?: string; crn?: string; noms?: string }
type Written = { event: SampleEvent; type: EventType; said: Local; arrives: number }
export type Pen = ReturnType<typeof newPen>

export const GO_LIVE: Local = `${SAMPLE_FROM}T00:00`
export const days = workingDays(SHIPPED_HOLIDAYS)
export const PEER = { route: 'psi-27-2014', role: 'peer mentor', confirmedBy: 'act' }
export const QUIET_CLEARANCES = 12

// ----------------------------------------------------------------------------------------------- the wire's ways

/** These may arrive late without changing the story. */
const MAY_COME_LATE: ReadonlySet<EventType> = new Set([
  'contact-sheet.read',
  'document.sent',
  'follow-up.recorded',
])

/** Repeated, late, without an id, without an offset, to the nanosecond: as real producers send them. By arrival. */
export function asTheWireBringsThem(pen: Pen): SampleEvent[] {
  const brought = pen.written.flatMap((told): Written[] => {
    const { event, type, said, arrives } = told
    if (said <= GO_LIVE) return [told]
    if (pen.oneIn(60)) event.version = String(event.version)
    if (pen.oneIn(60)) delete event.eventId
    const writing = pen.upTo(40)
    if (writing === 0) {
      event.occurredAt = `${said}:23.${331608915 + pen.upTo(1000)}` // and no offset
      if (!event.receivedAt) told.arrives += 23_331
    }
    if (writing === 1) event.occurredAt = instantAt(said).toString()
    if (MAY_COME_LATE.has(type) && pen.oneIn(20)) {
      const receivedAt = later(said, 60 + pen.upTo(1_800))
      return [
        { ...told, event: { ...event, receivedAt: onTheWire(receivedAt) }, arrives: epochOf(receivedAt) },
      ]
    }
    if (!event.eventId || !pen.oneIn(40)) return [told]
    const again = later(event.receivedAt ? event.receivedAt.slice(0, 16) : said, 5 + pen.upTo(90))
    return [
      told,
      {
        ...told,
        event: { ...event, receivedAt: onTheWire(again) },
        arrives: Math.max(epochOf(again), arrives),
      },
    ]
  })
  return brought.sort((a, b) => a.arrives - b.arrives).map(({ event }) => event)
}

/** Writes events, and is the only source of randomness. */
export function newPen(seed: number) {
  const random = mulberry32(seed)
  const upTo = (n: number) => Math.floor(random() * n)
  const written: Written[] = []
  const numberOf = new Map<string, number>()
  let mobiles = upTo(700)
  return {
    written,
    upTo,
    oneIn: (n: number) => upTo(n) === 0,
    pick: <T>(from: readonly T[]): T => from[upTo(from.length)] as T,
    /** From the numbers that Ofcom reserves for drama, each used once. */
    nextMobile: () => `07700 900${padded(mobiles++, 3)}`,
    /** Earlier events are handed over on the day of go-live. */
    write({ key, title, crn, noms }: Story, type: EventType, said: Local, info: Info, receivedAt?: Local) {
      const number = (numberOf.get(key) ?? 0) + 1
      numberOf.set(key, number)
      const isOurs = !/^prison(er)?-/.test(type)
      const received = receivedAt ?? (said < GO_LIVE ? GO_LIVE : undefined)
      const identifiers = [
        ...(crn ? [{ type: 'CRN' as const, value: crn }] : []),
        ...(noms ? [{ type: 'NOMS' as const, value: noms }] : []),
      ]
      const event: SampleEvent = {
        eventType: isOurs ? `throughcare.${type}` : type,
        version: 1,
        ...(isOurs && { eventId: `${key}-${padded(number, 3)}` }),
        occurredAt: onTheWire(said),
        ...(received && { receivedAt: onTheWire(received) }),
        ...(title && { description: title }),
        ...(identifiers.length > 0 && { personReference: { identifiers } }),
        additionalInformation: withoutUndefined(info),
      }
      written.push({ event, type, said, arrives: epochOf(received ?? said) })
    },
  }
}

function mulberry32(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function instantAt(local: Local): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/London').toInstant()
}

function epochOf(local: Local): number {
  return instantAt(local).epochMilliseconds
}

function onTheWire(local: Local): string {
  return instantAt(local).toZonedDateTimeISO('Europe/London').toString({ timeZoneName: 'never' })
}

/** So many minutes later, or earlier when negative. */
export function later(local: Local, minutes: number): Local {
  return Temporal.PlainDateTime.from(local).add({ minutes }).toString({ smallestUnit: 'minute' })
}

/** So many minutes after the end of an appointment. */
export function afterEnd(
  { startsAt, durationMinutes }: { startsAt: Local; durationMinutes: number },
  minutes: number,
): Local {
  return later(startsAt, durationMinutes + minutes)
}

/** The first day of the month after that of `day`. */
export function firstOfNextMonth(day: LocalDate): LocalDate {
  return Temporal.PlainDate.from(day).with({ day: 1 }).add({ months: 1 }).toString()
}

/** `first` and the days after it until its month ends. */
export function daysFrom(first: LocalDate): LocalDate[] {
  const left = Temporal.PlainDate.from(first).until(firstOfNextMonth(first)).days
  return Array.from({ length: left }, (_, index) => addDays(first, index))
}

function withoutUndefined(info: Info): Info {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined))
}

/** A number with zeros before it: `07`. */
export function padded(n: number, width = 2): string {
  return String(n).padStart(width, '0')
}

export const FIRST_NAMES =
  'Aled Amira Beth Callum Carys Dafydd Dele Eira Farah Gareth Hana Imran Jo Kemi Leanne Megan'.split(' ')
export const LAST_NAMES =
  'Adeyemi Bevan Clarke Driscoll Evans Farouk Gill Hughes Iqbal Jones Kaur Lloyd Mason Okoro'.split(' ')
export const INITIALS = [...'ABCDEFGHJKLMNPRSTW']
export const PLACES = ['12 High Street', '4 Mill Lane', 'The Old Library', 'Room 3, Harbour House']
export const MEETING_PLACES = ['the main gate', 'the visitors’ centre', 'the bus stop by the gate', undefined]
export const OBJECTIVES = ['keep a diary', 'a plan for weekends', 'see the GP']
export const PROGRESS = ['kept up', 'some slips, talked through', 'going well']
