import type { TextMessage } from './text-message.ts'

/** What a message may say. Instants and dates are written out by the renderer, in the reader's language. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined | readonly Facts[]>>

/** What a message says. As a text message it is `text` alone. */
export type Text = {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The name that it is from, as a mailbox shows it beside the address. */
  readonly from?: string
  /** What a text message takes. */
  readonly textMessage?: TextMessage
}

/** What a message says in one language, with places for facts; `text` alone is what a text message says. */
export type Wording = { readonly subject: string; readonly text: string }
/** One text in every language it is written in. */
export type Template = { readonly en: Wording; readonly cy: Wording }
export type Texts = Readonly<Record<string, Template>>

/** Between two languages of a message, and between the notices that share it. */
export const BREAK = '\n\n---\n\n'
