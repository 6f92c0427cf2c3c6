import { SegmentedMessage } from 'sms-segments-calculator'

/** What one fragment of a text message costs, in pence before VAT, from 1 April 2026. */
export const PENCE_A_FRAGMENT = 2.4

/** How a text travels as a text message. */
export type TextMessage = {
  /** GSM-7 where every letter is in its alphabet, else UCS-2, which holds less than half as much. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly fragments: number
  readonly pence: number
}

/** The fragments and the cost of a text. Letters such as ŵ, ŷ and ô make the whole of it UCS-2. */
export function asTextMessage(text: string): TextMessage {
  const { encoding, fragments } = PLAIN.test(text) ? counted(text) : segmented(text)
  return { encoding, fragments, pence: fragments * PENCE_A_FRAGMENT }
}

/** Nearly every text is written in these alone, each of which takes up one place: they need only be counted. */
const PLAIN = /^[\n !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£]*$/
/** A text that goes in several fragments gives up some places of each to say so. */
const PLACES = { ofOne: 160, ofEach: 153 }

function counted({ length }: string): Pick<TextMessage, 'encoding' | 'fragments'> {
  return { encoding: 'GSM-7', fragments: length <= PLACES.ofOne ? 1 : Math.ceil(length / PLACES.ofEach) }
}

function segmented(text: string): Pick<TextMessage, 'encoding' | 'fragments'> {
  const { encodingName, segmentsCount } = new SegmentedMessage(text)
  return { encoding: encodingName, fragments: segmentsCount }
}

/** Curly quotes would make every letter of a text take up twice as much. */
export function inPlainQuotes(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"')
}

/** `dwr` for `dŵr`: readable still, and less than half as long. Accents that are in GSM-7 stay. */
export function inPlainLetters(text: string): string {
  return text.replace(OTHER_ACCENTS, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
}

/** The accented letters that Welsh has and the alphabet of plain text messages does not. */
const OTHER_ACCENTS = /[âêîôûŵŷáíóúẁỳẃýïëÿẅÂÊÎÔÛŴŶÁÍÓÚÀÈÌÒÙẀỲẂÝÏËŸẄ]/g
