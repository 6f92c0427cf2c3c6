import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import counts from './counts.json' with { type: 'json' }
import { withTables } from './tables.ts'

/** `throughcare costs`, second half: writes the tables of docs/costs.md from the counts. */
const page = join(import.meta.dirname, '../../docs/costs.md')
writeFileSync(page, withTables(readFileSync(page, 'utf8'), counts))
