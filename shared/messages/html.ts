import type { Written } from './dates.ts'

/** The typography of GOV.UK e-mail. There is no name at the top: a bystander learns nothing from its look. */
const BODY =
  'margin:0;padding:20px;font-family:Helvetica,Arial,sans-serif;font-size:19px;line-height:25px;color:#0b0c0c'
const PARAGRAPH = 'margin:0 0 20px'
const LIST = 'margin:0 0 20px;padding:0 0 0 20px'
const LINK = 'color:#1d70b8;word-wrap:break-word'
const RULE = 'border:0;height:1px;background:#b1b4b6;margin:30px 0'

/** A text as HTML, with each language marked: paragraphs, lists of `* ` lines, links, and rules for `---`. */
export function writeHtml(
  versions: readonly { readonly language: Written; readonly text: string }[],
): string {
  const [first] = versions
  const parts = versions.map(({ language, text }) => `<div lang="${language}">${blocks(text)}</div>`)
  const body = parts.join(`<hr style="${RULE}">`)
  return `<!doctype html><html lang="${first?.language ?? 'en'}"><head><meta charset="utf-8"></head><body style="${BODY}">${body}</body></html>`
}

function blocks(text: string): string {
  return text
    .split('\n\n')
    .map((block) => {
      if (block === '---') return `<hr style="${RULE}">`
      const lines = block.split('\n')
      if (lines.every((line) => line.startsWith('* '))) {
        return `<ul style="${LIST}">${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`
      }
      return `<p style="${PARAGRAPH}">${lines.map(inline).join('<br>')}</p>`
    })
    .join('')
}

function inline(line: string): string {
  return escaped(line).replace(
    /https?:\/\/[^\s<]+[^\s<.,:]/g,
    (url) => `<a href="${url}" style="${LINK}">${url}</a>`,
  )
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
