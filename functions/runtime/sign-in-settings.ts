import * as z from 'zod'

const Claim = z.object({ claim: z.string().min(1), value: z.string().min(1) })

/** The issuer that signs people in, our client there, and how it marks people who may read everything. */
export const SignInSettings = z.object({
  issuer: z.url(),
  clientId: z.string().min(1),
  /** The scope to request: `openid` and, with most issuers, `email`. */
  scope: z.string().startsWith('openid'),
  /** The claim that marks support staff, and its value: a Cognito group, an authority of HMPPS Auth. */
  support: Claim,
  /** The same for people who answer subject access requests; if left out, nobody does so on these pages. */
  dataProtection: Claim.optional(),
  /** For an issuer that only returns verified addresses, and so does not say that they are. */
  givesVerifiedEmailOnly: z.boolean(),
})
export type SignInSettings = z.infer<typeof SignInSettings>

/** The claim of a system's token that lists the kinds it may send, and their prefix there. */
export const SenderSettings = z.object({ claim: z.string().min(1), prefix: z.string().min(1) })
export type SenderSettings = z.infer<typeof SenderSettings>
