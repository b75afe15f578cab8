// Proves what is found about values that do not fit a certificate, and what each type allows then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import { findingsOf, summarize } from '../../test/finding-cases.ts';

const LONG_NAME = 'Hochschule für Sozialarbeit, Diakonie und Religionspädagogik Hamburg';

test('a name of 64 characters fits, and one more is a warning for every type', () => {
  for (const type of VALIDATION_TYPE_NAMES) {
    const types = [type];
    assert.deepEqual(summarize({ name: 'Ä'.repeat(3) + 'b'.repeat(61), types }), [], type);
    assert.deepEqual(
      summarize({ name: 'Ä'.repeat(3) + 'b'.repeat(62), types }),
      ['warning subject_too_long name'],
      type,
    );
  }
});

test('the reason has the member as it would read, and what the rules of the type allow', () => {
  for (const [type, name, rule] of [
    ['ov', 'OV', /abbreviation may stand there instead.*\(BR 7\.1\.2\.7\.4\)\.$/],
    ['ev', 'EV', /words that do not matter left out.*\(EVG 7\.1\.4\.2\.1\)\.$/],
    ['cs', 'CS', /abbreviation may stand there instead \(CSBR 7\.1\.4\.2\.3\)\.$/],
    ['ev_cs', 'EV CS', /words that do not matter left out.*\(CSBR 7\.1\.4\.2\.4\)\.$/],
    ['smime', 'SMIME', /abbreviation may stand there instead.*\(SBR 7\.1\.4\.2\.2\)\.$/],
    ['ds', 'DS', /the policy for document signing says\.$/],
  ] as const) {
    const [finding, ...others] = findingsOf({ name: LONG_NAME, types: [type] });
    assert.deepEqual(others, []);
    const start = `For ${name}, O in the certificate would read "${LONG_NAME}": 68 characters, and 64 fit (BR 7.1.4.2). `;
    assert.ok(finding?.reason.startsWith(start), finding?.reason);
    assert.match(finding?.reason ?? '', rule);
  }
});

test('both names together must fit, with the parentheses between them', () => {
  const name = 'nm'.repeat(20);
  const together = (length: number) =>
    summarize({ name, assumed_name: 'a'.repeat(length - 1).concat('b'), types: ['ov'] });
  assert.deepEqual(together(21), []);
  assert.deepEqual(together(22), ['warning subject_too_long name']);
});

test('for code signing each of the names must fit alone', () => {
  const types = ['cs'] as const;
  const both = { name: 'nm'.repeat(32), assumed_name: 'ab'.repeat(32) };
  assert.deepEqual(summarize({ ...both, types }), []);
  const [finding, ...others] = findingsOf({ name: LONG_NAME, assumed_name: 'Diakonie', types });
  assert.deepEqual(others, []);
  assert.match(finding?.reason ?? '', /^For CS, CN in the certificate/);
});

test('each requested type is told once', () => {
  const found = findingsOf({ name: LONG_NAME, types: ['ov', 'ev', 'ov', 'smime'] });
  assert.deepEqual(
    found.map(({ reason }) => reason.split(',')[0]),
    ['For EV', 'For OV', 'For SMIME'],
  );
});

test('other members that are too long are errors', () => {
  const profile = {
    jurisdiction_country: 'DE',
    jurisdiction_locality: 'x'.repeat(129),
    registration_number: '1'.repeat(65),
  };
  assert.deepEqual(summarize({ city: 'ab'.repeat(65), profile, types: ['ev'] }), [
    'error subject_too_long city',
    'error subject_too_long jurisdiction_locality',
    'error subject_too_long registration_number',
  ]);
  assert.deepEqual(summarize({ profile, types: ['ov'] }), []);
});

test('a registration number has only letters that its member of an EV certificate can hold', () => {
  for (const registration_number of ['HRB 12345', 'FN 123456i', "12/34-5.6:7=8?(9)+'a", '']) {
    assert.deepEqual(summarize({ profile: { registration_number }, types: ['ev'] }), []);
  }
  for (const registration_number of ['№ 12345', 'HRB_12345', '登記123', '1*2', 'ä1', '1&2']) {
    assert.deepEqual(
      summarize({ profile: { registration_number }, types: ['ev'] }),
      ['error subject_characters registration_number'],
      registration_number,
    );
    assert.deepEqual(summarize({ profile: { registration_number }, types: ['smime'] }), []);
  }
});
