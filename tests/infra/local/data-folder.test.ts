import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openData } from '../../../infra/local/data-folder.ts'

test.each(['{"FAX-01":"paused"', '{"FAX-01":"off"}', '["FAX-01"]', '{"FAX-1":"paused"}'])(
  'duty modes that read %s keep the service from starting, and the file is named',
  (written) => {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
    const file = join(folder, 'duty-modes.json')
    writeFileSync(file, written)
    expect(() => openData(folder, 0)).toThrow(file)
  },
)
