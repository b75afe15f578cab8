/** Proves which first lines of a CSV file are taken, and what body the cells below them make. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyOfCells, checkColumns, FileError } from './csv-columns.ts';

const OWN_COLUMNS = [
  ...[
    'name',
    'assumed_name',
    'country',
    'address',
    'address2',
    'city',
    'state',
    'zip',
    'telephone',
  ],
];
const CONTACT_MEMBERS = [
  ...[
    'first_name',
    'last_name',
    'job_title',
    'email',
    'telephone',
    'telephone_extension',
    'language_id',
  ],
];
const CONTACT_COLUMNS = CONTACT_MEMBERS.map((member) => `organization_contact.${member}`);
const FLAG = 'skip_duplicate_org_check';
const COLUMNS = [...OWN_COLUMNS, ...CONTACT_COLUMNS, FLAG];

/** What an export has and a new organization gets anew. */
const EXPORTED_COLUMNS = [
  ...['id', 'status', 'display_name', 'is_active', 'container_id', 'container_id_assignments'],
  'validations',
];

const notTold = (message: string) => assert.fail(`told: ${message}`);

/** Checks a first line that must be refused. @returns what is said of it */
function refuse(names: readonly string[]): string {
  try {
    checkColumns(names, notTold);
  } catch (error) {
    assert.ok(error instanceof FileError);
    assert.equal(error.name, 'FileError');
    return error.message;
  }
  return assert.fail(`${names} are taken`);
}

test('every member of a create that is one text can be a column, in any order', () => {
  assert.deepEqual(checkColumns(COLUMNS, notTold), COLUMNS);
  fc.assert(
    fc.property(fc.shuffledSubarray(COLUMNS), (names) => {
      assert.deepEqual(checkColumns(names, notTold), names);
    }),
  );
});

test('the case of a name does not count, nor do the spaces around it', () => {
  assert.deepEqual(
    checkColumns([' Name', 'COUNTRY ', '\tOrganization_Contact.First_Name '], notTold),
    ['name', 'country', 'organization_contact.first_name'],
  );
});

test('columns that nobody knows are refused by name, all at once, with those that are known', () => {
  const message = refuse(['name', 'colour', 'country', 'Plz "Ort"']);
  assert.match(message, /^The first line must name the columns\./);
  assert.match(message, /: "colour", "plz \\"ort\\""\. Known are/);
  for (const column of COLUMNS) {
    assert.ok(message.includes(column), column);
  }
});

test('a column that is there twice is refused, also in another case', () => {
  assert.match(refuse(['name', 'country', 'Name']), /: "name"\. Known are/);
  assert.match(refuse(['id', 'id']), /: "id"\. Known are/);
  assert.match(refuse(['name', 'name', 'colour']), /: "colour", "name"\. Known are/);
});

test('names that are close to a column, or that every object has, are no columns', () => {
  for (const name of [
    ...['', 'nam', 'name;country', 'organization_contact', 'organization_contact.', '.first_name'],
    ...['organization_contact.name', 'organization_contact.first_name.x', 'first_name'],
    ...['constructor', '__proto__', 'toString', 'organization_contact.__proto__'],
  ]) {
    assert.ok(refuse(['name', name]).includes(JSON.stringify(name.toLowerCase())), name);
  }
});

test('what only an export has is told of and otherwise no fault', () => {
  const told: string[] = [];
  const names = ['ID', 'name', ...EXPORTED_COLUMNS.slice(1), 'country'];
  const columns = checkColumns(names, (message) => told.push(message));
  assert.equal(columns.length, names.length);
  assert.deepEqual(told, [
    `Not imported, because every organization gets its own: ${EXPORTED_COLUMNS.join(', ')}.`,
  ]);
});

test('cells are the members that their columns name, those of the contact inside it', () => {
  assert.deepEqual(
    bodyOfCells(
      ['organization_contact.email', 'name', 'organization_contact.telephone', 'telephone'],
      ['ann@example.com', 'Ann & Co', '+1 2', '+1 3'],
    ),
    {
      name: 'Ann & Co',
      telephone: '+1 3',
      organization_contact: { email: 'ann@example.com', telephone: '+1 2' },
    },
  );
});

test('a text is taken as it stands: as text, with its spaces and its zeros in front', () => {
  const cells = ['01234', ' both ', '1e3', 'true', 'NULL', '\u00a0', "'=1+1"];
  const columns = ['zip', 'name', 'address', 'address2', 'city', 'state', 'assumed_name'];
  assert.deepEqual(
    bodyOfCells(columns, cells),
    Object.fromEntries(columns.map((column, index) => [column, cells[index]])),
  );
});

test('an empty cell is as good as none, and a contact without any cell is none', () => {
  assert.deepEqual(bodyOfCells(COLUMNS, Array<string>(COLUMNS.length).fill('')), {});
  assert.deepEqual(
    bodyOfCells(
      ['name', 'zip', 'organization_contact.email', 'organization_contact.last_name'],
      ['A', '', '', 'B'],
    ),
    { name: 'A', organization_contact: { last_name: 'B' } },
  );
});

test('whether to look for duplicates is said by true and false, in any case', () => {
  for (const [cell, value] of [
    ['true', true],
    ['TRUE', true],
    [' True ', true],
    ['false', false],
    ['FALSE', false],
    [' False\t', false],
    // Refused further on, by the member's own rule.
    ['yes', 'yes'],
    ['1', '1'],
    [' ', ' '],
  ] as const) {
    assert.deepEqual(bodyOfCells([FLAG], [cell]), { [FLAG]: value }, cell);
  }
});

test('a body has what its cells have, and nothing else', () => {
  const texts = [...OWN_COLUMNS, ...CONTACT_COLUMNS];
  const some = fc.shuffledSubarray(texts).chain((columns) =>
    fc.tuple(
      fc.constant(columns),
      fc.array(fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme' })), {
        minLength: columns.length,
        maxLength: columns.length,
      }),
    ),
  );
  fc.assert(
    fc.property(some, ([columns, cells]) => {
      const { organization_contact = {}, ...own } = bodyOfCells(columns, cells);
      const members = Object.entries(own).concat(
        Object.entries(organization_contact as Record<string, unknown>).map(
          ([member, value]): [string, unknown] => [`organization_contact.${member}`, value],
        ),
      );
      const filled = columns.map((column, index): [string, unknown] => [column, cells[index]]);
      assert.deepEqual(new Map(members), new Map(filled.filter(([, cell]) => cell !== '')));
    }),
  );
});
