import * as z from 'zod'

/** How SNS wraps what it puts into a queue. */
export const FromSns = z.object({ Type: z.literal('Notification'), Message: z.string() })
