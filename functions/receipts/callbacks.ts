import { Hono } from 'hono'
import { bearsToken, type ReceiptPorts, receive } from './receipts.ts'

export type CallbackPorts = ReceiptPorts & {
  /** What we gave to GOV.UK Notify, for it to be known by. */
  readonly callbackToken: () => Promise<string>
}

/** Where GOV.UK Notify reports what became of a message. A report that is not answered with 200 comes again. */
export function callbacks({ callbackToken, ...ports }: CallbackPorts) {
  const app = new Hono()
  app.post('/receipts/notify', async (c) => {
    if (!bearsToken(c.req.header('authorization'), await callbackToken()))
      return c.json({ is: 'forbidden' }, 403)
    const { is } = await receive(await c.req.text(), ports)
    return c.json({ is }, is === 'refused' ? 400 : 200)
  })
  return app
}
