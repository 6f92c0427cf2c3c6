import type { TextMessage } from './text-message.ts'

/** What a message may say. Instants and dates are written out by the renderer, in the reader's language. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined | readonly Facts[]>>

/** What a message says. As a text message it is `text` alone. */
export type Text = {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** What a text message takes. */
  readonly textMessage?: TextMessage
}

/** A subject and a text with places for facts; `text` alone is what a text message says. */
export type Template = { readonly subject: string; readonly text: string }
/** One text in every language it is written in. */
export type Texts = Readonly<Record<string, { readonly en: Template; readonly cy?: Template }>>
