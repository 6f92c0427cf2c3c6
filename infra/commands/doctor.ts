import { resolveTxt } from 'node:dns/promises'
import { hostname } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { londonClock, MINUTE_MS } from '../../shared/calendar/london.ts'
import { discreet } from '../../shared/channels/request.ts'
import { smtpChannel } from '../../shared/channels/smtp.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { mistakeIn, needed, print, readArguments } from '../command-line.ts'
import { type Kept, readData } from '../local/data-folder.ts'

/** `throughcare doctor`: checks whether one machine is set up to do its work, what is missing, and how to fix it. */

const USAGE = `usage: throughcare doctor --data FOLDER [--json]

  --data FOLDER    the folder of one machine, which may be running
  --json           one object per line, for programs

It reads the environment that throughcare start reads (SMTP_URL, SMTP_FROM, NOTIFY_API_KEY): give it that of the service.
It sends nothing.
`

/** A wake this long in the past is overdue: the clock ticks every minute. */
const OVERDUE_MS = 5 * MINUTE_MS

type Finding = { readonly is: 'well' | 'to-know' | 'to-mend'; readonly what: string; readonly how?: string }

const OPTIONS = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const folder = needed(values.data, '--data')
const kept = open()
const findings: Finding[] =
  'is' in kept
    ? [kept]
    : [
        well(`${folder} and its keys are its owner's alone`),
        letIn(kept),
        heldBack(kept),
        await store(kept),
        clock(),
        holidays(),
        ...(await mail()),
        texts(),
      ]
const LABELS = { well: 'ok', 'to-know': 'note', 'to-mend': 'MEND' }
for (const finding of findings) {
  const { is, what, how } = finding
  print(
    values.json
      ? JSON.stringify(finding)
      : `${LABELS[is].padEnd(5)} ${what}${how === undefined ? '' : `: ${how}`}`,
  )
}
process.exitCode = findings.some(({ is }) => is === 'to-mend') ? 1 : 0

function well(what: string): Finding {
  return { is: 'well', what }
}

function open(): Kept | Finding {
  try {
    return readData(folder)
  } catch (error) {
    return {
      is: 'to-mend',
      what: mistakeIn(error) ?? (error as Error).message,
      how: 'see docs/one-machine.md',
    }
  }
}

function letIn({ signIn }: Kept): Finding {
  if (signIn) return well(`people sign in through ${signIn.issuer}`)
  const how = 'with more than a few people, use an issuer for sign-in (sign-in.json)'
  return { is: 'to-know', what: 'one account is shared by everybody who knows its password', how }
}

function heldBack({ dutyModes }: Kept): Finding {
  const held = Object.entries(dutyModes).map(([duty, mode]) => `${duty} ${mode}`)
  if (held.length === 0) return well('no duty is held back')
  return { is: 'to-know', what: `held back: ${held.join(', ')}`, how: 'duty-modes.json, then start again' }
}

async function store({ file }: Kept): Promise<Finding> {
  const db = new DatabaseSync(file, { readOnly: true })
  const [checked] = db.prepare('pragma quick_check(1)').all()
  db.close()
  if (Object.values(checked ?? {})[0] !== 'ok') {
    return { is: 'to-mend', what: `${file} is damaged`, how: 'start on the last backup' }
  }
  const opened = sqliteStore(file)
  let overdue = 0
  for await (const { wake } of everyCasefile(opened)) if (wake < Date.now() - OVERDUE_MS) overdue++
  opened.close()
  if (overdue === 0) return well('no casefile is overdue')
  return {
    is: 'to-mend',
    what: `casefiles that are overdue: ${overdue}`,
    how: 'is the service running?',
  }
}

function clock(): Finding {
  const what = `it is ${londonClock(Date.now()).replace('T', ' ')} in London`
  return { is: 'to-know', what, how: 'if that is wrong, set the clock by NTP (timedatectl)' }
}

function holidays(): Finding {
  const last = rulesWith().days.holidays.at(-1) ?? ''
  const days = Math.floor((Date.parse(last) - Date.now()) / 86_400_000)
  if (days > 180) return well(`bank holidays are known until ${last}`)
  return { is: 'to-mend', what: `bank holidays are known until ${last}`, how: 'install a later version' }
}

async function mail(): Promise<Finding[]> {
  const { SMTP_URL: url, SMTP_FROM: from = `messages@${hostname()}`, NOTIFY_API_KEY } = process.env
  if (url === undefined) {
    if (NOTIFY_API_KEY !== undefined) return [well('e-mail is sent by GOV.UK Notify')]
    return [
      {
        is: 'to-know',
        what: 'with this environment no e-mail is sent',
        how: 'set SMTP_URL or NOTIFY_API_KEY to send it',
      },
    ]
  }
  const server = smtpChannel({ url, from })
  const greeted = await server.greet().then(
    () => well('the mail server accepts our sign-in'),
    (error: Error): Finding => ({
      is: 'to-mend',
      what: `the mail server: ${discreet(error.message)}`,
      how: 'SMTP_URL',
    }),
  )
  server.close()
  return [greeted, ...(await senderOf(from))]
}

/** Whether receivers can verify that mail from our address is ours. */
async function senderOf(from: string): Promise<Finding[]> {
  const [, domain = ''] = /@([^\s>]+)/.exec(from) ?? []
  const records = [
    { name: domain, begins: 'v=spf1', called: 'SPF' },
    { name: `_dmarc.${domain}`, begins: 'v=DMARC1', called: 'DMARC' },
  ]
  return Promise.all(
    records.map(async ({ name, begins, called }): Promise<Finding> => {
      const found = await resolveTxt(name).catch(() => [])
      if (found.some((parts) => parts.join('').startsWith(begins))) return well(`${domain} has ${called}`)
      const how = `publish ${begins} at ${name}, or readers may find our mail in their spam`
      return { is: 'to-mend', what: `no ${called} was found for ${domain}`, how }
    }),
  )
}

function texts(): Finding {
  if (process.env.NOTIFY_API_KEY !== undefined) return well('text messages are sent by GOV.UK Notify')
  return {
    is: 'to-know',
    what: 'with this environment no text message is sent',
    how: 'set NOTIFY_API_KEY to send them',
  }
}
