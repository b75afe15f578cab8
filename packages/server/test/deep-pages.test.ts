/** Pages far into a list: the same as of the list sorted in plain JavaScript, wherever they begin. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { OrganizationList, OrganizationListItem } from '@orgvet/contract';
import { fold } from '../src/domain/fold.ts';
import { importFile } from '../src/main.ts';
import { makeDatabase, makeDirectory } from './databases.ts';
import { organizationBody, startServer } from './harness.ts';

/** More than are near the beginning, so that pages lie on both sides of that and around it. */
const ORGANIZATIONS = 2600;

const database = await makeDatabase();
const directory = await makeDirectory();
const { send } = await startServer({ database });

let all: OrganizationListItem[] = [];

async function list(query: string): Promise<OrganizationList> {
  const answer = await send('GET', `/organization?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

before(async () => {
  const cities = ['Lehi', 'Zürich', 'Αθήνα', '東京', 'aarhus'];
  const bodies = Array.from({ length: ORGANIZATIONS }, (_, number) =>
    organizationBody({
      name: `Deep ${(number * 7919) % 1301}`,
      zip: number,
      city: cities[number % 5],
    }),
  );
  const file = join(directory, 'deep.jsonl');
  writeFileSync(file, bodies.map((body) => `${JSON.stringify(body)}\n`).join(''));
  const settings = { database, file, format: 'jsonl', account_id: 1, is_dry_run: false } as const;
  await importFile(settings, { note: () => {}, line: () => {}, progress: () => {} });
  const { page } = await list('limit=1');
  assert.ok(page.total >= ORGANIZATIONS);
  while (all.length < page.total) {
    all = all.concat((await list(`sort=id&limit=1000&offset=${all.length}`)).organizations);
  }
});

/** What is compared bytewise, as UTF-8. */
const compareTexts = (one: string, other: string) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

const SORTS = {
  id: () => '',
  name: ({ name }: OrganizationListItem) => fold(name),
  city: ({ city }: OrganizationListItem) => fold(city),
} as const;

function sortAll(property: keyof typeof SORTS, isDescending: boolean): number[] {
  const keyOf = SORTS[property];
  const sign = isDescending ? -1 : 1;
  return [...all]
    .sort((one, other) => sign * (compareTexts(keyOf(one), keyOf(other)) || one.id - other.id))
    .map(({ id }) => id);
}

const OFFSETS = [0, 19, 1023, 1300, 2016, 2028, 2047, 2048, 2049, 2500, ORGANIZATIONS - 1, 9999];

for (const property of ['id', 'name', 'city'] as const) {
  for (const sign of ['', '-'] as const) {
    test(`a page by ${sign}${property} is that part of the list, near and deep`, async () => {
      const expected = sortAll(property, sign === '-');
      const sort = property === 'id' ? `${sign}id` : `${sign}${property},${sign}id`;
      for (const offset of OFFSETS) {
        for (const limit of [1, 20, 32, 33, 1000]) {
          const query = `sort=${sort}&limit=${limit}&offset=${offset}`;
          const { organizations, page } = await list(query);
          const found = organizations.map(({ id }) => id);
          assert.deepEqual(found, expected.slice(offset, offset + limit), query);
          assert.deepEqual(page, { total: all.length, limit, offset }, query);
        }
      }
    });
  }
}
