import type { Hono } from 'hono'
import { ACTS } from '../../shared/acts/all.ts'
import { type Boxes, emptyForm, type FormReading, readForm } from '../../shared/acts/form.ts'
import { londonDate, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, casefileId, keyOf, kindOf } from '../../shared/casefile/ids.ts'
import type { Neighbours } from '../../shared/directory/neighbours.ts'
import { keeps, type Reader } from '../../shared/directory/readers.ts'
import {
  type ActPorts,
  contactIdsOf,
  isFor,
  languageOf,
  type Offer,
  type OpenedCasefile,
  offersTo,
  openFor,
  openForActing,
  placeOf,
  whoMay,
} from '../acts/acts.ts'
import { again, type DoingStore, doAct, OTHERS, othersIn, wouldHappen } from '../acts/doing.ts'
import type { NoticePorts } from '../acts/notices.ts'
import { showNotice } from './acts/notice-page.ts'
import { askWho, casefileOf, linksTo } from './acts/offering.ts'
import { previewOf } from './acts/preview.ts'
import { SHOWN_KINDS } from './casefiles/casefiles.ts'
import { casefilesNaming } from './casefiles/own-casefiles.ts'
import { READ, repliesFor } from './casefiles/replies.ts'
import {
  actPath,
  actReference,
  actTitle,
  checkLines,
  formFields,
  formName,
  shownLines,
} from './frame/act-form.ts'
import { type AuditPorts, writeRefusal } from './reader/audit.ts'
import { contactOf, type StaffPages } from './reader/reader.ts'
import type { Page, Showing } from './reader/showing.ts'

type Ports = ActPorts & AuditPorts & NoticePorts & DoingStore

/**
 * The pages where something is done: a notice's page, and the form of an act. A submitted form becomes the act's
 * events through intake, and nothing else. Somebody who may not do the act gets a 404.
 */
export function serveActs(app: Hono<StaffPages>, ports: Ports, showing: Showing): void {
  app.get('/notices/:kind/:key/:short', async (c) => showNotice(c, ports, showing))
  app.get('/new', async (c) => showNew(c, ports, showing))
  app.get('/acts/:event/:kind/:key/done', async (c) => showDone(c, ports, showing))
  app.on(['GET', 'POST'], '/acts/:event/:kind/:key', async (c) => {
    const id = casefileOf(c)
    const reader = c.get('reader')
    const opened = id && (await openFor(reader, id, ports))
    if (!opened) return showing.notFound(c)
    const offer = offersTo(reader, opened).find(
      ({ act, about }) =>
        act.event === c.req.param('event') && about.subject.key === (c.req.query('about') ?? ''),
    )
    if (!offer && reader.reads === 'everything') return askWhoMay(c, opened, showing)
    if (!offer) {
      const done = justDone(c, reader, opened)
      if (!done) return showing.notFound(c)
      await ports.take(again(done))
      return toDone(c)
    }
    return c.req.method === 'GET'
      ? begin(c, offer, opened, ports, showing)
      : goOn(c, offer, opened, ports, showing)
  })
}

function askWhoMay(c: Page, opened: OpenedCasefile, showing: Showing) {
  const act = ACTS.find(
    ({ event, kind }) => event === c.req.param('event') && kind === kindOf(opened.casefile.id),
  )
  const key = c.req.query('about') ?? ''
  const subject = act?.subjects(placeOf(opened)).find((one) => one.key === key)
  return askWho(c, act && subject ? whoMay(act, subject, opened) : [], opened, showing)
}

async function begin(c: Page, offer: Offer, opened: OpenedCasefile, ports: Ports, showing: Showing) {
  const { act, about } = offer
  const fields = act.fields(about)
  const boxes = { ...emptyForm(fields), ...c.req.query() }
  return showForm(c, offer, { boxes, form: formName(opened) }, opened, ports, showing)
}

/** A submitted form: to be checked by its writer, changed, or done. */
async function goOn(c: Page, offer: Offer, opened: OpenedCasefile, ports: Ports, showing: Showing) {
  const { act, about } = offer
  const sent = Object.entries(await c.req.parseBody()).flatMap(([box, value]) =>
    typeof value === 'string' ? [[box, value] as const] : [],
  )
  const boxes: Boxes = Object.fromEntries(sent)
  const { step, form = '' } = boxes
  const fields = act.fields(about)
  const reading = await readWhole(c, offer, boxes, opened, ports)
  if (step === 'change' || reading.is === 'wrong') {
    const wrong = step !== 'change' && reading.is === 'wrong' ? reading.wrong : []
    if (wrong.length > 0) c.status(422)
    return showForm(c, offer, { boxes, form, wrong }, opened, ports, showing)
  }
  if (step !== 'do') {
    const language = await languageOf(offer.doer, ports.store)
    return showing.show(c, 'act-check', {
      ...{ language, form, path: actPath(act, about), title: actTitle(act, about, language) },
      reference: actReference(about),
      lines: await opened.ask((neighbours) => [
        ...checkLines(fields, reading.said, boxes, {
          ...{ language, neighbours },
          isNamed: (contactId) => mayBeNamed(c.get('reader'), contactId, neighbours, opened),
        }),
        ...shownLines(act.checks(reading.said, about), neighbours, language),
      ]),
      told: await previewOf(offer, reading.said, form, opened),
      boxes: sent
        .filter(([box]) => box !== 'step' && box !== 'form')
        .map(([name, value]) => ({ name, value })),
    })
  }
  return toDone(c, await doAct(offer, reading.said, form, ports, opened))
}

/** Reads a form, and refuses what would join a casefile that others work on. */
async function readWhole(
  c: Page,
  offer: Offer,
  boxes: Boxes,
  opened: OpenedCasefile,
  ports: Ports,
): Promise<FormReading> {
  const { act, about } = offer
  const reader = c.get('reader')
  const fields = act.fields(about)
  const today = londonDate(opened.now)
  const reading = await opened.ask((neighbours) =>
    readForm(fields, boxes, neighbours, (contactId) => keeps(reader, contactId, neighbours, today)),
  )
  if (reading.is === 'wrong') return reading
  const would = wouldHappen(offer, reading.said, boxes.form ?? '', opened)
  const [{ name } = { name: '' }] = fields
  const others = await othersIn(reader, offer, would, ports)
  if (!others) return reading
  writeRefusal(c, ports, others)
  return { is: 'wrong', wrong: [{ field: name, box: name, words: OTHERS }] }
}

/** Whether a reader who named somebody is shown that person's name: their own people, and staff. */
function mayBeNamed(
  reader: Reader,
  contactId: string,
  neighbours: Neighbours,
  { now }: OpenedCasefile,
): boolean {
  const { worksIn = [] } = neighbours.get('contact', contactId).details ?? {}
  return worksIn.length > 0 || keeps(reader, contactId, neighbours, londonDate(now))
}

/** On to the page that says so, and where something was opened, to what its name is there. */
function toDone(c: Page, openedId?: CasefileId) {
  const query = openedId ? `?opened=${encodeURIComponent(openedId)}` : ''
  return c.redirect(`${new URL(c.req.url).pathname}/done${query}`, 303)
}

const JUST_NOW_MS = 10 * MINUTE_MS

/** What a form came to that is sent again by somebody who pressed its button twice, and is over by having been sent. */
function justDone(c: Page, reader: Reader, { stored, now }: OpenedCasefile): DomainEvent | undefined {
  if (c.req.method !== 'POST' || reader.reads === 'everything') return undefined
  return stored.events.find(({ type, at, info }) => {
    const isTheirs = 'by' in info && info.by !== undefined && reader.contactIds.includes(info.by)
    return type === c.req.param('event') && isTheirs && now - at < JUST_NOW_MS
  })
}

type Filled = {
  readonly boxes: Boxes
  readonly form: string
  readonly wrong?: Parameters<typeof formFields>[2]
}

async function showForm(
  c: Page,
  offer: Offer,
  { boxes, form, wrong = [] }: Filled,
  opened: OpenedCasefile,
  ports: Ports,
  { show }: Showing,
) {
  const { act, about, doer } = offer
  const language = await languageOf(doer, ports.store)
  const fields = formFields(act.fields(about), boxes, wrong, language)
  return show(c, 'act', {
    ...{ language, form, fields, path: actPath(act, about), title: actTitle(act, about, language) },
    reference: actReference(about),
    button: act.button[language],
    // An act that is one button has no page for checking it first.
    told: fields.length === 0 ? await previewOf(offer, {}, form, opened) : undefined,
    shown: await opened.ask((neighbours) => shownLines(act.shows(about), neighbours, language)),
    replies: act.event === READ ? await repliesFor([], opened, ports.store, about.subject.key) : [],
    wrong: wrong.map(({ box, words }) => ({ href: `#${box}`, text: words[language] })),
  })
}

async function showDone(c: Page, ports: ActPorts, { show, notFound }: Showing) {
  const id = casefileOf(c)
  const act = ACTS.find(({ event, kind }) => event === c.req.param('event') && kind === c.req.param('kind'))
  if (!id || !act) return notFound(c)
  const reader = c.get('reader')
  const contactId = contactOf(reader)
  const at = openedIn(c.req.query('opened')) ?? id
  const opened = await openForActing(at, ports)
  return show(c, 'act-done', {
    language: contactId === undefined ? 'en' : await languageOf(contactId, ports.store),
    act: act.title,
    reference: at === id ? undefined : keyOf(at),
    casefile: opened && (await isFor(reader, opened)) ? { kind: kindOf(at), key: keyOf(at) } : undefined,
  })
}

/** The casefile that was just opened, as it appears in the page's path. */
function openedIn(said = ''): CasefileId | undefined {
  const id = said as CasefileId
  return SHOWN_KINDS.some((kind) => kind === kindOf(id)) ? id : undefined
}

/** What a reader may open, in their own casefile and at their prisons: no page links to what does not exist yet. */
async function showNew(c: Page, ports: ActPorts, { show }: Showing) {
  const reader = c.get('reader')
  const contactIds = contactIdsOf(reader)
  const ids = [
    ...contactIds.map((contactId) => casefileId('contact', contactId)),
    ...(await casefilesNaming(contactIds, ports.store)).filter((id) => kindOf(id) === 'prison'),
  ]
  const own = await Promise.all(ids.map((id) => openFor(reader, id, ports)))
  const offers = own.flatMap((opened) => (opened ? offersTo(reader, opened) : []))
  const [doer] = offers.map((offer) => offer.doer)
  return show(c, 'new', {
    language: doer === undefined ? 'en' : await languageOf(doer, ports.store),
    acts: await linksTo(
      offers.filter(({ act, about }) => act.opens !== undefined && !about.subject.isThere),
      ports,
    ),
  })
}
