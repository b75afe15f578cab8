// Proves what is found about registration numbers, LEIs and organization identifiers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FindingCase, findingsOf, summarize } from '../../test/finding-cases.ts';

const MISMATCH = 'organization_identifier_mismatch organization_identifier';

function identified(
  organization_identifier: string,
  profile: FindingCase['profile'] = {},
  types: FindingCase['types'] = ['ev'],
): string[] {
  return summarize({ profile: { organization_identifier, ...profile }, types });
}

test('a registration number must have the form that its source gives', () => {
  const pattern = 'HRB 99999|HRB 999999';
  for (const [registration_number, types, expected] of [
    ['HRB 123456', ['ev'], []],
    ['HRB 12345', ['ov'], []],
    ['123456', ['ev'], ['error registration_number_format registration_number']],
    ['123456', ['ev_cs'], ['error registration_number_format registration_number']],
    ['123456', ['ov', 'smime'], ['warning registration_number_format registration_number']],
    ['', ['ev'], []],
  ] as const) {
    const found = summarize({ profile: { registration_number }, pattern, types });
    assert.deepEqual(found, expected, registration_number);
  }
});

test('the reason names the source and its forms', () => {
  const profile = { registration_number: 'HRB12345' };
  const [finding] = findingsOf({ profile, pattern: 'HRB 99999|A9' });
  assert.equal(
    finding?.reason,
    '"HRB12345" is not how the trade register writes its numbers: "HRB 99999" or "A9", where 9 is a digit, A a letter and * either (EVG 7.1.4.2.5). Compare it with the register.',
  );
});

test('a source without a form, or with one that cannot be read, has nothing to say', () => {
  const profile = { registration_number: 'whatever' };
  assert.deepEqual(summarize({ profile }), []);
  assert.deepEqual(summarize({ profile, pattern: '9||9' }), []);
});

test('an LEI whose check digits do not fit is an error', () => {
  assert.deepEqual(summarize({ profile: { lei: 'HWUPKR0MPOU8FGXBT394' } }), []);
  for (const lei of ['HWUPKR0MPOU8FGXBT395', 'HWUPKR0MPOU8FGXBT39', 'hwupkr0mpou8fgxbt394']) {
    assert.deepEqual(summarize({ profile: { lei } }), ['error lei_invalid lei'], lei);
  }
});

test('an organization identifier of another form is an error', () => {
  assert.deepEqual(identified('HRB 12345'), [
    'error organization_identifier_invalid organization_identifier',
  ]);
  assert.deepEqual(identified('NTRDE-HRB12345'), []);
});

test('an identifier of a trade register is of the jurisdiction', () => {
  const german = { jurisdiction_country: 'DE' };
  const american = { jurisdiction_country: 'us', jurisdiction_state: 'Delaware' };
  for (const [text, profile, types, expected] of [
    ['NTRDE-1', german, ['ev'], []],
    ['NTRAT-1', german, ['ev'], [`error ${MISMATCH}`]],
    ['NTRAT-1', german, ['ov'], [`warning ${MISMATCH}`]],
    ['VATAT-1', german, ['ev'], []],
    ['NTRXG-1', german, ['ev'], []],
    ['NTRUS+DE-1', american, ['ev'], []],
    ['NTRUS+CA-1', american, ['ev'], [`warning ${MISMATCH}`]],
    ['NTRUS-1', american, ['ev'], [`warning ${MISMATCH}`]],
    ['NTRDE+BY-1', german, ['ev'], [`warning ${MISMATCH}`]],
    ['NTRUS-1', american, ['ov'], []],
  ] as const) {
    assert.deepEqual(identified(text, profile, types), expected, text);
  }
});

test('an identifier has the number that was recorded, also behind that of a European register', () => {
  const profile = { registration_number: 'HRB 12345', lei: '529900T8BM49AURSDO55' };
  for (const [text, expected] of [
    ['NTRDE-HRB12345', []],
    ['NTRDE-DER3306.HRB12345', []],
    ['NTRDE-HRB12346', [`warning ${MISMATCH}`]],
    ['NTRDE-R3306HRB12345', [`warning ${MISMATCH}`]],
    ['LEIXG-529900T8BM49AURSDO55', []],
    ['LEIXG-HWUPKR0MPOU8FGXBT394', [`warning ${MISMATCH}`]],
  ] as const) {
    assert.deepEqual(identified(text, profile, ['ov']), expected, text);
  }
});

test('for S/MIME an identifier of one country is of the country of the address', () => {
  for (const [text, expected] of [
    ['NTRDE-1', []],
    ['GOVDE', []],
    ['INTXG', []],
    ['LEIXG-529900T8BM49AURSDO55', []],
    ['VATEL-123456789', [`warning ${MISMATCH}`]],
  ] as const) {
    assert.deepEqual(identified(text, {}, ['smime']), expected, text);
  }
  const greek = { country: 'GR', city: 'Athina', state: 'Attica' };
  const profile = { organization_identifier: 'VATEL-123456789' };
  assert.deepEqual(summarize({ ...greek, profile, types: ['smime'] }), []);
});

test('EV goes without identifiers of schemes that its rules do not have', () => {
  for (const text of ['LEIXG-529900T8BM49AURSDO55', 'GOVDE', 'INTXG']) {
    assert.deepEqual(identified(text, {}, ['ev', 'smime']), [`notice ${MISMATCH}`], text);
  }
});

test('a jurisdiction has a state that exists', () => {
  const jurisdiction = (jurisdiction_country: string, jurisdiction_state: string) =>
    summarize({ profile: { jurisdiction_country, jurisdiction_state } });
  assert.deepEqual(jurisdiction('US', 'Delaware'), []);
  assert.deepEqual(jurisdiction('us', 'Delawhere'), ['error state_unknown jurisdiction_state']);
  assert.deepEqual(jurisdiction('US', ''), []);
  assert.deepEqual(jurisdiction('', 'Delawhere'), []);
});
