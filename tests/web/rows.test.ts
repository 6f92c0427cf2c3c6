import { expect, test } from 'vitest'
import { pastRow } from '../../functions/web/casefiles/rows.ts'
import type { Entry, Role } from '../../shared/casefile/ledger.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'

const asked = (role: Role): Entry => ({
  noticeId: 'release_R-1_GATE-01_accept_R-1_k_1_meeter',
  duty: 'GATE-01',
  step: 'accept',
  occasion: 'R-1_k_1',
  due: 0,
  at: 0,
  because: [],
  is: 'sent',
  to: 'C-SOMEBODY',
  role,
  channel: 'email',
  address: 'somebody@example.com',
  language: 'en',
  misses: [{ contactId: 'C-ANOTHER', reason: 'absent' }],
  messageId: 'M-1',
  failed: [],
})
const texts = new Map([['M-1', { subject: 'Can you?', text: 'Say yes: /a/x', html: '' }]])
const shown = (role: Role) =>
  JSON.stringify(
    pastRow('release:R-1', asked(role), { ledger: openLedger([asked(role)], []), events: [], texts }),
  )

test('a sponsor, peer or relative who was asked is on no page: neither who, nor how, nor their link', () => {
  for (const trace of ['C-SOMEBODY', 'C-ANOTHER', 'somebody@', '/a/']) {
    expect(shown('meeter')).not.toContain(trace)
  }
})

test('a key worker who was asked is named by their id, and never by their address', () => {
  expect(shown('key-worker')).toContain('C-SOMEBODY')
  expect(shown('key-worker')).not.toContain('somebody@')
})
