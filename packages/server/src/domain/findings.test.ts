// Proves that real organizations have next to no findings, and that findings are ordered, the same every
// time, and there for whatever anybody types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDING_CODES, VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import fc from 'fast-check';
import { type FindingCase, findingsOf, PLAIN, summarize } from '../../test/finding-cases.ts';
import { listFindings } from './findings.ts';

const TYPES = VALIDATION_TYPE_NAMES;

/** Real organizations by name, address, city, state, postal code, country and telephone. */
const REAL: readonly (readonly [string, string, string, string, string, string, string])[] = [
  ['Mayo Clinic', '200 First Street SW', 'Rochester', 'MN', '55905', 'US', '507-284-2511'],
  [
    'Columbia University in the City of New York',
    '116th and Broadway',
    'New York',
    'New York',
    '10027',
    'US',
    '(212) 854-1754',
  ],
  [
    'Massachusetts Institute of Technology',
    '77 Massachusetts Avenue',
    'Cambridge',
    'MA',
    '02139-4307',
    'US',
    '+1 617 253 1000',
  ],
  [
    'McGill University',
    '845, rue Sherbrooke Ouest',
    'Montréal',
    'Québec',
    'H3A 0G4',
    'CA',
    '+1 514-398-4455',
  ],
  ['BP p.l.c.', "1 St James's Square", 'London', 'England', 'SW1Y 4PD', 'GB', '+44 20 7496 4000'],
  ['Stiftung Warentest', 'Lützowplatz 11-13', 'Berlin', 'Berlin', '10785', 'DE', '+49 30 26310'],
  [
    'Bayerische Motoren Werke Aktiengesellschaft',
    'Petuelring 130',
    'München',
    'Bavaria',
    '80809',
    'DE',
    '+49 89 3820',
  ],
  [
    'École Polytechnique Fédérale de Lausanne',
    'Route Cantonale',
    'Lausanne',
    'Vaud',
    '1015',
    'CH',
    '+41 21 693 11 11',
  ],
  [
    'Booking.com B.V.',
    'Oosterdokskade 163',
    'Amsterdam',
    'Noord-Holland',
    '1011 DL',
    'NL',
    '+31 20 712 5600',
  ],
  [
    'Universidade de São Paulo',
    'Rua da Reitoria, 374',
    'São Paulo',
    'SP',
    '05508-220',
    'BR',
    '+55 11 3091-3116',
  ],
  [
    'Universidad Nacional Autónoma de México',
    'Av. Universidad 3000',
    'Ciudad de México',
    'CDMX',
    '04510',
    'MX',
    '+52 55 5622 1332',
  ],
  ['ソニーグループ株式会社', '港南1-7-1', '港区', '東京都', '108-0075', 'JP', '+81 3-6748-2111'],
  [
    'Indian Institute of Technology Bombay',
    'Main Gate Road, Powai',
    'Mumbai',
    'Maharashtra',
    '400076',
    'IN',
    '+91 22 2572 2545',
  ],
  ['The University of Sydney', 'Camperdown', 'Sydney', 'NSW', '2006', 'AU', '+61 2 9351 2222'],
  [
    'National University of Singapore',
    '21 Lower Kent Ridge Road',
    'Singapore',
    'Singapore',
    '119077',
    'SG',
    '+65 6516 6666',
  ],
  [
    'Уральский федеральный университет',
    'ул. Мира, 19',
    'Екатеринбург',
    'Свердловская область',
    '620002',
    'RU',
    '+7 343 375-44-44',
  ],
];

test('real organizations have no findings', () => {
  for (const [name, address, city, state, zip, country, telephone] of REAL) {
    const found = summarize({ name, address, city, state, zip, country, telephone, types: TYPES });
    assert.deepEqual(found, [], name);
  }
});

test('findings come by field and then by code, whatever finds them', () => {
  const found = summarize({
    name: 'ЮMONEY TRANSFERS WIDGETS\u200B',
    address: 'c/o Petersen, Postfach 12',
    city: 'Deutschland',
    telephone: '12',
    profile: { lei: 'x' },
  });
  assert.deepEqual(found, [
    'warning care_of address',
    'warning postal_box address',
    'warning misplaced_value city',
    'error lei_invalid lei',
    'notice capitals_only name',
    'warning invisible_characters name',
    'notice mixed_scripts name',
    'notice telephone_unlikely telephone',
  ]);
});

test('of a value that is none nothing else is said', () => {
  const found = summarize({ state: 'Some-State', country: 'US', telephone: '1234567890' });
  assert.deepEqual(found, ['error placeholder_value state', 'warning placeholder_value telephone']);
});

/** Anything that somebody may type, and what comes near to findings. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom('а', 'a', 'α', 'A', '中', ' ', '1', '.', '\u200B', '\uD800') }),
  fc.constantFrom(
    'n/a',
    'P.O. Box 12',
    'c/o',
    'Test Ltd',
    'NTRUS+CA-1',
    'LEIXG-',
    'US',
    'Calfornia',
    '__proto__',
    'constructor',
    '00000',
    '+1',
  ),
);
const anything: fc.Arbitrary<FindingCase> = fc
  .tuple(
    fc.record(
      {
        name: text,
        assumed_name: text,
        address: text,
        address2: text,
        city: text,
        state: text,
        zip: text,
        country: fc.oneof(fc.constantFrom('US', 'DE', 'JP', 'XX'), text),
        telephone: text,
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        lei: text,
        registration_number: text,
        jurisdiction_country: text,
        jurisdiction_state: text,
        jurisdiction_locality: text,
        organization_identifier: text,
        entity_class: text,
        latin_name: text,
      },
      { requiredKeys: [] },
    ),
    text,
    fc.subarray([...TYPES]),
  )
  .map(([details, profile, pattern, types]) => ({ ...details, profile, pattern, types }));

test('whatever is typed, the findings are whole sentences in order, and the same the next time', () => {
  fc.assert(
    fc.property(anything, (one) => {
      const found = findingsOf(one);
      assert.deepEqual(findingsOf(one), found);
      for (const { code, reason } of found) {
        assert.ok(Object.hasOwn(FINDING_CODES, code), code);
        assert.match(reason, /[.?]$/);
      }
      const keys = found.map(({ field, code }) => `${field} ${code}`);
      assert.deepEqual(keys, keys.toSorted());
    }),
    { numRuns: 500 },
  );
});

test('looking changes nothing', () => {
  const details = Object.freeze({ ...PLAIN, name: 'n/a' });
  const profile = Object.freeze({ lei: 'x' });
  const input = { details, profile, registration_format: undefined, validation_types: TYPES };
  assert.equal(listFindings(Object.freeze(input)).length, 2);
});
