import type { States } from '../../../shared/casefile/casefile.ts'
import { phoneNumber, crn as readCrn, noms as readNoms } from '../../../shared/casefile/fields.ts'
import {
  type CasefileId,
  casefileId,
  keyOf,
  kindOf,
  personKey,
  releaseKey,
} from '../../../shared/casefile/ids.ts'
import type { Neighbours } from '../../../shared/directory/neighbours.ts'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { type OpenedCasefile, type OpenPorts, openForActing } from '../../acts/acts.ts'
import { ofPerson } from '../../person.ts'
import { nameOf, SHOWN_KINDS } from '../casefiles/casefiles.ts'
import { openOwn } from '../casefiles/own-casefiles.ts'
import { isLimited } from './limited.ts'

/** A casefile that was found, and by what. */
export type Hit = { readonly id: CasefileId; readonly name: string; readonly by: By }
type By = 'reference' | 'CRN' | 'prison number' | 'telephone number' | 'name'

/** What fewer letters find is everything. */
const LETTERS_MIN = 2

/**
 * What a reader finds by a name, a reference, a CRN, a prison number or a whole telephone number. A worker, in the
 * casefiles that they may read, which their own casefile names. Who may read everything, by an exact reference, CRN or
 * prison number alone, and no limited-access case. Nothing is looked through.
 */
export async function search(
  words: string,
  reader: Reader,
  language: Written,
  ports: OpenPorts,
): Promise<Hit[]> {
  const said = words.trim()
  if (said.length < LETTERS_MIN) return []
  if (reader.reads === 'everything') return searchEverywhere(said, language, ports)
  const own = await openOwn(reader.contactIds, ports)
  const hits = await Promise.all(
    own.map(async (opened) => {
      const by = await opened.ask((neighbours) => foundBy(said, opened, neighbours))
      return by && hitOf(opened, by, language)
    }),
  )
  return hits.filter((hit) => hit !== undefined)
}

function hitOf({ casefile: { id }, stored }: OpenedCasefile, by: By, language: Written): Hit {
  return { id, name: nameOf(id, stored.events, language), by }
}

async function searchEverywhere(said: string, language: Written, ports: OpenPorts): Promise<Hit[]> {
  const [crn, noms] = [readCrn.parse(said), readNoms.parse(said)]
  const known = [
    ...(crn === undefined ? [] : [casefileId('person', personKey('crn', crn))]),
    ...(noms === undefined ? [] : [casefileId('person', personKey('noms', noms))]),
  ]
  const { about } = await ofPerson(known, ports.store)
  const ofNumber: [CasefileId, By][] = [
    ...about.map((id): [CasefileId, By] => [id, crn === undefined ? 'prison number' : 'CRN']),
    ...(noms === undefined
      ? []
      : [[casefileId('release', releaseKey(noms)), 'prison number'] as [CasefileId, By]]),
  ]
  const called = SHOWN_KINDS.map((kind): [CasefileId, By] => [casefileId(kind, said), 'reference'])
  const found = await Promise.all(
    [...new Map([...called, ...ofNumber])].map(async ([id, by]) => {
      const opened = await openForActing(id, ports)
      return opened && !(await isLimited(id, ports.store)) ? hitOf(opened, by, language) : undefined
    }),
  )
  return found.filter((hit) => hit !== undefined)
}

/** Fields that hold a reference by which people know what an event is about. */
const REFERENCES = ['orderId', 'appointmentId', 'clearanceId', 'releaseId', 'prisonId', 'area'] as const

function foundBy(said: string, opened: OpenedCasefile, neighbours: Neighbours): By | undefined {
  const { casefile, stored } = opened
  const isSaid = (one: unknown) => typeof one === 'string' && one.toLowerCase() === said.toLowerCase()
  const infos = stored.events.map(({ info }) => info as Readonly<Record<string, unknown>>)
  const isCalled = infos.some((info) => REFERENCES.some((field) => isSaid(info[field])))
  if (isCalled || isSaid(keyOf(casefile.id))) return 'reference'
  if (stored.events.some(({ person }) => isSaid(person.crn))) return 'CRN'
  if (stored.events.some(({ person }) => isSaid(person.noms))) return 'prison number'
  const people = [...peopleOf(opened)].map((one) => neighbours.get('contact', one).details)
  const number = phoneNumber(said)
  if (number !== undefined && people.some((one) => one?.mobile === number || one?.phone === number)) {
    return 'telephone number'
  }
  const name =
    kindOf(casefile.id) === 'prison' ? (casefile.state as States['prison']).details?.name : undefined
  const names = [name, ...people.map((one) => one?.name)]
  return names.some((one) => one?.toLowerCase().includes(said.toLowerCase())) ? 'name' : undefined
}

/** Whom a casefile is about, and who works on it: never somebody whom the person chose. */
function peopleOf({ casefile, posts }: OpenedCasefile): Set<string> {
  const { id, state } = casefile
  const about = {
    order: () => [(state as States['order']).terms?.person],
    clearance: () =>
      Object.values((state as States['clearance']).byId).map(
        ({ confirmed, applied }) => (confirmed.at(-1) ?? applied)?.info.holder,
      ),
    contact: () => [keyOf(id)],
  }
  const named = about[kindOf(id) as keyof typeof about]?.() ?? []
  return new Set([...named, ...posts.map(({ contactId }) => contactId)].filter((one) => one !== undefined))
}
