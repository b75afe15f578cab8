// Proves that what is described so far is looked for as a create of it would be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDuplicateCheck } from './duplicate-check.ts';
import { deriveDetails, detailsOf } from './organization.ts';

const DETAILS = {
  name: 'Acme, Inc.',
  assumed_name: 'Acme',
  country: 'us',
  address: '1 Main Street',
  address2: 'Floor 2',
  city: 'Springfield',
  state: 'Illinois',
  zip: '62701',
};

test('with all details it is looked for by the fingerprint that a create would have', () => {
  const { problems, check } = readDuplicateCheck(DETAILS);
  const created = deriveDetails(detailsOf({ ...DETAILS, telephone: '555-555-0100' }));
  assert.deepEqual(problems, []);
  assert.deepEqual(check, {
    name_folded: created.name_folded,
    fingerprint: created.fingerprint,
  });
});

test('what a create may leave out is not waited for', () => {
  const { assumed_name: _name, address2: _address, ...required } = DETAILS;
  const created = deriveDetails(detailsOf({ ...required, telephone: '1' }));
  assert.equal(readDuplicateCheck(required).check.fingerprint, created.fingerprint);
});

test('while any detail is missing that is compared, only the name is looked for', () => {
  for (const missing of ['country', 'address', 'city', 'state', 'zip'] as const) {
    const { [missing]: _, ...known } = DETAILS;
    const { problems, check } = readDuplicateCheck(known);
    assert.deepEqual([problems, Object.keys(check)], [[], ['name_folded']], missing);
  }
});

test('without a name, or with what no create would take, nothing is looked for', () => {
  const codesOf = (body: object) => readDuplicateCheck(body).problems.map(({ code }) => code);
  const { name: _, ...nameless } = DETAILS;
  assert.deepEqual(codesOf(nameless), ['missing_name']);
  assert.deepEqual(codesOf({ ...DETAILS, country: 'zz' }), ['invalid_country']);
});
