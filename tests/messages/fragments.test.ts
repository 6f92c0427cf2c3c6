import { describe, expect, test } from 'vitest'
import { fragmentsOf } from '../../infra/commands/fragments.ts'
import { ROW_TEXTS } from '../texts.ts'

/** The line of an area that signs a message may be longer than those we ship. */
const LONG = { en: 'Throughcare, North Probation Office', cy: 'Throughcare, Swyddfa Brawf y Gogledd' }

describe('a text message has at most two fragments in a language, signed by an office with a long name', () => {
  test.each(ROW_TEXTS.map((one) => [one.name, one.template] as const))('%s', (_, template) => {
    const { en, cy, both } = fragmentsOf(template, LONG)
    expect(Math.max(en, cy)).toBeLessThanOrEqual(2)
    expect(both).toBeLessThanOrEqual(4)
  })
})
