import { keyOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import { happened } from '../casefile/order.ts'
import { repliesIn } from '../casefile/replies.ts'
import { type Act, act } from './act.ts'
import { PROBATION, PROVIDER } from './orders.ts'
import { WORKERS } from './releases.ts'

/** Marking a reply as read. Its words are not part of the act: they are shown above its button. */

const READ = {
  title: { en: 'Read what they wrote', cy: 'Darllen yr hyn a ysgrifennwyd' },
  button: { en: 'I have read this', cy: 'Rwyf wedi darllen hwn' },
}
const ABOUT_AN_ORDER: readonly Role[] = [...PROBATION, ...PROVIDER]

export const REPLY_ACTS: readonly Act[] = [
  act('order', 'reply.read', {
    ...READ,
    roles: ABOUT_AN_ORDER,
    subjects: ({ id, state }) =>
      repliesIn([...happened(state, 'reply.received'), ...happened(state, 'reply.read')])
        .filter(({ readAt }) => readAt === undefined)
        .map(({ received: { at, info } }) => ({
          ...{ key: info.replyId, at, settled: { orderId: keyOf(id), replyId: info.replyId } },
        })),
  }),
  act('release', 'reply.read', {
    ...READ,
    roles: WORKERS,
    subjects: ({ state }) =>
      Object.values(state.byId).flatMap(({ releaseId, replies }) =>
        repliesIn(replies)
          .filter(({ readAt }) => readAt === undefined)
          .map(({ received: { at, info } }) => ({
            ...{ key: info.replyId, at, settled: { releaseId, replyId: info.replyId } },
          })),
      ),
  }),
]
