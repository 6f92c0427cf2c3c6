import { describe, expect, test } from 'vitest'
import { fragmentsOf } from '../../infra/commands/fragments.ts'
import { ROW_TEXTS } from '../texts.ts'

describe('a text message has at most two fragments in a language', () => {
  test.each(ROW_TEXTS.map((one) => [one.name, one.template] as const))('%s', (_, template) => {
    const { en, cy, both } = fragmentsOf(template)
    expect(Math.max(en, cy)).toBeLessThanOrEqual(2)
    expect(both).toBeLessThanOrEqual(4)
  })
})
