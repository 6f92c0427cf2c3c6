import { SegmentedMessage } from 'sms-segments-calculator'

/** The cost of one fragment of a text message, in pence before VAT, from 1 April 2026. */
export const PENCE_A_FRAGMENT = 2.4

/** What a text takes as a text message. */
export type TextMessage = {
  /** GSM-7 if every letter is in its alphabet, else UCS-2, which holds less than half as much. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly fragments: number
  readonly pence: number
}

/** The fragments and the cost of a text. A letter such as ŵ, ŷ or ô makes all of it UCS-2. */
export function asTextMessage(text: string): TextMessage {
  const { encoding, fragments } = PLAIN.test(text) ? counted(text) : segmented(text)
  return { encoding, fragments, pence: fragments * PENCE_A_FRAGMENT }
}

/** Nearly every text uses only these characters, each of which takes one place: they need only be counted. */
const PLAIN = /^[\n !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£]*$/
/** A text in several fragments loses some places in each to their numbering. */
const PLACES = { ofOne: 160, ofEach: 153 }

function counted({ length }: string): Pick<TextMessage, 'encoding' | 'fragments'> {
  return { encoding: 'GSM-7', fragments: length <= PLACES.ofOne ? 1 : Math.ceil(length / PLACES.ofEach) }
}

function segmented(text: string): Pick<TextMessage, 'encoding' | 'fragments'> {
  const { encodingName, segmentsCount } = new SegmentedMessage(text)
  return { encoding: encodingName, fragments: segmentsCount }
}

/** Replaces curly quotes, which would make every letter of a text take twice the space. */
export function inPlainQuotes(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"')
}

/** `dwr` for `dŵr`: still readable, and less than half as long. Accents in GSM-7 stay. */
export function inPlainLetters(text: string): string {
  return text.replace(OTHER_ACCENTS, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
}

/** The accented letters that Welsh has and GSM-7 does not. */
const OTHER_ACCENTS = /[âêîôûŵŷáíóúẁỳẃýïëÿẅÂÊÎÔÛŴŶÁÍÓÚÀÈÌÒÙẀỲẂÝÏËŸẄ]/g
