/** Both databases behind the same requests: whatever is asked, the two answers are the same bytes. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { SORT_PROPERTIES } from '@orgvet/contract';
import fc from 'fast-check';
import { examplesOf, makeDatabase, SUITE } from '../databases.ts';
import { organizationBody, type SendOptions, startServer, untilIndexed } from '../harness.ts';

const embedded = await startServer({ database: await makeDatabase('sqlite') });
const postgres = await startServer({
  database: await makeDatabase(SUITE === 'sqlite' ? 'postgres' : SUITE),
});

/** Sends one request to both and compares what they say. @returns what they said */
async function sendToBoth(method: string, path: string, options: SendOptions = {}) {
  const [ours, theirs] = await Promise.all([
    embedded.send(method, path, options),
    postgres.send(method, path, options),
  ]);
  if (theirs.status !== ours.status || theirs.text !== ours.text) {
    const at = [...ours.text].findIndex((letter, index) => letter !== theirs.text[index]);
    const shown = [ours, theirs].map(
      ({ status, text }) => `${status} …${text.slice(Math.max(0, at - 200), at + 200)}`,
    );
    const body = JSON.stringify(options.body);
    assert.fail(`${method} ${path} ${body}\nSQLite: ${shown[0]}\nPostgreSQL: ${shown[1]}`);
  }
  return ours;
}

/** Letters that fold, sort, combine or compare in ways of their own, from many scripts. */
const LETTERS = [
  ...'aAbBzZ019 .,-_%"\'\\&()/*?[]{}^$|',
  ...'ßẞſſﬁﬀÆæØøÅåÄäÖöÜüÉéĲĳŉ',
  ...'İIıiΣσςΑαЯяЁёЍѝ',
  ...'株式会社東京한국각ㄱ裏表',
  ...'שלוםبيروتไทยहिन्दीதமிழ்',
  ...'ＡｂＣ１２Ⅻⅻ①㈱№™½²',
  'e\u0301',
  'a\u030a',
  '\u00a0',
  '\u3000',
  '\u200b',
  '\u00ad',
  '\ufeff',
  '\ufffd',
  '\ue000',
  '\uffee',
  '𝔘',
  '𐐀',
  '𐐨',
  '😀',
  '👩\u200d💻',
];

const text = (maxLength: number) =>
  fc
    .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength })
    .map((letters) => letters.join(''));

const organization = fc.record({
  name: fc.oneof(
    text(3),
    text(12),
    fc.constantFrom('Acme Ltd', 'ACME LTD.', 'acme ltd', 'Straße 1'),
  ),
  assumed_name: fc.option(text(6), { nil: undefined }),
  address: text(6),
  city: fc.oneof(text(4), fc.constant('Lehi')),
  place: fc.constantFrom(['US', 'Utah'], ['us', 'UT'], ['DE', 'Bayern'], ['JP', '東京都']),
  zip: text(3),
  telephone: text(4),
  is_submitted: fc.boolean(),
  is_active: fc.boolean(),
});

const SAMPLES = fc.sample(organization, { numRuns: 260, seed: 31 });

const bodyOf = ({ place, is_submitted, is_active: _, ...details }: (typeof SAMPLES)[number]) =>
  organizationBody({
    ...details,
    country: place[0],
    state: place[1],
    validations: is_submitted ? [{ type: 'ov' }] : [],
  });

before(async () => {
  for (const [index, sample] of SAMPLES.entries()) {
    const body = { ...bodyOf(sample), skip_duplicate_org_check: true };
    const created = await sendToBoth('POST', '/organization', { body });
    if (created.status === 201 && !sample.is_active) {
      await sendToBoth('PUT', `/organization/${created.json<{ id: number }>().id}/deactivate`);
    }
    if (index === 200) {
      // The rest waits in the queue of the search index, or not: answers must not show it.
      await Promise.all([untilIndexed(embedded), untilIndexed(postgres)]);
    }
  }
});

const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

/** Parts of names that are there, and texts that may not be. */
const searchTerm = fc.oneof(
  fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(6), fc.integer({ min: 1, max: 6 }))
    .map(([{ name }, start, length]) => `%${[...name].slice(start, start + length).join('')}`),
  fc.constantFrom(...SAMPLES).map(({ name }) => name),
  text(3).map((term) => `%${term}`),
  fc.constantFrom('%', '%acme', '112233', '999999999999999', '%\u{10ffff}'),
);

const query = fc.record({
  'filters[status]': maybe(fc.constantFrom('active', 'inactive')),
  'filters[validation]': maybe(fc.constantFrom('pending', 'not_pending')),
  'filters[validation_status]': maybe(fc.constantFrom('pending', 'active', 'expired')),
  'filters[validation_expires_before]': maybe(fc.constantFrom('2026-12-31', '2028-01-01')),
  'filters[search]': maybe(searchTerm),
  'filters[container_id_for_organization]': maybe(fc.constantFrom(4, 112234, 112235)),
  container_id: maybe(fc.constantFrom(4, 112234, 112235)),
  include_validation: maybe(fc.boolean()),
  sort: maybe(
    fc
      .uniqueArray(fc.constantFrom(...SORT_PROPERTIES), { minLength: 1, maxLength: 3 })
      .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, `-${name}`))))
      .map((steps) => steps.join(',')),
  ),
  limit: maybe(fc.constantFrom(1, 3, 20, 1000)),
  offset: maybe(fc.constantFrom(0, 2, 50, 250, 9000)),
});

test('every list is the same bytes, as JSON and as CSV', async () => {
  const check = async (asked: Record<string, unknown>, asCsv: boolean) => {
    const parameters = Object.entries(asked)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    const headers: Record<string, string> = asCsv ? { Accept: 'text/csv' } : {};
    await sendToBoth('GET', `/organization?${parameters.join('&')}`, { headers });
  };
  const asCsv = fc.integer({ min: 0, max: 5 }).map((number) => number === 0);
  await fc.assert(fc.asyncProperty(query, asCsv, check), { numRuns: examplesOf(1200), seed: 5 });
});

test('every organization is shown, renamed, activated and deleted alike', async () => {
  const list = await sendToBoth('GET', '/organization?sort=-id&limit=60');
  const { organizations } = list.json<{ organizations: { id: number }[] }>();
  for (const [index, { id }] of organizations.entries()) {
    const path = `/organization/${id}`;
    await sendToBoth('GET', path);
    const sample = SAMPLES[index];
    if (sample !== undefined) {
      await sendToBoth('PUT', path, { body: bodyOf(sample) });
    }
    await sendToBoth('PUT', `${path}/${index % 2 === 0 ? 'activate' : 'deactivate'}`);
    if (index % 3 === 0) {
      await sendToBoth('DELETE', path);
    }
    await sendToBoth('GET', path);
    await sendToBoth('GET', `${path}/validation`);
  }
  await sendToBoth('GET', '/organization?include_validation=true&sort=name,-id');
});

test('any JSON value in any member is taken or refused alike', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('\u0000', 'a\u0000b', '\ud800', 'x\udc00y', '\\u0000', '\u0085', '\u2028'),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const member = fc.constantFrom(
    'name',
    'assumed_name',
    'address',
    'city',
    'state',
    'zip',
    'telephone',
  );
  const check = async (name: string, given: unknown, number: number) => {
    const body = { ...organizationBody({ address2: `Room ${number}` }), [name]: given };
    const created = await sendToBoth('POST', '/organization', {
      body: { ...body, skip_duplicate_org_check: true },
    });
    if (created.status === 201) {
      await sendToBoth('GET', `/organization/${created.json<{ id: number }>().id}`);
    }
    await sendToBoth('GET', `/organization?filters[search]=${encodeURIComponent(toTerm(given))}`);
  };
  await fc.assert(fc.asyncProperty(member, value, fc.nat(9999), check), {
    numRuns: examplesOf(600),
    seed: 9,
  });
});

/** A search for the value, as far as a URL can hold it. */
function toTerm(given: unknown): string {
  return `%${String(given).toWellFormed()}`;
}

// Last: PostgreSQL's ids go on by one for a create that it refuses, SQLite's do not.
test('names that sort, fold and normalize alike are duplicates of the same organization', async () => {
  let duplicates = 0;
  for (const sample of SAMPLES.slice(0, 120)) {
    const { status } = await sendToBoth('POST', '/organization', { body: bodyOf(sample) });
    duplicates += Number(status === 400);
  }
  assert.ok(duplicates > 60, `${duplicates} duplicates`);
});
