import type { Words } from '../../../shared/acts/act.ts'
import type { Instant } from '../../../shared/calendar/london.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import { repliesIn } from '../../../shared/casefile/replies.ts'
import { isMobileShared } from '../../../shared/directory/reach.ts'
import type { Store } from '../../../shared/store/store.ts'
import type { Offer, OpenedCasefile } from '../../acts/acts.ts'
import { actPath } from '../frame/act-form.ts'

/** The act shown below the words it is about, and linked to from nowhere else. */
export const READ: EventType = 'reply.read'

/** What somebody wrote, as a page shows it. */
type ShownReply = {
  readonly at: Instant
  readonly readAt: Instant | undefined
  /** Undefined if two people hold the number: the words are shown to nobody. */
  readonly words: string | undefined
  /** The form for saying that it was read, and the text of its button, for those who may. */
  readonly read: { readonly path: string; readonly button: Words } | undefined
}

/**
 * What was written back in a casefile, or one reply of it, newest first, until it is removed. It is for those who work on the casefile, and
 * for the one whom a notice asked to read it: not for everybody who can see all casefiles.
 */
export async function repliesFor(
  offers: readonly Offer[],
  { casefile, stored, ask }: OpenedCasefile,
  store: Pick<Store, 'texts'>,
  replyId?: string,
): Promise<ShownReply[]> {
  const replies = repliesIn(stored.events).filter(
    ({ received }) => replyId === undefined || received.info.replyId === replyId,
  )
  if (replies.length === 0) return []
  const texts = await store.texts(casefile.id)
  const shared = await ask((neighbours) =>
    replies.map(({ received }) => isMobileShared(received.info.contactId, neighbours)),
  )
  return replies
    .map(({ received: { at, info }, readAt }, nth) => {
      const offer = offers.find(({ act, about }) => act.event === READ && about.subject.key === info.replyId)
      return {
        ...{ at, readAt },
        words: shared[nth] ? undefined : texts.get(info.replyId)?.text,
        read: offer && { path: actPath(offer.act, offer.about), button: offer.act.button },
      }
    })
    .filter(({ words, readAt }) => words !== undefined || readAt === undefined)
    .sort((a, b) => b.at - a.at)
}
