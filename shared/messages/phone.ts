import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** `01632 960201`: a telephone number in its country's usual form, with its extension. */
export function writePhone(number: string): string {
  const read = parsePhoneNumberFromString(number, 'GB')
  if (!read) return number
  return read.country === 'GB' || read.countryCallingCode === '44'
    ? read.formatNational()
    : read.formatInternational()
}
