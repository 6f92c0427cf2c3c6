import { SegmentedMessage } from 'sms-segments-calculator'

/** What one fragment of a text message costs, in pence before VAT, from 1 April 2026. */
const PENCE_A_FRAGMENT = 2.4

/** How a text travels as a text message. */
export type TextMessage = {
  /** GSM-7 where every letter is in its alphabet, else UCS-2, which holds less than half as much. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly fragments: number
  readonly pence: number
}

/** The fragments and the cost of a text. Letters such as ŵ, ŷ and ô make the whole of it UCS-2. */
export function asTextMessage(text: string): TextMessage {
  const message = new SegmentedMessage(text)
  const fragments = message.segmentsCount
  return { encoding: message.encodingName, fragments, pence: fragments * PENCE_A_FRAGMENT }
}
