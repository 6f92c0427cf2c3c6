import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** One message that a mail server took. */
export type Mail = {
  readonly messageId: string
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
}

export type MailServer = {
  readonly url: string
  /** Everything it took, oldest first. */
  readonly mails: readonly Mail[]
  /** The most that it had taken, at any moment, and not yet said so. */
  unsaidMax(): number
  /** Ends every connection without a word. */
  hangUp(): void
  close(): Promise<void>
}

/** A mail server on this machine that takes everything, but for what `options` say, and is so slow to say that it did; at that port, or a free one. */
export async function startMailServer(
  options: SMTPServerOptions = {},
  slowMs = 0,
  at = 0,
): Promise<MailServer> {
  const mails: Mail[] = []
  let unsaid = 0
  let unsaidMax = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      text(stream).then((folded) => {
        const raw = unfolded(folded)
        const [, messageId = ''] = /^X-Throughcare-Message-Id: (\S+)/im.exec(raw) ?? []
        const from = mailFrom ? mailFrom.address : ''
        mails.push({ messageId, from, to: rcptTo.map((to) => to.address), raw })
        unsaidMax = Math.max(unsaidMax, ++unsaid)
        setTimeout(() => {
          unsaid--
          done()
        }, slowMs)
      }, done)
    },
    ...options,
  })
  server.on('error', () => {}) // a client that is killed in the middle of a command closes nothing
  const sockets = new Set<Socket>()
  server.server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    unsaidMax: () => unsaidMax,
    hangUp: () => sockets.forEach((socket) => void socket.destroy()),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** What a mail server says when it will not. */
export function refusal(responseCode: number): Error {
  return Object.assign(new Error('No'), { responseCode })
}

/** Long headers go on in the next line. */
function unfolded(raw: string): string {
  return raw.replace(/\r\n[ \t]+/g, ' ')
}
