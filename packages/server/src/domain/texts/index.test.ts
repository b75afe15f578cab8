// Proves that every language says everything in its own words, and which language somebody gets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseTextLocale, findTextLocale, LANGUAGE_NAMES, TEXT_LOCALES, TEXTS } from './index.ts';

const MARKS = ['‹first›', '‹second›'];

/** Every text of a language by its path, with marks in the places of values. */
function listTexts(part: object, path = ''): Map<string, { text: string; places: number }> {
  const texts = new Map<string, { text: string; places: number }>();
  for (const [name, member] of Object.entries(part)) {
    const at = `${path}.${name}`;
    if (typeof member === 'string') {
      texts.set(at, { text: member, places: 0 });
    } else if (typeof member === 'function') {
      texts.set(at, { text: member(...MARKS), places: member.length });
    } else {
      for (const [below, text] of listTexts(member, at)) {
        texts.set(below, text);
      }
    }
  }
  return texts;
}

/** Names, and what stands between a label and its value, may be the same in several languages. */
const SHARED = ['.labels.colon', '.asker'];

const english = listTexts(TEXTS.en);

test('every language has every text, with every value in it and nothing left over', () => {
  for (const locale of TEXT_LOCALES) {
    const texts = listTexts(TEXTS[locale]);
    assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort(), locale);
    for (const [path, { text, places }] of texts) {
      const where = `${locale}${path}: ${text}`;
      assert.equal(places, english.get(path)?.places, where);
      const present = MARKS.filter((mark) => text.includes(mark));
      assert.deepEqual(present, MARKS.slice(0, places), where);
      assert.match(text, /\p{L}|^\W+$/u, where);
      assert.doesNotMatch(text, /undefined|[{}$<>&]| {2}|^ | $(?<!: )/, where);
    }
  }
});

test('no two languages say a thing in the same words', () => {
  for (const path of english.keys()) {
    if (!SHARED.includes(path)) {
      const texts = TEXT_LOCALES.map((locale) => listTexts(TEXTS[locale]).get(path)?.text);
      assert.equal(new Set(texts).size, TEXT_LOCALES.length, `${path}: ${texts.join(' / ')}`);
    }
  }
});

test('no language says two things in the same words', () => {
  for (const locale of TEXT_LOCALES) {
    const texts = [...listTexts(TEXTS[locale]).values()].map(({ text }) => text);
    assert.deepEqual(
      texts.filter((text, index) => texts.indexOf(text) !== index),
      [],
      locale,
    );
  }
});

test('Japanese is written in Japanese script, and the others are not', () => {
  for (const locale of TEXT_LOCALES) {
    for (const [path, { text }] of listTexts(TEXTS[locale])) {
      if (!SHARED.includes(path)) {
        const isJapanese = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text);
        assert.equal(isJapanese, locale === 'ja', `${locale}${path}: ${text}`);
      }
    }
  }
});

test('French keeps a colon and a semicolon on the line of the word before', () => {
  for (const [path, { text }] of listTexts(TEXTS.fr)) {
    assert.doesNotMatch(text, /[^\u00A0][:;]/, path);
  }
});

test('every language is offered by its own name', () => {
  assert.deepEqual(Object.keys(LANGUAGE_NAMES), TEXT_LOCALES);
  for (const locale of TEXT_LOCALES) {
    const own = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? '';
    assert.equal(LANGUAGE_NAMES[locale].toLowerCase(), own.toLowerCase());
  }
});

test('a language is found by tag or locale code, in any case, whatever its region', () => {
  for (const tag of ['de', 'DE', 'de-AT', 'de_CH', 'de-Latn-DE']) {
    assert.equal(findTextLocale(tag), 'de', tag);
  }
  for (const tag of [undefined, '', 'zh_CN', 'it', 'deu', 'd', '*', 'constructor']) {
    assert.equal(findTextLocale(tag), undefined, tag);
  }
});

test('the first wish that there are texts for decides, and else it is English', () => {
  assert.equal(chooseTextLocale([]), 'en');
  assert.equal(chooseTextLocale([undefined, 'zh_TW', 'it-IT']), 'en');
  const wish = fc.constantFrom(undefined, '', 'it', 'nonsense', ...TEXT_LOCALES);
  fc.assert(
    fc.property(fc.array(wish), (wishes) => {
      const known = wishes.find((one) => TEXT_LOCALES.some((locale) => locale === one));
      assert.equal(chooseTextLocale(wishes), known ?? 'en');
    }),
  );
});
