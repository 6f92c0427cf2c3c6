import { type Context, Hono } from 'hono'
import type { Language } from '../../shared/casefile/ledger.ts'
import { type AnswerWord, answerWord } from '../../shared/messages/answer-words.ts'
import type { Choice } from '../../shared/messages/answers.ts'
import {
  type AnsweringPorts,
  type AnswerPorts,
  type Asked,
  answer,
  isTakenByAnother,
  openQuestion,
} from '../answers/answer.ts'
import { guarded, type PageVariables, uncached } from './frame/headers.ts'
import { renderPage } from './frame/views.ts'

type Page = Context<PageVariables>

/** The HTTP status for what is wrong with a link, or with using it again. */
const STATUS = {
  expired: 410,
  over: 410,
  forged: 403,
  'nothing-to-answer': 404,
  'changed-too-often': 429,
} as const

/**
 * The pages for answering a message, for anybody who holds its link: there is no sign-in, and they show only what the
 * message said. A form can be sent from anywhere, since only the link says whose answer it is.
 */
export function answerPages(ports: AnswerPorts & AnsweringPorts) {
  const app = new Hono<PageVariables>()
  app.use('/a/*', guarded('no-referrer'), uncached)
  app.get('/a/:link', async (c) => {
    const question = await openQuestion(c.req.param('link'), ports)
    return question.is === 'open' ? showQuestion(c, question) : showRefusal(c, question)
  })
  app.post('/a/:link', async (c) => {
    const question = await openQuestion(c.req.param('link'), ports)
    if (!('entry' in question)) return showRefusal(c, question)
    const { answer: id, step } = await c.req.parseBody()
    const choice = question.choices.find((one) => one.id === id)
    // Others are told immediately how it went, so a slip of the thumb on a phone is caught first.
    if (choice?.outcome && step !== 'do' && question.is === 'open') return showCheck(c, question, choice)
    const answered = await answer(question, String(id), ports)
    return answered.is === 'taken' ? showThanks(c, question, answered.choice) : showRefusal(c, answered)
  })
  return app
}

function showQuestion(c: Page, { entry: { language }, choices, said }: Asked) {
  return show(c, language, {
    title: answerWord(titleOf(choices), language),
    parts: said.map((text, nth) => ({
      lang: language === 'both' && nth % 2 === 1 ? 'cy' : undefined,
      paragraphs: text.split('\n\n'),
    })),
    choices: choices.map(({ id }) => ({ id, words: answerWord(id, language) })),
  })
}

function showCheck(c: Page, { entry: { language } }: Asked, { id }: Choice) {
  return show(c, language, {
    title: answerWord('check', language),
    parts: [{ paragraphs: [`${answerWord('you-said', language)} ${answerWord(id, language)}.`] }],
    choices: [{ id, words: answerWord('send', language) }],
    change: answerWord('change', language),
  })
}

function titleOf(choices: readonly Choice[]): AnswerWord {
  if (choices.some(({ outcome }) => outcome !== undefined)) return 'ask-outcome'
  return choices.length > 1 ? 'ask-yes-no' : 'ask-no'
}

function showThanks(c: Page, question: Asked, { id, outcome }: Choice) {
  const { language } = question.entry
  const isNotNeeded = id === 'yes' && isTakenByAnother(question)
  const youSaid = `${answerWord('you-said', language)} ${answerWord(id, language)}.`
  const change = answerWord(outcome === undefined ? 'if-it-changes' : 'for-an-hour', language)
  return show(c, language, {
    title: answerWord(isNotNeeded ? 'not-needed' : 'thanks', language),
    parts: [{ paragraphs: isNotNeeded ? [answerWord('somebody-goes', language)] : [youSaid, change] }],
  })
}

/** In both languages, because the link's owner is unknown or must not be revealed. */
function showRefusal(c: Page, { is }: { is: keyof typeof STATUS } | Asked) {
  if (is === 'open') throw new Error('an open question is no refusal')
  c.status(STATUS[is])
  return show(c, 'en', {
    title: answerWord(is, 'en'),
    parts: [{ lang: 'cy', paragraphs: [answerWord(is, 'cy')] }],
  })
}

function show(c: Page, language: Language, facts: object) {
  const htmlLang = language === 'cy' ? 'cy' : 'en'
  return c.html(renderPage('answer', { htmlLang, cspNonce: c.get('secureHeadersNonce'), ...facts }))
}
