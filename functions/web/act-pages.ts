import type { Hono } from 'hono'
import { ACTS } from '../../shared/acts/all.ts'
import { type Boxes, emptyForm, readForm } from '../../shared/acts/form.ts'
import { londonDate, MINUTE_MS } from '../../shared/calendar/london.ts'
import { type CasefileId, casefileId, keyOf, kindOf, subjectOf } from '../../shared/casefile/ids.ts'
import { mayRead, type Reader } from '../../shared/directory/readers.ts'
import {
  type ActPorts,
  doAct,
  languageOf,
  type Offer,
  type OpenedCasefile,
  offersTo,
  openForActing,
  whoMay,
} from '../acts/acts.ts'
import { askedOf, type NoticePorts, type OpenedNotice, openNotice } from '../acts/notices.ts'
import { actPath, actTitle, checkLines, formFields, formName, shownLines } from './act-form.ts'
import { SHOWN_KINDS } from './casefiles.ts'
import type { StaffPages } from './reader.ts'
import { READ, repliesFor } from './replies.ts'
import type { Page, Showing } from './showing.ts'

type Ports = ActPorts & NoticePorts

/**
 * The pages on which something is done: a notice's own, and the form of an act. What is sent there becomes an act's
 * events through intake, and nothing else. Whoever may not do it finds that there is no such page.
 */
export function serveActs(app: Hono<StaffPages>, ports: Ports, showing: Showing): void {
  app.get('/notices/:kind/:key/:short', async (c) => showNotice(c, ports, showing))
  app.get('/acts/:event/:kind/:key/done', async (c) => showDone(c, ports, showing))
  app.on(['GET', 'POST'], '/acts/:event/:kind/:key', async (c) => {
    const id = casefileOf(c)
    const opened = id && (await openForActing(id, ports))
    if (!opened) return showing.notFound(c)
    const reader = c.get('reader')
    if (reader.reads === 'everything') return askWhoMay(c, opened, showing)
    const offer = offersTo(reader.contactIds, opened).find(
      ({ act, about }) =>
        act.event === c.req.param('event') && about.subject.key === (c.req.query('about') ?? ''),
    )
    if (!offer) return wasJustDone(c, reader.contactIds, opened) ? toDone(c) : showing.notFound(c)
    return c.req.method === 'GET'
      ? begin(c, offer, opened, ports, showing)
      : goOn(c, offer, opened, ports, showing)
  })
}

function casefileOf(c: Page): CasefileId | undefined {
  const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
  return kind && casefileId(kind, c.req.param('key') ?? '')
}

async function showNotice(c: Page, ports: NoticePorts, showing: Showing) {
  const id = casefileOf(c)
  const notice = id && (await openNotice(id, c.req.param('short') ?? '', ports))
  if (!id || !notice) return showing.notFound(c)
  const reader = c.get('reader')
  if (reader.reads === 'everything') {
    return askWho(c, notice.entry.role === 'meeter' ? [] : notice.givenTo, showing)
  }
  const [given] = notice.givenTo.filter((one) => reader.contactIds.includes(one))
  const isReader = await mayGoOn(reader, notice.opened)
  const asked = askedOf(notice, reader.contactIds)
  const casefile = { kind: kindOf(id), key: keyOf(id) }
  if (given === undefined)
    return isReader ? c.redirect(`/casefiles/${casefile.kind}/${casefile.key}`) : showing.notFound(c)
  return showing.show(c, 'own-notice', {
    language: await languageOf(given, ports.store),
    isStanding: notice.standing.length > 0,
    said: notice.said.map((text) => text.split('\n\n')),
    acts: await linksTo(asked, ports),
    form: formName(notice.opened),
    replies: await repliesAbout(notice, isReader, asked, ports),
    casefile: isReader ? casefile : undefined,
  })
}

/** What somebody wrote, where that is what a notice is about, for whoever may read it. */
async function repliesAbout(
  { opened, entry }: OpenedNotice,
  isReader: boolean,
  offers: readonly Offer[],
  { store }: NoticePorts,
) {
  return isReader || offers.length > 0 ? repliesFor(offers, opened, store, subjectOf(entry.occasion)) : []
}

/** Where acts are done, each by its title in its doer's language. */
export async function linksTo(
  offers: readonly (Offer & { readonly said?: Boxes | undefined })[],
  ports: Pick<ActPorts, 'store'>,
) {
  return Promise.all(
    offers
      .filter(({ act }) => act.event !== READ)
      .map(async ({ act, about, doer, said }) => ({
        href: actPath(act, about, said),
        text: actTitle(act, about, await languageOf(doer, ports.store)),
      })),
  )
}

/** Whether the rest of a casefile is for a reader too. */
function mayGoOn(reader: Reader, { casefile, ask, now }: OpenedCasefile): Promise<boolean> {
  return ask((neighbours) => mayRead(reader, casefile, neighbours, londonDate(now)))
}

function askWhoMay(c: Page, opened: OpenedCasefile, showing: Showing) {
  const act = ACTS.find(
    ({ event, kind }) => event === c.req.param('event') && kind === kindOf(opened.casefile.id),
  )
  const key = c.req.query('about') ?? ''
  const subject = act
    ?.subjects({ id: opened.casefile.id, state: opened.casefile.state, now: opened.now })
    .find((one) => one.key === key)
  return askWho(c, act && subject ? whoMay(act, subject, opened) : [], showing)
}

/** On one machine without sign-in, whoever sits at it says who they are. */
function askWho(c: Page, people: readonly string[], { show, notFound, maySayWho }: Showing) {
  return maySayWho && people.length > 0 ? show(c, 'who', { people }) : notFound(c)
}

async function begin(c: Page, offer: Offer, opened: OpenedCasefile, ports: Ports, showing: Showing) {
  const { act, about } = offer
  const fields = act.fields(about)
  const boxes = { ...emptyForm(fields), ...c.req.query() }
  return showForm(c, offer, { boxes, form: formName(opened) }, opened, ports, showing)
}

/** A form that was sent: to be checked by its writer, to be changed, or to be done. */
async function goOn(c: Page, offer: Offer, opened: OpenedCasefile, ports: Ports, showing: Showing) {
  const { act, about } = offer
  const sent = Object.entries(await c.req.parseBody()).flatMap(([box, value]) =>
    typeof value === 'string' ? [[box, value] as const] : [],
  )
  const boxes: Boxes = Object.fromEntries(sent)
  const { step, form = '' } = boxes
  const fields = act.fields(about)
  const reading = readForm(fields, boxes)
  if (step === 'change' || reading.is === 'wrong') {
    const wrong = step !== 'change' && reading.is === 'wrong' ? reading.wrong : []
    if (wrong.length > 0) c.status(422)
    return showForm(c, offer, { boxes, form, wrong }, opened, ports, showing)
  }
  if (step !== 'do') {
    const language = await languageOf(offer.doer, ports.store)
    return showing.show(c, 'act-check', {
      ...{ language, form, path: actPath(act, about), title: actTitle(act, about, language) },
      lines: checkLines(fields, reading.said, boxes, language),
      boxes: sent
        .filter(([box]) => box !== 'step' && box !== 'form')
        .map(([name, value]) => ({ name, value })),
    })
  }
  await doAct(offer, reading.said, form, ports, opened)
  return toDone(c)
}

function toDone(c: Page) {
  return c.redirect(`${new URL(c.req.url).pathname}/done`, 303)
}

const JUST_NOW_MS = 10 * MINUTE_MS

/** Whether a form is sent again by somebody who pressed its button twice, and is over by having been sent. */
function wasJustDone(c: Page, contactIds: readonly string[], { stored, now }: OpenedCasefile): boolean {
  return (
    c.req.method === 'POST' &&
    stored.events.some(({ type, at, info }) => {
      const isTheirs = 'by' in info && info.by !== undefined && contactIds.includes(info.by)
      return type === c.req.param('event') && isTheirs && now - at < JUST_NOW_MS
    })
  )
}

type Filled = {
  readonly boxes: Boxes
  readonly form: string
  readonly wrong?: Parameters<typeof formFields>[2]
}

async function showForm(
  c: Page,
  { act, about, doer }: Offer,
  { boxes, form, wrong = [] }: Filled,
  opened: OpenedCasefile,
  ports: Ports,
  { show }: Showing,
) {
  const language = await languageOf(doer, ports.store)
  const fields = formFields(act.fields(about), boxes, wrong, language)
  return show(c, 'act', {
    ...{ language, form, fields, path: actPath(act, about), title: actTitle(act, about, language) },
    button: act.button[language],
    shown: await opened.ask((neighbours) => shownLines(act.shows(about), neighbours, language)),
    replies: act.event === READ ? await repliesFor([], opened, ports.store, about.subject.key) : [],
    wrong: wrong.map(({ box, words }) => ({ href: `#${box}`, text: words[language] })),
  })
}

async function showDone(c: Page, ports: ActPorts, { show, notFound }: Showing) {
  const id = casefileOf(c)
  const act = ACTS.find(({ event, kind }) => event === c.req.param('event') && kind === c.req.param('kind'))
  const reader = c.get('reader')
  if (!id || !act || reader.reads === 'everything') return notFound(c)
  const opened = await openForActing(id, ports)
  const [contactId] = reader.contactIds
  const language = contactId === undefined ? 'en' : await languageOf(contactId, ports.store)
  return show(c, 'act-done', {
    ...{ language, act: act.title[language] },
    casefile: opened && (await mayGoOn(reader, opened)) ? { kind: kindOf(id), key: keyOf(id) } : undefined,
  })
}
