import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { takeOurs } from '../intake/publish.ts'
import { callbacks } from '../receipts/callbacks.ts'
import { reply } from '../replies/replies.ts'
import {
  casefileStore,
  currentRules,
  publisher,
  secretAndFormerReader,
  secretReader,
  textChannel,
  wakeQueue,
} from '../runtime/clients.ts'
import { variables } from '../runtime/environment.ts'
import { count, instrumented, logError } from '../runtime/telemetry.ts'
import { answerPages } from './answer-pages.ts'
import { overTlsAlone } from './headers.ts'
import { signIn } from './sign-in.ts'
import { webPages } from './web.ts'

const { ADDRESS, SIGN_IN } = variables('ADDRESS', 'SIGN_IN')
const { LINK_KEY_SECRET, SESSION_KEY_SECRET } = variables('LINK_KEY_SECRET', 'SESSION_KEY_SECRET')
const { CLIENT_SECRET, CALLBACK_TOKEN_SECRET } = variables('CLIENT_SECRET', 'CALLBACK_TOKEN_SECRET')
const readSecret = secretReader()
const readSecretAndFormer = secretAndFormerReader()
const store = casefileStore()
const now = Date.now
const take = takeOurs({ store, queue: wakeQueue(), now }, publisher())

const linkKeys = () => readSecretAndFormer(LINK_KEY_SECRET)

const app = new Hono()
app.use(overTlsAlone)
app.onError((error, c) => {
  logError('request failed', {}, error)
  return c.text('That did not work. It was written down; please try again.', 500)
})
app.route('/', answerPages({ store, take, now, linkKeys }))
const sms = textChannel()
app.route(
  '/',
  callbacks({
    take,
    callbackToken: () => readSecret(CALLBACK_TOKEN_SECRET),
    async hear(inbound) {
      await reply(inbound, { store, sms, take, now })
      count('RepliesTaken')
    },
  }),
)
app.route(
  '/',
  webPages({
    store,
    take,
    now,
    linkKeys,
    rules: currentRules(),
    signIn: signIn({
      settings: SIGN_IN,
      address: ADDRESS,
      now,
      clientSecret: () => readSecret(CLIENT_SECRET),
      sessionKeys: () => readSecretAndFormer(SESSION_KEY_SECRET),
    }),
  }),
)
const serve = handle(app)

/** Serves the pages to browsers: those for answering to anybody who holds a link, all others to people signed in. */
export const handler = instrumented(serve)
