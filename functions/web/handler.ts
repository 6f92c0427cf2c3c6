import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { intake } from '../intake/intake.ts'
import { eventsOverHttp } from '../intake/over-http.ts'
import { takeOurs } from '../intake/publish.ts'
import { kindsOfToken } from '../intake/senders.ts'
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
import { counted } from '../runtime/counted.ts'
import { variables } from '../runtime/environment.ts'
import { SenderSettings, SignInSettings } from '../runtime/sign-in-settings.ts'
import { count, instrumented, logError, logInfo } from '../runtime/telemetry.ts'
import { answerPages } from './answer-pages.ts'
import { overTlsAlone } from './frame/headers.ts'
import { signIn } from './reader/sign-in.ts'
import { site } from './site.ts'
import { webPages } from './web.ts'

/** How much of the 29 seconds before a request is cut off may be used for work; the rest is for the response. */
const WORKING_MS = 24_000

const { ADDRESS, SIGN_IN, SENDERS } = variables('ADDRESS', 'SIGN_IN', 'SENDERS')
const { LINK_KEY_SECRET, SESSION_KEY_SECRET } = variables('LINK_KEY_SECRET', 'SESSION_KEY_SECRET')
const { CLIENT_SECRET, CALLBACK_TOKEN_SECRET } = variables('CLIENT_SECRET', 'CALLBACK_TOKEN_SECRET')
const readSecret = secretReader()
const readSecretAndFormer = secretAndFormerReader()
const store = casefileStore()
const now = Date.now
const ports = { store, queue: wakeQueue(), now }
const take = takeOurs(ports, publisher())

const linkKeys = () => readSecretAndFormer(LINK_KEY_SECRET)
const sms = textChannel()
const app = new Hono()
app.use(overTlsAlone)
app.route(
  '/',
  site({
    answers: answerPages({ store, take, now, linkKeys }),
    systems: eventsOverHttp(
      counted(count, 'Events', (body: string) => intake(body, ports)),
      kindsOfToken(SenderSettings.parse(SENDERS)),
    ),
    callbacks: callbacks({
      take: counted(count, 'Receipts', take),
      callbackToken: () => readSecret(CALLBACK_TOKEN_SECRET),
      async hear(inbound) {
        await reply(inbound, { store, sms, take, now })
        count('RepliesTaken')
      },
    }),
    pages: webPages({
      store,
      take,
      now,
      linkKeys,
      rules: currentRules(),
      readers: 'known',
      beginTime: () => {
        const until = now() + WORKING_MS
        return () => now() < until
      },
      audit: (line) => logInfo('audit', line),
      signIn: signIn({
        settings: SignInSettings.parse(SIGN_IN),
        address: ADDRESS,
        now,
        clientSecret: () => readSecret(CLIENT_SECRET),
        sessionKeys: () => readSecretAndFormer(SESSION_KEY_SECRET),
      }),
    }),
    origins: [new URL(ADDRESS).origin],
    failed: (error) => logError('request failed', {}, error),
  }),
)
const serve = handle(app)

/** Serves the pages to browsers: answer pages to anybody who holds a link, all others to people who are signed in. */
export const handler = instrumented(serve)
