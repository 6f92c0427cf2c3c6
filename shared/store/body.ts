import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Text that is in nearly every event, entry and message, the most common last: with it as a dictionary, a body takes a
 * third of its JSON. It is needed to read everything stored. An improved one would be a new schema: what was packed
 * with this one is read with it.
 */
const COMMON = Buffer.from(
  [
    '{"subject":"","text":"\\n\\nMore: https://","html":"<!doctype html><html lang=\\"en\\"><head><meta charset=\\"utf-8\\">',
    '</head><body style=\\"margin:0;padding:20px;font-family:Helvetica,Arial,sans-serif;font-size:19px;line-height:25px;',
    'color:#0b0c0c\\"><div lang=\\"en\\"><ul><li></li></ul><p style=\\"margin:0 0 20px\\"></p><p style=\\"margin:0 0 20px\\">',
    '<a href=\\"https:///notices/\\" style=\\"color:#1d70b8;word-wrap:break-word\\">https:///notices/</a></p></div></body></html>"',
    ',"textMessage":{"encoding":"GSM-7","fragments":1,"pence":2.4}}',
    '{"eventId":"","type":"notice.delivered","occurredAt":"2026-01-01T09:00:00.000000000Z","at":17,"person":{"crn":"X"},',
    '"info":{"orderId":"O-","appointmentId":"A-","startsAt":17,"durationMinutes":60,"kind":"treatment","with":"C-",',
    '"place":"","by":"C-","contactId":"C-","noticeId":"","address":"","channel":"sms","releaseId":"R-","prisonId":""}}',
    '{"noticeId":"release_clearance_order_","duty":"ATR-01","step":"day-before","occasion":"A-","due":17,"because":[""],',
    '"at":17,"is":"skipped","reason":"not-needed","misses":[],"to":"C-","role":"offender-manager","channel":"email",',
    '"address":"+447","language":"en","misses":[],"messageId":"order_","failed":[],"since":17,"is":"sent"}',
  ].join(''),
)

/** A value in the form of an item's body. */
export function pack(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value), { dictionary: COMMON })
}

/** The value in a body; the bodies of the first schema are JSON text. */
export function unpack<T>(body: Uint8Array | string): T {
  const json = typeof body === 'string' ? body : inflateRawSync(body, { dictionary: COMMON }).toString()
  return JSON.parse(json) as T
}
