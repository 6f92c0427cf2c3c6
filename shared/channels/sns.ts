import * as z from 'zod'

/** SNS's wrapper around what it puts into a queue. */
export const FromSns = z.object({ Type: z.literal('Notification'), Message: z.string() })
