import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Instant } from '../../shared/calendar/london.ts'
import type { Return } from './thread.ts'

export type LambdaOptions = {
  /** The path to its bundle. */
  readonly bundle: string
  readonly environment: Readonly<Record<string, string>>
}

/** A function of the template, running its own bundle in its own thread. One invocation at a time. */
export class Lambda {
  readonly name: string
  invocations = 0
  /** The number of calls to each API. */
  readonly asked = new Map<string, number>()
  #written = ''
  readonly #options: LambdaOptions
  #thread: Worker
  /** Rejects when the thread ends, however it ends. */
  #gone: Promise<never>

  constructor(name: string, options: LambdaOptions) {
    this.name = name
    this.#options = options
    ;[this.#thread, this.#gone] = this.#start(options.environment)
  }

  /** Stops it, and starts it again with these variables changed, as a deploy does. */
  async redeploy(changes: Readonly<Record<string, string>>): Promise<void> {
    await this.end()
    ;[this.#thread, this.#gone] = this.#start({ ...this.#options.environment, ...changes })
  }

  #start(environment: Readonly<Record<string, string>>): [Worker, Promise<never>] {
    const thread = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { bundle: pathToFileURL(this.#options.bundle).href },
      env: { ...environment, AWS_LAMBDA_FUNCTION_NAME: this.name },
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    const gone = once(thread, 'exit').then(() => {
      throw new Error(`${this.name} has ended`)
    })
    gone.catch(() => {})
    for (const stream of [thread.stdout, thread.stderr]) {
      stream.on('data', (chunk) => {
        this.#written += chunk
      })
    }
    return [thread, gone]
  }

  /** Invokes it at `at`. Throws what the function throws, as Lambda returns an error. */
  async invoke(event: unknown, at: Instant): Promise<unknown> {
    const awsRequestId = `${this.name}-${++this.invocations}`
    const context = {
      functionName: this.name,
      functionVersion: '1',
      awsRequestId,
      invokedFunctionArn: this.name,
      memoryLimitInMB: '1024',
    }
    this.#thread.postMessage({ event, context, at })
    const [answer] = await Promise.race([once(this.#thread, 'message'), this.#gone])
    const { result, fault, asked }: Return = answer
    for (const [api, times] of Object.entries(asked)) this.asked.set(api, (this.asked.get(api) ?? 0) + times)
    if (fault !== undefined) throw new Error(`${this.name}: ${fault}`)
    return result
  }

  /** Stops it, and returns all its output: log and metrics. */
  async end(): Promise<string> {
    this.#thread.postMessage('end')
    await this.#gone.catch(() => {})
    return this.#written
  }
}
