import { FIRST_NAMES, GO_LIVE, type Info, LAST_NAMES, type Local, type Pen, padded } from './pen.ts'

// ---------------------------------------------------------------------------------------------------- contacts

/** Everybody, by what their contact id begins with: how many of them, and at which domain. */
const CONTACTS = [
  ['C-PERSON', 28, 'example.com'],
  ['C-OM', 6, 'example.org'],
  ['C-CM', 5, 'example.org'],
  ['C-OFFICE', 2, 'example.org'],
  ['C-DUTY', 2, 'example.org'],
  ['C-PROVIDER', 2, 'example.org'],
  ['C-GOVERNOR', 7, 'example.org'],
  ['C-DEPUTY', 5, 'example.org'],
  ['C-VETTING', 6, 'example.org'],
  ['C-LEAD', 3, 'example.org'],
  ['C-HOLDER', 40, 'example.com'],
  ['C-GATE-DUTY', 3, 'example.org'],
  ['C-KEY', 6, 'example.org'],
  ['C-CALL', 9, 'example.org'],
  ['C-ROTA', 3, 'example.org'],
  ['C-SPONSOR', 3, 'example.com'],
  ['C-PEER', 3, 'example.com'],
  ['C-FAMILY', 3, 'example.com'],
] as const

const SHARED_MOBILE = '07700 900999'
const NO_ADDRESS = { email: undefined, mobile: undefined }

/** Contacts about whom there is something to know from the first day. */
const PARTICULARS: Record<string, Info> = {
  'C-PERSON-01': { addressIsSafe: true, language: 'en' },
  'C-PERSON-06': { doNotMessage: true },
  'C-PERSON-08': NO_ADDRESS,
  'C-PERSON-09': { addressIsSafe: false },
  'C-PERSON-10': { language: 'cy', addressIsSafe: true, prefers: 'sms' },
  'C-PERSON-11': { language: 'both', mobile: SHARED_MOBILE, prefers: 'sms' },
  'C-PERSON-12': { mobile: SHARED_MOBILE, prefers: 'sms', email: undefined },
  'C-OFFICE-01': { name: 'Ravensby Probation Office', phone: '01632 960101' },
  'C-OFFICE-02': { name: 'Swyddfa Brawf Glanafon', phone: '01632 960102', language: 'both' },
  'C-OM-05': { absent: [{ from: '2026-11-09', to: '2026-11-20', coverContactId: 'C-OM-06' }] },
  'C-OM-06': { absent: [{ from: '2027-01-18', to: '2027-01-22' }] },
  'C-CM-04': { absent: [{ from: '2026-11-09', to: '2026-11-20' }] },
  'C-CM-05': { absent: [{ from: '2026-11-16', to: '2026-11-20', coverContactId: 'C-CM-01' }] },
  'C-GOVERNOR-03': { absent: [{ from: '2026-11-16', to: '2026-12-04' }] },
  'C-GOVERNOR-04': NO_ADDRESS,
  'C-VETTING-06': { absent: [{ from: '2027-02-15', to: '2027-02-26', coverContactId: 'C-VETTING-05' }] },
  'C-LEAD-01': { name: 'Rhodri Kaur', email: 'rhodri.kaur.1@example.org' },
  'C-GATE-DUTY-01': { phone: '01632 960201' },
  'C-GATE-DUTY-02': { phone: '01632 960202' },
  'C-KEY-06': { absent: [{ from: '2026-11-23', to: '2026-11-27', coverContactId: 'C-KEY-04' }] },
  'C-CALL-06': NO_ADDRESS,
  'C-CALL-09': { language: 'cy' },
}

/** What becomes known about contacts later on. */
const LATER_PARTICULARS: [said: Local, contact: string, changes: Info][] = [
  ['2026-10-01T09:00', 'C-PERSON-25', { prefers: 'email', email: 'a.new.address@example.com' }],
  ['2026-12-14T19:30', 'C-KEY-05', { absent: [{ from: '2026-12-15', to: '2026-12-18' }] }],
  ['2027-01-11T12:00', 'C-ROTA-03', NO_ADDRESS],
]
const OPTED: [said: Local, contact: string, inOrOut: 'in' | 'out', channel: string][] = [
  ['2026-09-16T10:00', 'C-PERSON-07', 'out', 'all'],
  ['2026-10-20T10:00', 'C-PERSON-10', 'out', 'sms'],
  ['2026-11-24T10:00', 'C-PERSON-10', 'in', 'sms'],
  ['2026-09-02T10:00', 'C-PEER-02', 'out', 'all'],
]

/** Writes who everybody is, how they may be reached, and what they later say about it. */
export function tellContacts(pen: Pen) {
  const known = new Map<string, Info>()
  for (const [prefix, count, domain] of CONTACTS) {
    for (let n = 1; n <= count; n++) {
      const contactId = `${prefix}-${padded(n)}`
      const name = `${pen.pick(FIRST_NAMES)} ${pen.pick(LAST_NAMES)}`
      known.set(contactId, {
        contactId,
        name,
        email: `${name.toLowerCase().replace(' ', '.')}.${n}@${domain}`,
        mobile: pen.nextMobile(),
        prefers: pen.pick(['email', 'sms', undefined]),
        language: pen.pick(['en', 'en', 'en', undefined, 'both']),
        ...(prefix === 'C-PERSON' && { addressIsSafe: pen.pick([true, true, false]) }),
        ...PARTICULARS[contactId],
      })
    }
  }
  for (const [contactId, info] of known) pen.write({ key: contactId }, 'contact.updated', GO_LIVE, info)
  for (const [said, contactId, changes] of LATER_PARTICULARS) {
    pen.write({ key: contactId }, 'contact.updated', said, { ...known.get(contactId), ...changes })
  }
  for (const [said, contactId, inOrOut, channel] of OPTED) {
    pen.write({ key: contactId }, `contact.opted-${inOrOut}`, said, { contactId, channel })
  }
}
