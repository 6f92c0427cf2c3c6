import { fold } from '../../../shared/casefile/casefile.ts'
import { addressKey, casefileId } from '../../../shared/casefile/ids.ts'
import { contactsAt, type Reader } from '../../../shared/directory/readers.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import type { Store } from '../../../shared/store/store.ts'
import type { PageVariables } from '../frame/headers.ts'
import type { Person, SignedIn } from './sign-in.ts'

/** What the handlers of a staff page find in its context. */
export type StaffPages = PageVariables & SignedIn & { Variables: { reader: Reader } & Addressed }

/** The reader for somebody who signed in: support staff, or the contacts with that e-mail address. */
export async function readerOf({ email, isSupport }: Person, store: Pick<Store, 'events'>): Promise<Reader> {
  if (isSupport) return { reads: 'everything' }
  if (email === undefined) return { reads: 'their own', contactIds: [] }
  const address = fold('address', await store.events(casefileId('address', addressKey(email)), ['contact']))
  const contacts = new Map(
    await Promise.all(
      address.contactIds.map(
        async (id) =>
          [id, fold('contact', await store.events(casefileId('contact', id), ['contact']))] as const,
      ),
    ),
  )
  const known = (id: string) => contacts.get(id) ?? fold('contact', [])
  return { reads: 'their own', contactIds: contactsAt(email, address, known) }
}

/**
 * Whether somebody answers subject access requests: the issuer says so. Without an issuer, people who may read
 * everything do.
 */
export function answersRequests(reader: Reader, person: Person | undefined): boolean {
  return person ? person.isDataProtection === true : reader.reads === 'everything'
}

/** The first of a reader's contacts; undefined for support staff and for people unknown to us. */
export function contactOf(reader: Reader): string | undefined {
  return reader.reads === 'everything' ? undefined : reader.contactIds[0]
}

/** How pages address their reader. */
export type Addressed = { readonly name: string | undefined; readonly language: Written }

/** A reader's name, from their contact or else their e-mail address; and their language. */
export async function addressed(
  reader: Reader,
  person: Person | undefined,
  store: Pick<Store, 'events'>,
): Promise<Addressed> {
  const contactId = contactOf(reader)
  if (contactId === undefined) return { name: person?.email, language: 'en' }
  const { details } = fold('contact', await store.events(casefileId('contact', contactId), ['contact']))
  return { name: details?.name ?? contactId, language: details?.language === 'cy' ? 'cy' : 'en' }
}
