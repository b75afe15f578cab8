// Proves what is found about states, cities, addresses and telephones, and what of it is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FindingCase, findingsOf, PLAIN, summarizeOnly } from '../../test/finding-cases.ts';

const AMERICAN = {
  country: 'US',
  state: 'MN',
  city: 'Duluth',
  zip: '55802',
  telephone: '+1 218 730 4100',
} as const;

function statesOf(one: FindingCase): string[] {
  return summarizeOnly('state_unknown', one);
}

function misplacedOf(one: FindingCase): string[] {
  return summarizeOnly('misplaced_value', one);
}

test('a state that the country does not have is an error where all write states alike', () => {
  for (const state of ['Las Angeles', 'Los Angeles', 'Bavaria', 'XY', 'Calfornia']) {
    assert.deepEqual(statesOf({ ...AMERICAN, state }), ['error state_unknown state'], state);
  }
  for (const state of ['MN', 'mn', 'US-MN', 'Minnesota', ' MINNESOTA ', 'State of Minnesota']) {
    assert.deepEqual(statesOf({ ...AMERICAN, state }), [], state);
  }
});

test('it is a warning where old names are in use, and elsewhere nothing', () => {
  assert.deepEqual(statesOf({ country: 'IN', state: 'Mumbai' }), ['warning state_unknown state']);
  assert.deepEqual(statesOf({ country: 'IN', state: 'Orissa' }), []);
  assert.deepEqual(statesOf({ country: 'GB', state: 'Middlesex' }), []);
  assert.deepEqual(statesOf({ country: 'DE', state: 'Bavaria' }), []);
});

test('the reason guesses what was meant, or tells that it is the city', () => {
  for (const [one, reason] of [
    [
      { ...AMERICAN, state: 'Calfornia' },
      '"Calfornia" is no state or province of the country (United States). Is it "California"?',
    ],
    [
      { ...AMERICAN, state: 'Duluth' },
      '"Duluth" is no state or province of the country (United States). It is the city once more: give the state that the city is in.',
    ],
    [
      { ...AMERICAN, state: 'Las Angeles' },
      '"Las Angeles" is no state or province of the country (United States). Give the name or the code of the state.',
    ],
  ] as const) {
    assert.deepEqual(
      findingsOf(one).map((finding) => finding.reason),
      [reason],
    );
  }
});

test('a misspelling is to be looked at also where divisions are seldom written', () => {
  assert.deepEqual(statesOf({ country: 'IR', state: 'Theran' }), ['notice state_unknown state']);
});

test('a state is missing where addresses name one', () => {
  const missing = (country: string) => summarizeOnly('state_missing', { country, state: ' ' });
  assert.deepEqual(missing('US'), ['warning state_missing state']);
  assert.deepEqual(missing('BR'), ['warning state_missing state']);
  assert.deepEqual(missing('DE'), []);
});

test('values in the field of another are most likely wrong', () => {
  for (const [one, fields] of [
    [{ name: 'info@example.com' }, ['name']],
    [{ name: 'https://www.example.com/' }, ['name']],
    [{ assumed_name: 'www.example.com' }, ['assumed_name']],
    [{ address: 'info@example.com' }, ['address']],
    [{ address: PLAIN.zip }, ['address']],
    [{ address: PLAIN.name }, ['address']],
    [{ zip: PLAIN.telephone }, ['zip']],
    [{ zip: '040 3005 1000 55' }, ['zip']],
    [{ zip: '4940300 51000', telephone: '494030051000' }, ['zip']],
    [{ zip: 'Hamburg' }, ['zip']],
    [{ city: PLAIN.zip }, ['city']],
    [{ name: PLAIN.telephone }, ['name']],
    [{ city: 'Deutschland' }, ['city']],
    [{ ...AMERICAN, city: 'USA' }, ['city']],
    [{ ...AMERICAN, city: 'Minnesota' }, ['city']],
    [{ ...AMERICAN, city: 'MN' }, ['city']],
    [{ ...AMERICAN, city: 'CA', state: 'Los Angeles' }, ['city']],
    [{ ...AMERICAN, state: 'United States' }, ['state']],
  ] as const satisfies readonly (readonly [FindingCase, readonly string[]])[]) {
    assert.deepEqual(
      misplacedOf(one),
      fields.map((field) => `warning misplaced_value ${field}`),
      JSON.stringify(one),
    );
  }
});

test('values that stand in two fields for a reason are to be looked at', () => {
  assert.deepEqual(misplacedOf({ name: 'Hamburg' }), ['notice misplaced_value name']);
  assert.deepEqual(misplacedOf({ address: 'Hamburg' }), ['notice misplaced_value address']);
  assert.deepEqual(misplacedOf({ state: 'Germany' }), ['notice misplaced_value state']);
});

test('names with domains in them, and cities that are called like states, are in their place', () => {
  for (const one of [
    { name: 'Booking.com B.V.' },
    { name: 'amazon.de GmbH' },
    { name: '1&1' },
    { name: 'City of Hamburg' },
    { ...AMERICAN, city: 'New York', state: 'NY' },
    { ...AMERICAN, city: 'Washington', state: 'DC' },
    { ...AMERICAN, city: 'Kansas City', state: 'KS' },
    { ...AMERICAN, city: 'Nevada', state: 'MO' },
    { ...AMERICAN, city: 'Lebanon', state: 'PA' },
    { ...AMERICAN, zip: '55802-1234' },
    { country: 'IR', zip: '1193653471', state: 'Tehran', city: 'Tehran' },
    { country: 'BR', city: 'São Paulo', state: 'SP' },
    { country: 'SG', city: 'Singapore', state: 'Singapore' },
    { country: 'LU', city: 'Luxembourg', state: 'Luxembourg' },
  ]) {
    assert.deepEqual(misplacedOf(one), [], JSON.stringify(one));
  }
});

test('an assumed name that is the name is most likely wrong', () => {
  const same = summarizeOnly('assumed_name_same', { assumed_name: 'NORDWIND Reederei, GmbH' });
  assert.deepEqual(same, ['warning assumed_name_same assumed_name']);
  assert.deepEqual(summarizeOnly('assumed_name_same', { assumed_name: 'Nordwind' }), []);
});

test('a postal box alone is an error for EV, else a warning, and beside a street a notice', () => {
  for (const [one, summary] of [
    [{ address: 'Postfach 12', types: ['ev'] }, 'error postal_box address'],
    [{ address: 'Postfach 12', types: ['ov', 'ev_cs'] }, 'error postal_box address'],
    [{ address: 'Postfach 12', types: ['ov', 'smime'] }, 'warning postal_box address'],
    [{ address: 'Postfach 12, Altes Hafenamt', types: ['ev'] }, 'warning postal_box address'],
    [{ address2: 'Postfach 12', types: ['ev'] }, 'notice postal_box address2'],
    [{ address: 'Hafenstraße 4, Postfach 12' }, 'notice postal_box address'],
  ] as const) {
    assert.deepEqual(summarizeOnly('postal_box', one), [summary], JSON.stringify(one));
  }
  assert.deepEqual(summarizeOnly('postal_box', { address: 'Postfachweg 12' }), []);
});

test('an address in care of somebody is most likely wrong', () => {
  assert.deepEqual(summarizeOnly('care_of', { address2: 'c/o Kanzlei Petersen' }), [
    'warning care_of address2',
  ]);
  assert.deepEqual(summarizeOnly('care_of', { address: 'Care of God Road 4' }), [
    'warning care_of address',
  ]);
  assert.deepEqual(summarizeOnly('care_of', { address: 'Carefree Road 4' }), []);
});

test('a telephone number that its country does not have is to be looked at', () => {
  for (const telephone of ['12', '040', 'call us', '+49 1']) {
    assert.deepEqual(summarizeOnly('telephone_unlikely', { telephone }), [
      'notice telephone_unlikely telephone',
    ]);
  }
  for (const telephone of ['040 30051000', '+49 40 30051000', '+1 218 730 4100', '']) {
    assert.deepEqual(summarizeOnly('telephone_unlikely', { telephone }), [], telephone);
  }
});
