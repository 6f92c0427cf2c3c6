/**
 * The From header of an e-mail: a name, in any script, and an address. `from` is an address, or a name and an address;
 * its name is used if there is no other.
 */
export function mailboxOf(name: string | undefined, from: string): string {
  if (name === undefined) return from
  return `${/^[\w ,.'&-]*$/.test(name) ? `"${name}"` : encoded(name)} <${addressIn(from)}>`
}

/** Few enough letters that their encoded word stays within the 75 characters of RFC 2047, in any script. */
const LETTERS_OF_A_WORD = /.{1,10}/gu

function encoded(name: string): string {
  const words = name.match(LETTERS_OF_A_WORD) ?? []
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ')
}

/** The address in `Name <address>`. */
export function addressIn(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
}
