import type { Written } from '../../../shared/messages/dates.ts'

/**
 * What the frame of staff pages says in Welsh, by what it says in English: navigation, footer, the pages of a day.
 * What is not in this table is said in English, whatever its reader prefers. Ours, until a translator has read it.
 */
export const WELSH: Readonly<Record<string, string>> = {
  Today: 'Heddiw',
  'Until tomorrow night': 'Tan nos yfory',
  Team: 'Tîm',
  'How it is going': "Sut mae'n mynd",
  Releases: 'Rhyddhau',
  'On call': 'Ar alwad',
  Clearances: 'Cliriadau',
  Calendar: 'Calendr',
  Casefiles: 'Ffeiliau achos',
  'What was given': 'Yr hyn a roddwyd',
  Search: 'Chwilio',
  'Requests for access': 'Ceisiadau am fynediad',
  New: 'Newydd',
  Import: 'Mewnforio',
  'Sign out': 'Allgofnodi',
  'More pages': 'Rhagor o dudalennau',
  'The coming days': 'Y dyddiau nesaf',
  'By kind': 'Yn ôl math',
  'By form': 'Drwy ffurflen',
  'Show all': 'Dangos pob un o’r',
  'The rest is in their casefiles.': 'Mae’r gweddill yn eu ffeiliau achos.',
  'Correct what was said': 'Cywiro’r hyn a ddywedwyd',
  Help: 'Cymorth',
  'Privacy notice to hand over': "Hysbysiad preifatrwydd i'w roi",
  'Accessibility statement': 'Datganiad hygyrchedd',
  'To do': "I'w wneud",
  'Yours to do': 'I chi ei wneud',
  Overdue: 'Yn hwyr',
  'Asked on': 'Gofynnwyd ar',
  'Nothing is asked of you that you have not done.':
    "Nid oes dim wedi'i ofyn gennych nad ydych wedi'i wneud.",
  'Will you be away? Say from when, and who covers for you':
    'Fyddwch chi i ffwrdd? Dywedwch o ba bryd, a phwy fydd yn cymryd eich lle',
  'Not reached, please ring': 'Heb eu cyrraedd: ffoniwch nhw',
  'Everybody was reached in the last seven days.': 'Cafodd pawb eu cyrraedd yn y saith diwrnod diwethaf.',
  'Told today': 'Dywedwyd heddiw',
  'Nobody was told anything today.': 'Ni ddywedwyd dim wrth neb heddiw.',
  'Later today': 'Yn nes ymlaen heddiw',
  'Nobody else will be told anything today, as things stand.':
    'Ni fydd neb arall yn cael gwybod dim heddiw, fel y mae pethau.',
  'Nobody will be told anything tomorrow, as things stand.':
    'Ni fydd neb yn cael gwybod dim yfory, fel y mae pethau.',
  'Not told': 'Heb ei ddweud',
}

/** Says something in a language, as far as there are words for it. */
export function sayIn(language: Written): (english: string) => string {
  return (english) => (language === 'cy' ? (WELSH[english] ?? english) : english)
}
