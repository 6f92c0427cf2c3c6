import { Hono } from 'hono'
import { type Inbound, readInboundOfNotify } from '../../shared/channels/inbound.ts'
import { bearsToken, type ReceiptPorts, receive } from './receipts.ts'

export type CallbackPorts = ReceiptPorts & {
  /** The token that GOV.UK Notify uses to call us. */
  readonly callbackToken: () => Promise<string>
  /** Acts on a text message to us. Throws if that fails. */
  readonly hear: (inbound: Inbound) => Promise<unknown>
}

/**
 * Where GOV.UK Notify reports on messages, and passes on replies by text. Anything but 200 makes it try again: every
 * five minutes, at most five times.
 */
export function callbacks({ callbackToken, hear, ...ports }: CallbackPorts) {
  const app = new Hono()
  app.use('/:door{receipts|replies}/notify', async (c, next) => {
    if (bearsToken(c.req.header('authorization'), await callbackToken())) return next()
    return c.json({ is: 'forbidden' }, 403)
  })
  app.post('/receipts/notify', async (c) => {
    const { is } = await receive(await c.req.text(), ports)
    return c.json({ is }, is === 'refused' ? 400 : 200)
  })
  app.post('/replies/notify', async (c) => {
    const inbound = readInboundOfNotify(await c.req.json().catch(() => undefined))
    if (!inbound) return c.json({ is: 'refused' }, 400)
    await hear(inbound)
    return c.json({ is: 'accepted' })
  })
  return app
}
