import { describe, expect, test } from 'vitest'
import { pack, unpack } from '../../shared/store/body.ts'
import { CLAIM, textOf } from './contract.ts'

const KEPT = { noticeId: 'order_O-1_ATR-01_day-before', is: 'sent', to: 'Siân' }

describe('the body of an item', () => {
  test('is read as it was kept: by this version, by the one that packed it first, and before bodies were packed', () => {
    expect(unpack(pack(KEPT))).toEqual(KEPT)
    const first = Buffer.from('QwlGiD5/XcN4SHDFo4QSQhfUQ8GZhxflKdUCAA==', 'base64')
    expect(unpack(first)).toEqual(KEPT)
    expect(unpack(JSON.stringify(KEPT))).toEqual(KEPT)
  })

  test('takes less than half of what it says', () => {
    for (const value of [CLAIM, textOf('Mae gennych apwyntiad')]) {
      expect(pack(value).length).toBeLessThan(JSON.stringify(value).length / 2)
    }
  })
})
