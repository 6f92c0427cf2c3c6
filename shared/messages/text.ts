import type { TextMessage } from './text-message.ts'

/** The facts that a message may use. The renderer formats instants and dates in the reader's language. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined | readonly Facts[]>>

/** A rendered message. A text message is `text` only. */
export type Text = {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The sender's name, as a mailbox shows it next to the address. */
  readonly from?: string
  /** Its size and cost as a text message. */
  readonly textMessage?: TextMessage
}

/** A message in one language, with placeholders for facts; a text message uses `text` only. */
export type Wording = { readonly subject: string; readonly text: string }
/** One text in all its languages. */
export type Template = { readonly en: Wording; readonly cy: Wording }
export type Texts = Readonly<Record<string, Template>>

/** Separates the languages of a message, and the notices that share it. */
export const BREAK = '\n\n---\n\n'
