import type { Language } from '../casefile/ledger.ts'
import type { Words, Written } from './dates.ts'

/**
 * The words of the pages and text messages for answering. They name nobody and nothing: the message itself has said
 * what it is about.
 */
export const ANSWER_WORDS = {
  'ask-yes-no': { en: 'Can you be there?', cy: 'Allwch chi fod yno?' },
  'ask-no': { en: 'Can you not be there after all?', cy: 'Ydych chi’n methu bod yno wedi’r cyfan?' },
  'ask-outcome': { en: 'How did it go?', cy: 'Sut aeth hi?' },
  yes: { en: 'Yes, I can', cy: 'Gallaf' },
  no: { en: 'No, I cannot', cy: 'Na allaf' },
  met: { en: 'They were met', cy: 'Do, cwrddodd rhywun â’r person' },
  'person-not-seen': { en: 'They were not seen', cy: 'Ni welodd neb y person' },
  'meeter-not-there': {
    en: 'Nobody was there to meet them',
    cy: 'Nid oedd neb yno i gwrdd â nhw',
  },
  'not-released': { en: 'They were not released', cy: 'Ni chafodd y person ei ryddhau' },
  'not-known': { en: 'Nobody can say', cy: 'Ni all neb ddweud' },
  'stood-down': { en: 'It was called off', cy: 'Cafodd ei ganslo' },
  thanks: { en: 'Thank you', cy: 'Diolch' },
  check: { en: 'Is that right?', cy: 'Ydy hynny’n iawn?' },
  send: { en: 'Yes, send it', cy: 'Ydy, anfonwch' },
  change: { en: 'Change my answer', cy: 'Newid fy ateb' },
  'for-an-hour': {
    en: 'If that was wrong, follow the same link and answer again within an hour.',
    cy: 'Os oedd hynny’n anghywir, dilynwch yr un ddolen ac atebwch eto o fewn awr.',
  },
  'not-needed': { en: 'You are not needed: thank you', cy: 'Nid oes eich angen: diolch' },
  'somebody-goes': {
    en: 'Somebody else had already agreed to go. If they cannot, we will tell you.',
    cy: 'Roedd rhywun arall eisoes wedi cytuno i fynd. Os na allant, byddwn yn dweud wrthych.',
  },
  'you-said': { en: 'You answered:', cy: 'Eich ateb:' },
  'if-it-changes': {
    en: 'If that changes, follow the same link and answer again.',
    cy: 'Os bydd hynny’n newid, dilynwch yr un ddolen ac atebwch eto.',
  },
  expired: {
    en: 'This link is too old to be used. If you still have an answer, please call the number in the message.',
    cy: 'Mae’r ddolen hon yn rhy hen i’w defnyddio. Os oes gennych ateb o hyd, ffoniwch y rhif yn y neges.',
  },
  forged: {
    en: 'This link is not whole. Please follow it from the message itself.',
    cy: 'Nid yw’r ddolen hon yn gyflawn. Dilynwch hi o’r neges ei hun.',
  },
  'changed-too-often': {
    en: 'You have changed your answer too often, or only just now. Please ring the number in the message.',
    cy: 'Rydych wedi newid eich ateb yn rhy aml, neu newydd wneud hynny. Ffoniwch y rhif yn y neges.',
  },
  'nothing-to-answer': {
    en: 'There is nothing to answer here.',
    cy: 'Nid oes dim i’w ateb yma.',
  },
  help: {
    en: 'Nobody reads texts to this number. Reply STOP to get no more of them, or NOT ME if we have the wrong number. For anything else ring the number in our message.',
    cy: "Does neb yn darllen negeseuon testun i'r rhif hwn. Atebwch STOPIWCH i beidio cael rhagor, neu NID FI os yw'r rhif yn anghywir. Fel arall, ffoniwch y rhif yn ein neges.",
  },
  stopped: {
    en: 'You will get no more texts from us. To get them again, reply START.',
    cy: 'Ni chewch ragor o negeseuon testun gennym ni. I gael rhai eto, atebwch DECHRAU.',
  },
  'not-read-at-once': {
    en: 'Thank you. Messages here are not read straight away. If you need help now ring 999, or Samaritans on 116 123.',
    cy: "Diolch. Ni chaiff negeseuon eu darllen yma ar unwaith. Os oes angen help arnoch nawr, ffoniwch 999, neu'r Samariaid ar 116 123.",
  },
  'passed-on': {
    en: 'Thank you. Somebody on duty has been told that you wrote. If it is urgent, ring the number in our message.',
    cy: 'Diolch. Dywedwyd wrth rywun ar ddyletswydd eich bod wedi ysgrifennu. Os oes brys, ffoniwch y rhif yn ein neges.',
  },
  over: {
    en: 'This needs no answer any more: it was answered, moved or called off, or its time has passed.',
    cy: 'Nid oes angen ateb i hyn bellach: cafodd ei ateb, ei symud neu ei ganslo, neu mae’r amser wedi mynd heibio.',
  },
} as const satisfies Readonly<Record<string, Words>>

export type AnswerWord = keyof typeof ANSWER_WORDS

/** One of these in the reader's language, or in both. */
export function answerWord(word: AnswerWord, language: Language): string {
  const { en, cy } = ANSWER_WORDS[word]
  return language === 'both' ? `${en} / ${cy}` : { en, cy }[language]
}

/** An open question: its letter, what it is about, and its possible answers. */
export type Waiting = { readonly letter: string; readonly subject: string; readonly ids: readonly string[] }

/** Lists the open questions, and how to answer each by text. */
export function whichQuestion(waiting: readonly Waiting[], language: Language): string {
  const written: Written[] = language === 'both' ? ['en', 'cy'] : [language]
  return written
    .map((one) => [WHICH[one], ...waiting.map((question) => lineFor(question, one))].join('\n'))
    .join('\n\n')
}

const WHICH: Words = {
  en: 'We did not apply your answer: we cannot tell what it is to.',
  cy: 'Ni ddefnyddiwyd eich ateb: ni allwn ddweud i ba gwestiwn y mae.',
}

function lineFor({ letter, subject, ids }: Waiting, language: Written): string {
  return `${subject}: ${howToReply(ids, letter, language)}`
}

/** `Reply B YES or B NO`: how to answer a question by text. One with more answers than that is answered at its link. */
export function howToReply(ids: readonly string[], letter: string | undefined, language: Written): string {
  const name = letter === undefined ? '' : `${letter} `
  const words = language === 'en' ? { yes: 'YES', no: 'NO' } : { yes: 'GALLAF', no: 'NA' }
  const ways = (['yes', 'no'] as const).filter((id) => ids.includes(id)).map((id) => name + words[id])
  if (ways.length === 0) return language === 'en' ? 'answer at the link' : "atebwch drwy'r ddolen"
  return language === 'en' ? `reply ${ways.join(' or ')}` : `atebwch ${ways.join(' neu ')}`
}
