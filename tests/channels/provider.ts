import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** How a provider treats whatever it is asked next. */
export type Mood =
  | 'accepts'
  | 'throttles'
  | 'rejects'
  | 'is unavailable'
  | 'fails'
  | 'takes it and drops the connection'
  | 'takes it and drops the connection half way through its answer'
  | 'takes it and says nothing'
  | 'answers garbage'
  | 'answers an empty object'
  | 'fails in garbage'
  | 'speaks no HTTP'
  | 'knows nobody of our name'

export type Reply = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** One request as the provider got it. */
export type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** The words in which one provider answers. In a mood it has no words for it takes what it is asked to take. */
export type Dialect = (asked: Asked, mood: Mood) => Reply

/** A provider on this machine that speaks the real one's protocol, in the mood it is put in. */
export class Provider {
  readonly asked: Asked[] = []
  mood: Mood = 'accepts'
  /** Answers the next requests instead of the mood. */
  reply: Reply | undefined
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async open(dialect: Dialect): Promise<Provider> {
    const server = createServer()
    const provider = new Provider(server)
    server.on('request', async (request, response) => {
      const asked = await readAsked(request)
      provider.asked.push(asked)
      const { status, headers, body } = provider.reply ?? replyOf(dialect, asked, provider.mood)
      switch (provider.mood) {
        case 'takes it and says nothing':
          return
        case 'takes it and drops the connection':
          return void request.socket.destroy()
        case 'takes it and drops the connection half way through its answer':
          response.writeHead(status, { ...headers, 'content-length': body.length })
          return void response.write(body.slice(0, body.length / 2), () => request.socket.destroy())
        case 'speaks no HTTP':
          return void request.socket.end('220 ready\r\n')
      }
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return provider
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** From now on nobody listens at its address. */
  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }
}

function replyOf(dialect: Dialect, asked: Asked, mood: Mood): Reply {
  const html = { 'content-type': 'text/html' }
  switch (mood) {
    case 'answers garbage':
      return { status: 200, headers: html, body: '<html>Welcome to the guest network</html>' }
    case 'answers an empty object':
      return { status: 200, body: '{}' }
    case 'fails in garbage':
      return { status: 502, headers: html, body: '<html>Bad gateway</html>' }
    default:
      return dialect(asked, mood)
  }
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const { method = '', url: path = '' } = request
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
  )
  return { method, path, headers, body: await text(request) }
}
