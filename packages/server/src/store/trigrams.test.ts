/**
 * Proves that the hashes of a text have those of whatever the text contains, that accounts are kept
 * apart, and that the numbers are still those that stand in databases.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashTrigrams } from './trigrams.ts';

/** Letters of many scripts, with marks that combine and characters beyond the first 65,536. */
const LETTERS = [
  ...'abcxyz0189 .,-&\'"%_\\{}',
  ...'ßäöüéñøåłžþ',
  ...'αβγσςжщёאבגدبيกขคहिन्दीதமி',
  ...'株式会社東京かなカナ한국각',
  ...'e\u0301a\u030a\u200d\u00ad\ufeff\ufffd',
  ...'𝔘𐐨𠮷😀👩💻',
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...LETTERS)).map((letters) => letters.join('')),
);

/** What an index is asked for: three characters or more. */
const term = anyText.filter((text) => [...text].length >= 3);

/** Ids as small registries have them, and as none will for a long time. */
const account = fc.oneof(fc.nat(100), fc.maxSafeNat());

/** Whether what the one hashes has all that the other hashes. */
function hasAll(hashes: readonly number[], wanted: readonly number[]): boolean {
  const set = new Set(hashes);
  return wanted.every((hash) => set.has(hash));
}

/** Three letters for each number, other ones for another. */
function trigramOf(number: number): string {
  return [0, 1, 2]
    .map((place) => String.fromCodePoint(0x61 + (Math.floor(number / 26 ** place) % 26)))
    .join('');
}

test('a text that contains a term has all hashes of the term, in any script', () => {
  fc.assert(
    fc.property(account, anyText, term, anyText, (account_id, before, middle, after) => {
      const wanted = hashTrigrams(account_id, middle);
      assert.ok(wanted.length > 0);
      assert.ok(hasAll(hashTrigrams(account_id, before + middle + after), wanted));
    }),
    { numRuns: 1000 },
  );
});

test('every three characters in a row make one hash, and nothing else does', () => {
  fc.assert(
    fc.property(account, anyText, (account_id, text) => {
      const characters = [...text];
      const trigrams = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''));
      const hashes = trigrams.flatMap((trigram) => hashTrigrams(account_id, trigram));
      assert.equal(hashes.length, trigrams.length);
      assert.deepEqual(hashTrigrams(account_id, text), [...new Set(hashes)]);
    }),
  );
});

test('fewer than three characters have no hash, however many units they take', () => {
  for (const text of ['', 'a', 'ab', '株式', '😀', '😀😀', '𝔘e', 'e\u0301', '👩\u200d']) {
    assert.deepEqual(hashTrigrams(1, text), [], text);
  }
  for (const text of ['abc', '株式会', '😀😀😀', 'ae\u0301', '👩\u200d💻']) {
    assert.equal(hashTrigrams(1, text).length, 1, text);
  }
});

test('hashes are whole numbers of 32 bits with a sign, each there once', () => {
  fc.assert(
    fc.property(account, anyText, (account_id, text) => {
      const hashes = hashTrigrams(account_id, text + text);
      assert.equal(new Set(hashes).size, hashes.length);
      for (const hash of hashes) {
        assert.ok(Object.is(hash, hash | 0), String(hash));
      }
    }),
  );
  assert.equal(hashTrigrams(1, 'a'.repeat(200)).length, 1);
  assert.equal(hashTrigrams(1, 'abc'.repeat(200)).length, 3);
});

test('the order of three characters counts', () => {
  const hashes = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'].flatMap((text) =>
    hashTrigrams(1, text),
  );
  assert.equal(new Set(hashes).size, 6);
});

test('trigrams of one account hardly ever share a hash', () => {
  for (const account_id of [1, 2, 4711, 2 ** 32, 2 ** 40 + 7]) {
    const hashes = Array.from({ length: 26 ** 3 }, (_, number) =>
      hashTrigrams(account_id, trigramOf(number)),
    ).flat();
    assert.equal(hashes.length, 26 ** 3);
    // Were they drawn by chance, two would be the same in one account of thirty.
    const repeated = hashes.length - new Set(hashes).size;
    assert.ok(repeated <= 3, `${repeated} hashes are there twice in account ${account_id}`);
  }
});

test('accounts hardly ever share a hash, be their ids beyond 32 bits', () => {
  const accounts = [
    ...Array.from({ length: 200 }, (_, number) => number + 1),
    ...Array.from({ length: 100 }, (_, number) => 2 ** 31 - 50 + number),
    ...Array.from({ length: 100 }, (_, number) => 2 ** 32 - 50 + number),
    // These differ from the first ones only above the lowest 32 bits.
    ...Array.from({ length: 100 }, (_, number) => 2 ** 32 + number + 51),
    ...Array.from({ length: 100 }, (_, number) => (number + 2) * 2 ** 32 + 1),
    Number.MAX_SAFE_INTEGER,
  ];
  assert.equal(new Set(accounts).size, accounts.length);
  const texts = ['gmbh', 'inc.', '株式会社', 'ооо', 'société', '😀😀😀'];
  const hashes = accounts.flatMap((account_id) =>
    texts.flatMap((text) => hashTrigrams(account_id, text)),
  );
  const repeated = hashes.length - new Set(hashes).size;
  assert.ok(hashes.length > 7_000, String(hashes.length));
  assert.ok(repeated <= 3, `${repeated} of ${hashes.length} hashes are there twice`);
});

test('names of one account say next to nothing about those of another', () => {
  fc.assert(
    fc.property(account, account, term, (one, other, text) => {
      fc.pre(one !== other);
      const ours = new Set(hashTrigrams(one, text));
      const shared = hashTrigrams(other, text).filter((hash) => ours.has(hash));
      assert.ok(shared.length <= 1, JSON.stringify({ one, other, shared }));
    }),
  );
});

test('the numbers are those that stand in databases', () => {
  const stored: readonly (readonly [number, string, readonly number[]])[] = [
    [0, 'abc', [-1845618606]],
    [1, 'abc', [670070633]],
    [1, '   ', [921662628]],
    [1, 'example', [646133802, 1389014595, 264283552, 289491764, 1809098904]],
    [2, 'example', [419773117, -1127912946, -1904488324, -1366621087, -2068508664]],
    [1, '株式会社', [1533136041, -1908463592]],
    [1, 'e\u0301té', [412968896, 1039443110]],
    [7, '😀𝔘𐐨!', [1031219389, 14266350]],
    [1, 'gmbh', [-317663915, 1851952546]],
    [2 ** 31, 'gmbh', [2079763459, -1063623883]],
    [2 ** 32 + 1, 'gmbh', [909654080, 1371907969]],
    [Number.MAX_SAFE_INTEGER, 'gmbh', [-163527181, 464102279]],
  ];
  for (const [account_id, text, hashes] of stored) {
    assert.deepEqual(hashTrigrams(account_id, text), hashes, `${account_id} ${text}`);
    assert.deepEqual(hashTrigrams(account_id, text), hashTrigrams(account_id, text));
  }
});
