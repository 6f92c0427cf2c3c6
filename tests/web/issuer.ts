import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export const CLIENT = { id: 'pages', secret: 'a secret of these tests' }

export type Issuer = { readonly url: string; stop(): Promise<void> }

/**
 * A real issuer of OpenID Connect, which lets in anybody who gives a name: `c-om` has the address c-om@example.com. Those
 * whose name begins with `unverified` have not shown that it is theirs, and `support` is in the group of that name.
 */
export async function startIssuer(pagesAt: string): Promise<Issuer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${pagesAt}/callback`],
        post_logout_redirect_uris: [`${pagesAt}/signed-out`],
      },
    ],
    claims: { openid: ['sub', 'cognito:groups'], email: ['email', 'email_verified'] },
    findAccount: (_, name) => ({
      accountId: name,
      claims: () => ({
        sub: name,
        email: `${name}@example.com`,
        email_verified: !name.startsWith('unverified'),
        'cognito:groups': name === 'support' ? ['support'] : [],
      }),
    }),
    pkce: { required: () => true },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    features: {
      rpInitiatedLogout: {
        logoutSource: (ctx, form) => {
          ctx.body = `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`
        },
      },
    },
    cookies: { keys: ['a key of these tests'] },
  })
  server.on('request', provider.callback())
  return {
    url,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
