import type { Language } from '../casefile/ledger.ts'
import type { Written } from './dates.ts'

type Words = Readonly<Record<Written, string>>

/** What the pages and text messages for answering say. They name nobody and nothing: whatever they ask about, the message has said. */
const ANSWER_WORDS = {
  'ask-yes-no': { en: 'Can you be there?', cy: 'Allwch chi fod yno?' },
  'ask-no': { en: 'Can you not be there after all?', cy: 'Ydych chi’n methu bod yno wedi’r cyfan?' },
  'ask-outcome': { en: 'How did it go?', cy: 'Sut aeth hi?' },
  yes: { en: 'Yes, I can', cy: 'Gallaf' },
  no: { en: 'No, I cannot', cy: 'Na allaf' },
  met: { en: 'They were met', cy: 'Cafodd y person ei gyfarfod' },
  'person-not-seen': { en: 'They were not seen', cy: 'Ni welwyd y person' },
  'meeter-not-there': {
    en: 'Nobody was there to meet them',
    cy: 'Nid oedd neb yno i gwrdd â nhw',
  },
  'not-released': { en: 'They were not released', cy: 'Ni chafodd y person ei ryddhau' },
  'stood-down': { en: 'It was called off', cy: 'Cafodd ei ganslo' },
  thanks: { en: 'Thank you', cy: 'Diolch' },
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
  'nothing-to-answer': {
    en: 'There is nothing to answer here.',
    cy: 'Nid oes dim i’w ateb yma.',
  },
  help: {
    en: 'We could not read that. Reply YES or NO to our last question, STOP to get no more texts, or NOT ME if we have the wrong number. For anything else call the number in our message.',
    cy: 'Nid oeddem yn deall. Atebwch GALLAF neu NA i’n cwestiwn diwethaf, STOPIWCH i beidio â chael rhagor, neu NID FI os yw’r rhif yn anghywir. Fel arall, ffoniwch y rhif yn ein neges.',
  },
  over: {
    en: 'This needs no answer any more: it was answered, moved or called off.',
    cy: 'Nid oes angen ateb i hyn bellach: cafodd ei ateb, ei symud neu ei ganslo.',
  },
} as const satisfies Readonly<Record<string, Words>>

export type AnswerWord = keyof typeof ANSWER_WORDS

/** A word of these in the reader's language, or in both. */
export function answerWord(word: AnswerWord, language: Language): string {
  const { en, cy } = ANSWER_WORDS[word]
  return language === 'both' ? `${en} / ${cy}` : { en, cy }[language]
}
