import { expect, test } from 'vitest'
import { schedulePage } from '../../infra/commands/schedule-page.ts'
import { catalogue } from '../../shared/duties/catalogue.ts'

test('the printed schedule is the one that was reviewed', async () => {
  await expect(schedulePage(catalogue())).toMatchFileSnapshot('../../docs/schedule.md')
})
