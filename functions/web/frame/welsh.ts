import type { Written } from '../../../shared/messages/dates.ts'

/**
 * What the frame of staff pages says in Welsh, by what it says in English: navigation, footer, the pages of a day and of a team, the
 * lists of casefiles and what stands around a story.
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
  Show: 'Dangos',
  of: 'o’r',
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
  'Your casefiles': 'Eich ffeiliau achos',
  Orders: 'Gorchmynion',
  Prisons: 'Carchardai',
  Rotas: 'Rotâu',
  Contacts: 'Cysylltiadau',
  'Treatment appointment': 'Apwyntiad triniaeth',
  'Supervision appointment': 'Apwyntiad goruchwylio',
  'Group appointment': 'Apwyntiad grŵp',
  'Review appointment': 'Apwyntiad adolygu',
  'Three-way meeting': 'Cyfarfod tair ffordd',
  'Last day of the order': 'Diwrnod olaf y gorchymyn',
  Release: 'Rhyddhau',
  'Last valid day of a clearance': 'Diwrnod dilys olaf cliriad',
  'Nothing is ahead': 'Nid oes dim i ddod',
  'You work on none yet.': 'Nid ydych yn gweithio ar yr un eto.',
  'Your own details': 'Eich manylion eich hun',
  'What you can do': 'Beth y gallwch ei wneud',
  'What they wrote to us': 'Beth ysgrifennon nhw atom',
  'What comes next': 'Beth sydd nesaf',
  'Everything that is planned': 'Popeth sydd wedi’i gynllunio',
  'What happens in the meantime may change it.': 'Gall yr hyn sy’n digwydd yn y cyfamser newid hynny.',
  'Nothing is booked, and nobody will be told anything in the next four weeks, as things stand.':
    'Nid oes dim wedi’i drefnu, ac ni fydd neb yn cael gwybod dim yn y pedair wythnos nesaf, fel y mae pethau.',
  'Who works on it': 'Pwy sy’n gweithio arno',
  'What to show': 'Beth i’w ddangos',
  'Everything so far': 'Popeth hyd yn hyn',
  'What happened': 'Beth ddigwyddodd',
  'What was told': 'Beth a ddywedwyd',
  'What was not told': 'Beth na ddywedwyd',
  'What is planned': 'Beth sydd wedi’i gynllunio',
  'There is nothing of that here.': 'Nid oes dim o hynny yma.',
  'Overdue since': 'Yn hwyr ers',
  'Not reached': 'Heb eu cyrraedd',
  'Not confirmed': 'Heb ei gadarnhau',
  Late: 'Hwyr',
  Everybody: 'Pawb',
  Worker: 'Gweithiwr',
  'By worker': 'Yn ôl gweithiwr',
  'Office, area or prison': 'Swyddfa, ardal neu garchar',
  'By place': 'Yn ôl lle',
  'Nothing is asked of anybody in what you work on, and nobody was told anything in the last seven days.':
    'Ni ofynnir dim gan neb yn yr hyn rydych yn gweithio arno, ac ni ddywedwyd dim wrth neb yn y saith diwrnod diwethaf.',
}

/** Says something in a language, as far as there are words for it. */
export function sayIn(language: Written): (english: string) => string {
  return (english) => (language === 'cy' ? (WELSH[english] ?? english) : english)
}
