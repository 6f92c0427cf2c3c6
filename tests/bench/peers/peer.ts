import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A delayed job with a key, which does nothing once it is due: an instant in milliseconds. */
export type Job = { readonly key: string; readonly due: number }

/** A queue that one would pick instead, as its documentation has it used where much is to be done. */
export type Peer = {
  /** Puts many jobs in with one call, where it can. */
  putAll?(jobs: readonly Job[]): Promise<unknown>
  put(job: Job): Promise<unknown>
  /** By its key; a queue without keys has neither. */
  move?(job: Job): Promise<unknown>
  cancel?(key: string): Promise<unknown>
  /** Begins to work off what is due, and says so of each. */
  start(done: (key: string) => void): Promise<unknown>
  close(): Promise<unknown>
}

/** Opens a peer on a server or in a file, where nothing of it is left from before; `load` gives a module that is installed for it. */
export type OpenPeer = (load: Load, server: string) => Promise<Peer>
// biome-ignore lint/suspicious/noExplicitAny: the peers are no dependencies of ours, and nor are their types
export type Load = (name: string) => Promise<any>

/** Loads modules from a folder in which they were installed. */
export function loaderOf(folder: string): Load {
  const require = createRequire(join(folder, 'package.json'))
  return async (name) => {
    const loaded = await import(pathToFileURL(require.resolve(name)).href)
    return loaded.default ?? loaded
  }
}
