import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

export type Transactions = {
  /** To be called before each read. */
  reading(): void
  /** To be called before each write. */
  writing(): void
  /** Waits until everything written so far is on disk. Throws when it is not. */
  kept(): Promise<void>
  close(): void
}

/**
 * One transaction for everything that is read and written in one turn of the event loop, and for what is written during
 * a sync. The event loop goes on while the disk is waited for.
 */
export function transactionsOf(db: DatabaseSync): Transactions {
  const begin = db.prepare('begin')
  const beginToWrite = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const log = openLog(db)
  let isReading = false
  let open: PromiseWithResolvers<void> | undefined
  let keeping: Promise<void> | undefined
  let last: Promise<void> | undefined

  const endReading = () => {
    // A read that the disk refused may have ended it already.
    if (isReading && db.isTransaction) commit.run()
    isReading = false
  }
  const commitOpen = () => {
    const group = open
    open = undefined
    try {
      if (group) commit.run()
      return group
    } catch (error) {
      // A full disk may have rolled it back already.
      if (db.isTransaction) db.exec('rollback')
      group?.reject(error)
      return undefined
    }
  }
  const keep = () => {
    const group = keeping ? undefined : commitOpen()
    if (!group) return
    keeping = log.keep().finally(() => {
      keeping = undefined
      // The next sync begins before the callers of this one continue.
      keep()
    })
    keeping.then(group.resolve, group.reject)
  }
  return {
    reading() {
      if (open || isReading) return
      begin.run()
      isReading = true
      setImmediate(endReading)
    },
    writing() {
      if (open) return
      endReading()
      beginToWrite.run()
      open = Promise.withResolvers<void>()
      const { promise } = open
      last = promise
      promise.catch(() => {
        if (last === promise) last = undefined
      })
      setImmediate(keep)
    },
    kept: async () => last,
    close() {
      endReading()
      const group = commitOpen()
      log.close(keeping)
      group?.resolve()
    },
  }
}

/** The log into which SQLite commits. SQLite would sync it within the commit, and so block the event loop. */
function openLog(db: DatabaseSync) {
  db.exec('pragma synchronous = normal')
  const path = db.location()
  if (path === null) return { keep: async () => {}, close() {} }
  const log = openSync(`${path}-wal`, 'r+')
  const sync = promisify(fdatasync)
  let mayHaveGap = false
  return {
    async keep() {
      // SQLite drops what follows a gap: the whole log goes into the file, and begins again.
      if (mayHaveGap) {
        const { busy } = db.prepare('pragma wal_checkpoint(truncate)').get() ?? {}
        if (busy !== 0) throw new Error(`${path} cannot be repaired while another process reads it`)
      }
      mayHaveGap = true
      await sync(log)
      mayHaveGap = false
    },
    close(keeping: Promise<void> = Promise.resolve()) {
      fdatasyncSync(log)
      const end = () => closeSync(log)
      keeping.then(end, end)
    },
  }
}
