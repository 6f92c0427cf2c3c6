import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SAMPLE_OPENS } from '../../infra/local/sample/pen.ts'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'
import { CHROMIUM, FLAGS, hasBrowser, PHONE } from './signed-in.ts'

/**
 * What people ask every day, in the middle of the sample caseload: from their first page, or from the message that they
 * were sent, each question is answered in three clicks at most. The first of each is asked by keyboard alone, the second
 * on a telephone without scripts. The table is printed.
 */

const CLICKS_MAX = 3
const WAYS = ['by keyboard', 'on a telephone, without scripts']

/** What is clicked, or what is written into a box. */
type Step = string | RegExp | { readonly box: string; readonly says: string }
type Question = readonly [asks: string, steps: readonly Step[], answer: RegExp]
type Asker = {
  readonly is: string
  /** Whom the one who sits at the machine looks as; nobody, for somebody who sees everything. */
  readonly as?: string
  /** The message from which they begin, by its line in the outbox. */
  readonly message?: RegExp
  readonly questions: readonly Question[]
}

const LINK = 'the link in the message'
const order = (called: string): Step[] => ['Casefiles', called]
const ABOUT_PERSON: readonly Step[] = [
  'Requests for access',
  { box: 'CRN, prison number or contact reference', says: 'X900016' },
  { box: 'Why?', says: 'The person asked what is held about them' },
  'Show what is held',
]

const ASKERS: readonly Asker[] = [
  {
    is: 'person on probation',
    message: /ATR-01 same day[\s\S]*person\s+Eira Bevan/,
    questions: [
      ['When is my appointment?', [], /Wednesday 18 November at 8:30am/],
      ['Where is it?', [], /at 4 Mill Lane/],
      ['Whom do I see?', [], /Your worker is Dafydd/],
      ['What number do I ring?', [], /ring 01632 960101/],
      ['Who writes to me?', [], /The appointments office/],
    ],
  },
  {
    is: 'case manager',
    as: 'C-CM-01',
    questions: [
      ['What is said of an appointment?', [/Fill in the contact sheet: Wednesday 11/], /Did they come\?/],
      [
        'When do I see Megan Mason?',
        ['Casefiles'],
        /O-1012, Megan Mason\s+Treatment appointment: Wednesday 18 Nov/,
      ],
      ['What am I late with?', [], /Fill in the contact sheet: Wednesday 11 November at 9am[\s\S]*Overdue/],
      ['Who was not reached, and why?', [], /Megan Mason[\s\S]*their address is somebody else’s too/],
      ['Who is told what tomorrow?', ['Until tomorrow night'], /Thursday 19 November[\s\S]*To Dafydd Gill/],
    ],
  },
  {
    is: 'offender manager',
    as: 'C-OM-01',
    questions: [
      [
        'Did Dele Bevan come?',
        [...order('Order O-1016, Dele Bevan'), 'What happened'],
        /Attendance: attended/,
      ],
      ['Which updates are unread?', [/Show all/], /Read the update: Tuesday 17 November/],
      ['Whom do I ring at the provider?', order('Order O-1016, Dele Bevan'), /Case manager\s+Dafydd Evans/],
      [
        'What is planned for him?',
        [...order('Order O-1016, Dele Bevan'), 'What is planned'],
        /Thursday 19 November/,
      ],
      ['Is a sentence plan late?', [], /Say that the sentence plan is complete\s+Order O-1004, Eira Adeyemi/],
    ],
  },
  {
    is: 'probation office',
    as: 'C-OFFICE-01',
    questions: [
      ['Who is furthest behind?', ['Team'], /Dele Jones\s+\d+\s+\d+\s+21 September 2026/],
      ['With what is Beth Evans late?', ['Team', 'Beth Evans'], /Order O-1004, Eira Adeyemi[\s\S]*DOC-02/],
      ['Whom must somebody ring?', [], /Not reached, please ring[\s\S]*Callum Kaur/],
      ['How many messages arrived?', ['How it is going'], /Delivered[\s\S]*By week/],
      [
        'Which order is Hana Okoro’s?',
        ['Search', { box: 'A name', says: 'Hana Okoro' }, 'Search!'],
        /Order O-1015/,
      ],
    ],
  },
  {
    is: 'duty officer of releases',
    as: 'C-GATE-DUTY-01',
    questions: [
      [
        'Who is out next, and where?',
        ['Releases'],
        /Friday 20 November 2026, 10am[\s\S]*the bus stop by the gate/,
      ],
      ['Who will be at the gate?', ['Releases'], /Nobody has it/],
      [
        'Who was asked, and said what?',
        ['Releases'],
        /Hana Farouk, asked Tuesday 17 November[^\n]*no answer yet/,
      ],
      ['When is the next asked?', ['Releases'], /The next is asked on Thursday 19 November/],
      ['Which checks are open?', ['Releases'], /Checks open\s+gp records, identity/],
    ],
  },
  {
    is: 'governor',
    as: 'C-GOVERNOR-01',
    questions: [
      [
        'Whose clearance runs out next?',
        ['Casefiles', 'Clearances'],
        /Imran Driscoll[\s\S]*20 November 2026/,
      ],
      [
        'What must I request?',
        [],
        /Say that renewal was requested\s+(Say that a clearance has ended\s+)?Clearance CL-/,
      ],
      ['Is the partnership to be agreed?', [], /Say that the partnership was agreed\s+HMP Aldermoor/],
      ['Who else is told here?', ['Casefiles', 'HMP Aldermoor'], /Deputy governor\s+Amira Bevan/],
      ['How do I say it is requested?', ['Say that renewal was requested'], /On which day\?/],
    ],
  },
  {
    is: 'on call for the gate',
    message: /GATE-29 moved[\s\S]*now Friday 20 November at 10am[\s\S]*key worker/,
    questions: [
      ['Can I say yes?', [LINK], /Can you be there\?[\s\S]*Yes, I can/],
      [
        'Where do I have to be, and when?',
        [],
        /Friday 20 November at 10am, HMP Carr Water, the bus stop by the gate/,
      ],
      ['Whom do I meet?', [], /Gate meeting: HT/],
      ['What number do I ring?', [], /ring 01632 960201/],
      ['What if I cannot?', [LINK], /No, I cannot/],
    ],
  },
  {
    is: 'on a rota',
    as: 'C-CALL-01',
    questions: [
      ['When am I on call?', ['Releases', 'On call'], /When you are on call[\s\S]*November 2026[^\n]*NORTH/],
      ['Is anything asked of me?', [], /Nothing is asked of you that you have not done/],
      ['What if I am away?', [/Will you be away/], /away from[\s\S]*Who covers\?/],
      ['Whose rota is it?', ['Casefiles', 'Your own details'], /Owner: Dele Adeyemi/],
      ['I was asked for something: what now?', ['Help'], /Follow the link in the message/],
    ],
  },
  {
    is: 'support',
    questions: [
      [
        'Why was somebody told this?',
        ['Casefiles', 'O-1003', 'What was told'],
        /from 003:491[\s\S]*Because of/,
      ],
      ['Which messages failed?', [], /Not reached, please ring[\s\S]*no usable address or number/],
      ['What did a message say?', ['What was given', /^Text ?: FAX-01/], /Please fill in the contact sheet/],
      ['When is it busiest?', ['How it is going'], /The busiest minutes ahead\s[\s\S]*November 2026 at/],
      ['What has this CRN?', ['Search', { box: 'A reference', says: 'X900016' }, 'Search!'], /Order O-1016/],
    ],
  },
  {
    is: 'data protection',
    questions: [
      ['What is held about one person?', ABOUT_PERSON, /Order made/i],
      ['Whom is it about, besides?', ABOUT_PERSON, /covered: /],
      ['Is my look recorded?', ['Requests for access'], /that is recorded, and so is this look/],
      ['What is a person told of this?', ['Privacy notice to hand over'], /What it keeps/i],
      [
        'For how long is it kept?',
        ['Privacy notice to hand over'],
        /Two years after your order or your release is over/,
      ],
    ],
  },
]

describe.runIf(hasBrowser)('in the middle of the sample', () => {
  let throughcare: Throughcare
  let browser: Browser
  const asked: string[] = []
  beforeAll(async () => {
    throughcare = await startThroughcare(['--at', SAMPLE_OPENS])
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  }, 120_000)
  afterAll(async () => {
    process.stdout.write(`${asked.join('\n')}\n`)
    await browser?.close()
    await throughcare?.stop()
  })

  for (const { is, as, message, questions } of ASKERS) {
    test(is, async () => {
      for (const [nth, [question, steps, answer]] of questions.entries()) {
        const way = message ? 'from the message' : (WAYS[nth] ?? '')
        const page = await open(as, way)
        const text = message ? await textOf(page, message) : await firstPage(page)
        const begun = performance.now()
        const press = way === 'by keyboard' ? byKeyboard : (_: Page, target: Locator) => target.click()
        for (const step of steps) await take(page, step, text, press)
        const seen = async () =>
          steps.length === 0 && message ? text : await page.locator('main').innerText()
        await expect.poll(seen, { message: `${is}: ${question}`, timeout: 15_000 }).toMatch(answer)
        const seconds = ((performance.now() - begun) / 1_000).toFixed(1)
        const clicks = steps.filter((step) => typeof step !== 'object' || step instanceof RegExp).length
        asked.push(`${is.padEnd(25)} ${question.padEnd(35)} ${clicks} clicks, ${seconds} s ${way}`)
        expect(clicks).toBeLessThanOrEqual(CLICKS_MAX)
        await page.context().close()
      }
    }, 120_000)
  }

  async function open(as: string | undefined, way: string): Promise<Page> {
    const isTelephone = way.startsWith('on a telephone')
    const context = await browser.newContext({
      baseURL: throughcare.address,
      javaScriptEnabled: !isTelephone,
      ...(isTelephone && { viewport: PHONE }),
    })
    if (as) await context.addCookies([{ name: 'who', value: as, url: throughcare.address }])
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return page
  }

  async function firstPage(page: Page): Promise<string> {
    await page.goto('/')
    return ''
  }

  /** What a message of the outbox says: its reader has that and nothing else. */
  async function textOf(page: Page, message: RegExp): Promise<string> {
    for (let nth = 1; nth <= 5; nth++) {
      await page.goto(`/given?page=${nth}`)
      const row = page
        .locator('tbody tr')
        .filter({ hasText: message })
        .filter({ has: page.locator('.throughcare-text') })
      if ((await row.count()) > 0) return (await row.first().locator('details').textContent()) ?? ''
    }
    throw new Error(`no message ${message}`)
  }

  async function take(page: Page, step: Step, text: string, press: Press): Promise<void> {
    if (step === LINK) {
      await page.goto(/https?:\S+\/a\/\S+/.exec(text)?.[0] ?? `about:${text}`)
    } else if (typeof step === 'object' && 'box' in step) {
      const group = page.getByRole('group', { name: step.box })
      if ((await group.count()) > 0) await group.getByLabel(step.says).check()
      else await page.getByLabel(step.box).fill(step.says)
    } else {
      await press(page, named(page, step))
    }
  }
})

type Press = (page: Page, target: Locator) => Promise<void>

/** A link, a button or a fold, by its words; a button alone, where they end with an exclamation mark. */
function named(page: Page, step: string | RegExp): Locator {
  if (typeof step === 'string' && step.endsWith('!'))
    return page.getByRole('button', { name: step.slice(0, -1), exact: true })
  const exact = typeof step === 'string'
  const fold = page.locator('summary', { hasText: step })
  return page
    .getByRole('link', { name: step, exact })
    .or(page.getByRole('button', { name: step, exact }))
    .or(fold)
    .first()
}

/** On to what is meant, wherever the page puts it, and into it. */
async function byKeyboard(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  const focused = target.and(page.locator(':focus'))
  for (let presses = 0; presses < 150 && (await focused.count()) === 0; presses++)
    await page.keyboard.press('Tab')
  expect(await focused.count()).toBe(1)
  await page.keyboard.press('Enter')
}
