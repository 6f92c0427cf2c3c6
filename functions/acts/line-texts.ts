import type { Words } from '../../shared/messages/dates.ts'

/** What is wrong with a file or a line of it, in words. Each gives them in both languages. */
export const LINE_WORDS = {
  empty: both('there is a header to be, and a line after it', 'mae angen pennawd, a llinell ar ei ôl'),
  tooLong: (lines: number) => both(`send ${lines} lines at most`, `anfonwch ${lines} o linellau ar y mwyaf`),
  noCsv: (why: string) => both(`this is no CSV: ${why}`, `nid yw hwn yn CSV: ${why}`),
  missingColumn: both('there has to be a column of that name', 'mae’n rhaid cael colofn o’r enw hwnnw'),
  noSuchColumn: (columns: string) =>
    both(`there is no such column: there are ${columns}`, `nid oes colofn o’r fath: ceir ${columns}`),
  columnTwice: both('there are two of them', 'mae dwy ohonynt'),
  unlikeHeader: (cells: number, header: number) =>
    both(
      `it has ${cells} cells, and the header ${header}`,
      `mae ganddi ${cells} o gelloedd, a’r pennawd ${header}`,
    ),
  name: both(
    'write what it is called: 1 to 64 letters, digits and hyphens',
    'ysgrifennwch ei enw: 1 i 64 o lythrennau, digidau a chysylltnodau',
  ),
  noneOfYours: both(
    'there is none of yours that is called so, or not for this any more',
    'nid oes un o’r rhai sydd gennych chi o’r enw hwnnw, neu nid ar gyfer hyn mwyach',
  ),
  notForYou: both('this is not for you to bring in', 'nid chi sydd i ddod â hyn i mewn'),
  calledToo: (line: number, reference: string) =>
    both(`line ${line} is called ${reference} too`, `enw llinell ${line} yw ${reference} hefyd`),
  saysAnother: (line: number) => both(`line ${line} says another`, `mae llinell ${line} yn dweud un arall`),
  thereAlready: both(
    'it is there already: change it on its page',
    'mae yno eisoes: newidiwch ef ar ei dudalen',
  ),
  /** In the words of the contract, which is in English. */
  refused: (why: string) => both(why, why),
  noTime: both(
    'there was no time to look at the lines from here on: send the file in smaller parts',
    'nid oedd amser i edrych ar y llinellau o’r fan hon ymlaen: anfonwch y ffeil mewn rhannau llai',
  ),
  othersWorkOnSeveral: both(
    'others work on several of these already: ask support staff to bring the file in',
    'mae eraill yn gweithio ar sawl un o’r rhain eisoes: gofynnwch i staff cymorth ddod â’r ffeil i mewn',
  ),
}

function both(en: string, cy: string): Words {
  return { en, cy }
}
