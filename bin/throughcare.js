#!/usr/bin/env node
// Runs the command line on Node 24: on this Node if it is one, else on the one that npm brought along.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'infra/commands/throughcare.ts')
// Node runs no TypeScript from node_modules, so the package brings it bundled.
const main = existsSync(source) ? source : join(root, 'dist/throughcare.js')

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(pathToFileURL(main).href)
} else {
  const child = spawn(node24(), [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 143)))
}

function node24() {
  try {
    return createRequire(import.meta.url).resolve(`node-linux-${process.arch}/bin/node`)
  } catch {
    process.stderr.write(
      'Throughcare runs on Node 24. npm brings it on Linux with glibc (x64, arm64); elsewhere install Node 24 or later yourself.\n',
    )
    process.exit(1)
  }
}
