/**
 * Hashes of the sequences of three characters in a folded name, for a database whose search index is an
 * inverted index over whole numbers. Pure.
 */

/**
 * The hashes of every three characters (code points) that follow one another, each mixed with the
 * account, without repetition: a name that contains a term has all of the term's. Of fewer than three
 * characters there are none.
 *
 * @returns whole numbers of 32 bits with a sign, as PostgreSQL's `integer` holds them
 */
export function hashTrigrams(account_id: number, text_folded: string): number[] {
  const characters = Array.from(text_folded, (character) => character.codePointAt(0) ?? 0);
  const account = mix(mix(SEED, account_id | 0), Math.floor(account_id / 2 ** 32));
  const hashes = new Set<number>();
  for (let index = 0; index + 2 < characters.length; index += 1) {
    const hash = [0, 1, 2].reduce(
      (mixed, offset) => mix(mixed, characters[index + offset] ?? 0),
      account,
    );
    hashes.add(hash);
  }
  return [...hashes];
}

/** What is hashed stands in databases: changing these numbers means making every index anew. */
const SEED = 0x811c9dc5 | 0;

/** One round of multiplying and shifting, as good hashes for tables have it. */
function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
