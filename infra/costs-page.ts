import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import counts from './costs-counts.json' with { type: 'json' }
import { withTables } from './costs-tables.ts'

/** `npm run costs`, the second half: works the tables of COSTS.md out of what was counted. */
const page = join(import.meta.dirname, 'COSTS.md')
writeFileSync(page, withTables(readFileSync(page, 'utf8'), counts))
