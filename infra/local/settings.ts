import { hostname } from 'node:os'
import { type Instant, londonTime } from '../../shared/calendar/london.ts'
import { localDate } from '../../shared/casefile/fields.ts'
import { exitWith, readArguments } from '../command-line.ts'
import { isSending } from './providers.ts'
import { SAMPLE_FROM, SAMPLE_OPENS } from './sample/pen.ts'

const USAGE = `usage: throughcare start [--data FOLDER] [--address URL] [--at DATE]

  --data FOLDER    keep everything in FOLDER, on the real clock; without it, a sample caseload in memory
  --address URL    where people reach this service, such as https://throughcare.example.org: links in messages lead
                   there. Needed once anything is really sent; default: this machine
                   FOLDER/sign-in.json says who lets people in (docs/one-machine.md); without it there is one account,
                   whose password is shown at the first start
                   FOLDER/senders.json gives systems their own tokens, limited to some kinds of event (docs/one-machine.md)
                   FOLDER/letterheads.json says who messages are from (docs/one-machine.md)
                   FOLDER/duty-modes.json, such as {"FAX-01":"paused"}, holds duties back: "paused", or in "shadow"
  --at DATE        the day on which the sample caseload's clock starts; default ${SAMPLE_OPENS}
  PORT             the port to serve on; default: the first free one from 3000
  HOST             the address to listen on, such as 0.0.0.0 in a container; default: only this machine
  SMTP_URL         the mail server to send through, such as smtp://user:password@mail.example.org:587
  SMTP_FROM        the address that e-mail is from, such as messages@example.org: it must reveal nothing to anybody who sees it
  NOTIFY_API_KEY   the key of a GOV.UK Notify service, which then sends text messages, and e-mail without SMTP_URL;
                   with NOTIFY_EMAIL_TEMPLATE ((subject)) ((text)) and NOTIFY_TEXT_TEMPLATE ((text))
  NOTIFY_CALLBACK_TOKEN
                   the bearer token with which GOV.UK Notify reports to /receipts/notify what became of a message,
                   and hands over replies at /replies/notify
  WEBHOOK_URL      where another service is told of notices, receipts, replies, answers and what people do, and WEBHOOK_SECRET,
                   whsec_ and base64, which authenticates us (docs/integrate.md)
  OTEL_EXPORTER_OTLP_ENDPOINT
                   where traces and counts are sent by OTLP over HTTP, such as http://127.0.0.1:4318 (docs/one-machine.md)
`

const OPTIONS = { data: { type: 'string' }, address: { type: 'string' }, at: { type: 'string' } } as const

/** The only host that nobody else can reach. */
export const HERE = '127.0.0.1'
export const NAMES_OF_HERE: readonly string[] = [HERE, 'localhost', '[::1]']

/** How one machine should run. */
export type Settings = ReturnType<typeof readSettings>

/** Reads the arguments of `throughcare start`, and its environment. Ends the process if they make no sense. */
export function readSettings() {
  const { data: folder, address, at = SAMPLE_OPENS } = readArguments({ options: OPTIONS }, USAGE).values
  const { PORT, HOST: host = HERE, SMTP_FROM = `messages@${hostname()}` } = process.env
  const { NOTIFY_CALLBACK_TOKEN: callbackToken } = process.env
  if (folder === undefined && isSending(process.env)) {
    refuse('--data is missing: the sample caseload is never sent')
  }
  if (folder === undefined && host !== HERE)
    refuse('--data is missing: the sample can only be reached from this machine')
  if (address === undefined && (isSending(process.env) || host !== HERE)) {
    refuse('--address is missing: links in messages need the address where people reach this service')
  }
  if (callbackToken === '') refuse('NOTIFY_CALLBACK_TOKEN: expected a token, not nothing')
  return {
    ...{ folder, host, callbackToken, webhook: webhookIn(process.env) },
    address: address === undefined ? undefined : addressIn(address),
    port: PORT === undefined ? undefined : portIn(PORT),
    mailFrom: SMTP_FROM,
    opensAt: openingOf(at),
  }
}

function addressIn(written: string): string {
  const url = URL.parse(written)
  const isOrigin = url !== null && `${url.origin}/` === url.href
  if (!url || !isOrigin) {
    return refuse(`--address: expected one such as https://throughcare.example.org, not ${written}`)
  }
  if (url.protocol === 'https:' || NAMES_OF_HERE.includes(url.hostname)) return url.origin
  return refuse('--address: expected https: sessions and answers must not be readable in transit')
}

/** The morning of a day, with everything before it played; for the first day, before anything happened. */
function openingOf(day: string): Instant {
  const { data: date } = localDate.safeParse(day)
  if (date === undefined)
    return refuse(`--at: expected a date such as ${SAMPLE_OPENS}, not ${JSON.stringify(day)}`)
  return date > SAMPLE_FROM ? londonTime(date, '09:30') : 0
}

function webhookIn({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret = '' }: NodeJS.ProcessEnv) {
  if (url === undefined) return undefined
  const { protocol, hostname } = URL.parse(url) ?? {}
  if (protocol !== 'https:' && !NAMES_OF_HERE.includes(hostname ?? '')) {
    return refuse('WEBHOOK_URL: expected an address that begins with https://')
  }
  // Standard Webhooks requires at least 24 bytes.
  if (/^whsec_[A-Za-z0-9+/]{32,}=*$/.test(secret)) return { url, secret }
  return refuse('WEBHOOK_SECRET: expected whsec_ and at least 24 bytes in base64')
}

function portIn(written: string): number {
  if (/^\d{1,5}$/.test(written) && Number(written) <= 65_535) return Number(written)
  return refuse(`PORT: expected a number up to 65535, not ${JSON.stringify(written)}`)
}

function refuse(reason: string): never {
  exitWith(`Throughcare did not start: ${reason}`)
}
