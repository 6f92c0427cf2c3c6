/**
 * What must not be in a written update: risk, new offences, test results, health. Somebody with such news asks to be
 * rung (FAX-04: "risk, test and reoffending items"). Beginnings of words, in English and Welsh.
 */
const FOR_THE_TELEPHONE = [
  ...['overdos', 'suicid', 'self-harm', 'self harm', 'selfharm', 'arrest', 'police', 'offence', 'offend'],
  ...['weapon', 'knife', 'assault', 'violen', 'abus', 'threat', 'safeguard', 'pregnan', 'hiv', 'hepatitis'],
  ...['diagnos', 'psychos', 'heroin', 'cocaine', 'crack', 'tested positive', 'positive test', 'breathalys'],
  ...[
    'hunanladd',
    'hunan-niwed',
    'hunan niwed',
    'gorddos',
    'arestio',
    'heddlu',
    'trosedd',
    'arfau',
    'cyllell',
  ],
  ...['ymosod', 'trais', 'treisg', 'cam-drin', 'bygwth', 'bygyth', 'diogelu', 'beichiog', 'prawf positif'],
]

const WORD = new RegExp(`(?<![\\p{L}\\p{N}])(?:${FOR_THE_TELEPHONE.join('|')})[\\p{L}-]*`, 'iu')

/** The first word in a text that belongs on the telephone; undefined if there is none. */
export function wordForTheTelephone(text: string): string | undefined {
  return WORD.exec(text)?.[0]
}
