import type { Hono } from 'hono'
import { type LocalDate, londonDate } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { localDate } from '../../shared/casefile/fields.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { calendarPath, isCalendarPath } from '../../shared/messages/links.ts'
import { languageOf, type OpenPorts } from '../acts/acts.ts'
import { appointmentsFor, calendarOf, SPANS, spanOf } from './calendar/calendar.ts'
import { type OfOrder, writeCalendar } from './calendar/ics.ts'
import { contactOf, type StaffPages } from './reader/reader.ts'
import type { Page, Showing } from './reader/showing.ts'

type Ports = OpenPorts & {
  /** What the addresses of calendars are signed with: the first by now, others before. */
  readonly linkKeys: () => Promise<readonly string[]>
}

/**
 * The address of a worker's calendar, for programs that cannot sign in: anybody who has it sees times, places and
 * references, until the worker withdraws it.
 */
export function serveCalendars(app: Hono<StaffPages>, ports: Ports): void {
  app.get('/calendars/:contactId/:version/:signature', async (c) => {
    const { contactId, version } = c.req.param()
    const isOurs = isCalendarPath(new URL(c.req.url).pathname, await ports.linkKeys(), contactId, version)
    if (!isOurs || version !== String(await timesWithdrawn(contactId, ports))) {
      return c.text('There is no such calendar.', 404)
    }
    return send(c, await appointmentsFor(contactId, ports), ports, true)
  })
}

/** A worker's appointments by week or month, what is missing, and each of them for a calendar program. */
export function serveCalendar(app: Hono<StaffPages>, ports: Ports, { show, notFound }: Showing): void {
  app.get('/calendar', async (c) => {
    const contactId = contactOf(c.get('reader'))
    if (contactId === undefined) return notFound(c)
    const span = SPANS.find((one) => one === c.req.query('span')) ?? 'week'
    const days = spanOf(span, dayIn(c.req.query('day')) ?? londonDate(ports.now()))
    const [key = ''] = await ports.linkKeys()
    const { address } = (await ports.rules()).settings
    return show(c, 'calendar', {
      ...{ span, spans: SPANS, days, today: londonDate(ports.now()) },
      ...(await calendarOf(contactId, days, ports)),
      language: await languageOf(contactId, ports.store),
      feed: address + calendarPath(key, contactId, await timesWithdrawn(contactId, ports)),
      withdraw: `/acts/contact.calendar-withdrawn/contact/${encodeURIComponent(contactId)}`,
    })
  })
  app.get('/calendar/:orderId/:appointment', async (c) => {
    const contactId = contactOf(c.get('reader'))
    const own = contactId === undefined ? [] : await appointmentsFor(contactId, ports)
    const one = own.find(
      ({ orderId, appointment }) =>
        orderId === c.req.param('orderId') &&
        `${appointment.appointmentId}.ics` === c.req.param('appointment'),
    )
    return one ? send(c, [one], ports, false) : notFound(c)
  })
}

function dayIn(said: string | undefined): LocalDate | undefined {
  return localDate.safeParse(said).data
}

async function timesWithdrawn(contactId: string, { store }: Pick<Ports, 'store'>): Promise<number> {
  const events = await store.events(casefileId('contact', contactId), ['contact'])
  return fold('contact', events).calendarsWithdrawn
}

async function send(c: Page, appointments: readonly OfOrder[], { rules }: Ports, isFeed: boolean) {
  const { address } = (await rules()).settings
  const calendar = writeCalendar(appointments, new URL(address).hostname, isFeed)
  return c.body(calendar, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment; filename="appointments.ics"',
  })
}
