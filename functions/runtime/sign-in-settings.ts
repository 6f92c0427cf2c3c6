import * as z from 'zod'

const Claim = z.object({ claim: z.string().min(1), value: z.string().min(1) })

/** Who lets people in, how it knows us, and how it says who may read everything. */
export const SignInSettings = z.object({
  issuer: z.url(),
  clientId: z.string().min(1),
  /** What is asked for: `openid` and, with most issuers, `email`. */
  scope: z.string().startsWith('openid'),
  /** The claim, and what stands in it for support staff: a Cognito group, an authority of HMPPS Auth. */
  support: Claim,
  /** The same for those who answer requests for access; where it is left out, nobody does so on these pages. */
  dataProtection: Claim.optional(),
  /** For an issuer that gives no address which it has not verified, and so does not say that it has. */
  givesVerifiedEmailOnly: z.boolean(),
})
export type SignInSettings = z.infer<typeof SignInSettings>

/** In which claim of its token a system shows the kinds that it may send, and what stands before each of them there. */
export const SenderSettings = z.object({ claim: z.string().min(1), prefix: z.string().min(1) })
export type SenderSettings = z.infer<typeof SenderSettings>
