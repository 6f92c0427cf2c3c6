import type { Words } from '../../shared/messages/dates.ts'

/** What is wrong with a file or a line of it, in words. Each gives them in both languages. */
export const LINE_WORDS = {
  empty: both('expected a header, and at least one line after it', 'mae angen pennawd, a llinell ar ei ôl'),
  tooLong: (lines: number) => both(`send at most ${lines} lines`, `anfonwch ${lines} o linellau ar y mwyaf`),
  noCsv: (why: string) => both(`this is not valid CSV: ${why}`, `nid yw hwn yn CSV: ${why}`),
  missingColumn: both('this column is missing', 'mae’n rhaid cael colofn o’r enw hwnnw'),
  noSuchColumn: (columns: string) =>
    both(`there is no such column: the columns are ${columns}`, `nid oes colofn o’r fath: ceir ${columns}`),
  columnTwice: both('this column appears twice', 'mae dwy ohonynt'),
  unlikeHeader: (cells: number, header: number) =>
    both(
      `it has ${cells} cells, but the header has ${header}`,
      `mae ganddi ${cells} o gelloedd, a’r pennawd ${header}`,
    ),
  name: both(
    'write its reference: 1 to 64 letters, digits and hyphens',
    'ysgrifennwch ei enw: 1 i 64 o lythrennau, digidau a chysylltnodau',
  ),
  noneOfYours: both(
    'you have none with this reference, or this no longer applies to it',
    'nid oes un o’r rhai sydd gennych chi o’r enw hwnnw, neu nid ar gyfer hyn mwyach',
  ),
  notForYou: both('you cannot bring this in', 'nid chi sydd i ddod â hyn i mewn'),
  calledToo: (line: number, reference: string) =>
    both(`line ${line} has the reference ${reference} too`, `enw llinell ${line} yw ${reference} hefyd`),
  saysAnother: (line: number) =>
    both(`line ${line} says something different`, `mae llinell ${line} yn dweud un arall`),
  thereAlready: both(
    'it already exists: change it on its page',
    'mae yno eisoes: newidiwch ef ar ei dudalen',
  ),
  /** In the words of the contract, which is in English. */
  refused: (why: string) => both(why, why),
  noTime: both(
    'there was no time to check the lines from here on: send the file in smaller parts',
    'nid oedd amser i edrych ar y llinellau o’r fan hon ymlaen: anfonwch y ffeil mewn rhannau llai',
  ),
  othersWorkOnSeveral: both(
    'others already work on several of these: ask support staff to bring the file in',
    'mae eraill yn gweithio ar sawl un o’r rhain eisoes: gofynnwch i staff cymorth ddod â’r ffeil i mewn',
  ),
}

function both(en: string, cy: string): Words {
  return { en, cy }
}
