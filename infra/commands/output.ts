/** Writes one line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Writes one line to standard error. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Makes the process exit quietly when the reader of its output closes the pipe, as `head` does. */
export function exitWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}
