/** What a reply by text asks for. */
export type Reply =
  | { readonly is: 'stop' | 'start' | 'not-me' }
  /** An answer, and the letter of the question it names. */
  | { readonly is: 'yes' | 'no'; readonly letter?: string }
  /** Words that somebody has to read; `crisis` if they must not wait. */
  | { readonly is: 'something-else'; readonly crisis: boolean }

/** Words of courtesy, or to begin with, that change nothing. */
const COURTESY =
  'PLEASE|PLS|PLZ|THANKS|THANK YOU|THANKYOU|THANX|TA|CHEERS|SORRY|HI|HELLO|OK|OKAY|NOW|JUST|KINDLY|OS GWELWCH YN DDA|DIOLCH|PLIS|HELO|NAWR'

/** What a reply may ask to stop or start: texts, and whose. Nothing else, so that "stop by at nine" stops nothing. */
const SENDING = '(?:SENDING|TEXTING|MESSAGING|CONTACTING|MAILING)'
const THESE = '(?:THE |THESE |THIS |YOUR |ALL |ANY |MY |MORE |ANY MORE )*'
const MESSAGES =
  '(?:TEXT|TEXTS|TXT|TXTS|MESSAGE|MESSAGES|TEXT MESSAGE|TEXT MESSAGES|SMS|REMINDERS|NOTIFICATIONS|ALERTS|SERVICE)'
const TO_ME = '(?: (?:TO )?(?:ME|US|THIS NUMBER|MY NUMBER|THIS PHONE|MY PHONE))?'
const AGAIN = '(?: (?:ANYMORE|ANY MORE|AGAIN|EVER|EVER AGAIN|FROM YOU))?'
const OBJECT = `(?: ${SENDING}(?: ME| US)?(?: ${THESE}${MESSAGES})?| ${THESE}${MESSAGES}| IT| ALL| THIS)`
const BEFORE = '(?:(?:I WANT TO|I WOULD LIKE TO|ID LIKE TO|CAN YOU|COULD YOU|WILL YOU) )?'
const ANFON =
  '(?: (?:ANFON|TECSTIO|THECSTIO|HALA)(?: (?:TECSTIAU|NEGESEUON|NEGESEUON TESTUN))?(?: ATAF I| ATAF| I MI)?)'

const STOP = [
  `${BEFORE}(?:STOP|STOPALL)(?:${OBJECT}${TO_ME})?${AGAIN}`,
  `${BEFORE}(?:CANCEL|END|QUIT)(?: ${THESE}${MESSAGES})?`,
  `${BEFORE}(?:UNSUBSCRIBE|UNSUB|OPT OUT|OPTOUT|OPT ME OUT)(?: ME)?(?: FROM ${THESE}(?:${MESSAGES}|LIST))?`,
  `${BEFORE}(?:REMOVE|DELETE)(?: ME| MY NUMBER)(?: FROM (?:THE |THIS |YOUR )?LIST)?`,
  `${BEFORE}TAKE ME OFF(?: (?:THE |THIS |YOUR )?LIST)?`,
  `(?:DO NOT|DONT) (?:TEXT|MESSAGE|CONTACT)(?: ME| US| THIS NUMBER)${AGAIN}`,
  `(?:DO NOT|DONT) SEND(?: ME| US)? ${THESE}${MESSAGES}${AGAIN}`,
  `NO MORE ${MESSAGES}`,
  'LEAVE ME ALONE',
  `(?:STOPIWCH|STOPIO|STOPIA|RHOWCH Y GORAU I)(?:${ANFON}| TECSTIAU| NEGESEUON)?`,
  `PEIDIWCH (?:A|AG)${ANFON}`,
  '(?:PEIDIWCH|DIM MWY|DIWEDD|CANSLO|CANSLWCH|OPTIO ALLAN|DADDANYSGRIFIO|DAD DANYSGRIFIO)',
  'DIM MWY O (?:DECSTIAU|NEGESEUON)',
  'TYNNWCH FI (?:ODDI AR Y RHESTR|ALLAN)',
]
const START = [
  `${BEFORE}(?:START|RESTART|UNSTOP|RESUME)(?:${OBJECT}${TO_ME})?(?: AGAIN)?`,
  '(?:SUBSCRIBE|OPT IN|OPTIN)',
  '(?:DECHRAU|DECHREUWCH|AILDDECHRAU|AILGYCHWYN|CYCHWYN)(?: ETO)?',
]
const NOT_ME = [
  '(?:THIS IS |ITS |IT IS )?NOT ME',
  'WRONG (?:NUMBER|PERSON)',
  '(?:YOU HAVE|YOUVE GOT) THE WRONG (?:NUMBER|PERSON)',
  '(?:NID|DIM) FI(?: YDW I| SYDD YMA)?',
  'RHIF ANGHYWIR',
]
const YES = ['1', 'YES', 'Y', 'YES I CAN', 'GALLAF', 'IE', 'YDW', 'BYDDAF']
const NO = ['2', 'NO', 'N', 'NO I CANT', 'NO I CANNOT', 'NA', 'NAC YDW', 'NA ALLAF', 'NAGE', 'NA FYDDAF']

/** Letters that distinguish questions: none is a word of its own, or looks like a digit. */
export const QUESTION_LETTERS = 'ABCDEFGHJKLM'

/** Words that must not wait: somebody may come to harm. They are looked for anywhere in a reply. */
const CRISIS = [
  ...[
    'KILL(?:ING)? (?:MY|HIM|HER|THEM)?SEL(?:F|VES)',
    'KILL (?:HIM|HER|THEM|ME|YOU)',
    'SUICID\\w*',
    'TOP MYSELF',
  ],
  ...['END (?:IT ALL|MY LIFE|ME)', 'ENDING (?:IT ALL|MY LIFE)', 'TAKE MY (?:OWN )?LIFE', 'NO REASON TO LIVE'],
  ...[
    '(?:WANT|GOING|READY) TO DIE',
    'WISH I (?:WAS|WERE) DEAD',
    'BETTER OFF DEAD',
    '(?:DONT|DO NOT) WANT TO (?:LIVE|BE HERE)',
  ],
  ...[
    '(?:HURT|HARM|CUT)(?:TING|ING)? MYSELF',
    'SELF HARM\\w*',
    'OVERDOS\\w*',
    'TAKEN? (?:ALL )?(?:MY |THE )?(?:PILLS|TABLETS)',
  ],
  ...[
    '(?:CANT|CANNOT) (?:GO ON|COPE|TAKE (?:IT|THIS) ANY ?MORE)',
    'GOING TO HURT \\w+',
    'HELP ME',
    'EMERGENCY',
    '999',
  ],
  ...['HITTING ME', 'BEAT(?:ING)? ME', 'HE WILL KILL', 'NOT SAFE', 'UNSAFE', 'IN DANGER'],
  ...[
    'HUNANLADDIAD',
    'LLADD FY HUN(?:AN)?',
    'LLADD EI HUN(?:AN)?',
    'NIWEIDIO FY HUN(?:AN)?',
    'HUNAN NIWEIDIO',
    'BRIFO FY HUN(?:AN)?',
  ],
  ...[
    'EISIAU MARW',
    'MOYN MARW',
    'DDIM EISIAU BYW',
    'METHU MYND YMLAEN',
    'METHU YMDOPI',
    'GORDDOS',
    'MEWN PERYGL',
  ],
  ...['DDIM YN DDIOGEL', 'HELPWCH FI', 'HELPA FI', 'ARGYFWNG'],
]

const whole = (...ways: readonly string[]) => new RegExp(`^(?:${ways.join('|')})$`)
const WISHES = [
  ['stop', whole(...STOP)],
  ['start', whole(...START)],
  ['not-me', whole(...NOT_ME)],
  ['yes', whole(...YES)],
  ['no', whole(...NO)],
] as const
const COURTESIES = new RegExp(`(?<![^ ])(?:${COURTESY})(?![^ ])`, 'g')
const CRISES = new RegExp(`(?<![^ ])(?:${CRISIS.join('|')})(?![^ ])`)
const NAMED = new RegExp(`^(?:TO )?([${QUESTION_LETTERS}]) (.+)$|^(.+?) (?:TO )?([${QUESTION_LETTERS}])$`)

/**
 * Parses a reply, in English or Welsh, however punctuated and polite. All of it must be understood: anything more is
 * for a person to read.
 */
export function readReply(body: string): Reply {
  const words = plain(body)
  const wish = wishOf(words)
  if (wish) return { is: wish }
  const [, before, answer = '', other = '', after] = NAMED.exec(words) ?? []
  const named = wishOf(answer || other)
  const letter = before ?? after
  if ((named === 'yes' || named === 'no') && letter !== undefined) return { is: named, letter }
  return { is: 'something-else', crisis: CRISES.test(allOf(body)) }
}

function wishOf(words: string) {
  return WISHES.find(([, ways]) => ways.test(words))?.[0]
}

/** In plain capitals, with single spaces and no repeated words. */
function allOf(body: string): string {
  return body
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`´]/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\b(\w+)(?: \1\b)+/g, '$1')
}

/** The same without courtesies, unless nothing else is left. */
function plain(body: string): string {
  const words = allOf(body)
  const bare = words.replace(COURTESIES, '').replace(/ +/g, ' ').trim()
  return bare === '' ? words : bare
}
