// Proves how the subject of a certificate of each type would read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ValidationTypeName } from '@orgvet/contract';
import { PLAIN } from '../../test/finding-cases.ts';
import { describeSubject, type SubjectProfile } from './subject.ts';

const COMPANY = {
  ...PLAIN,
  name: 'Lakeside Milling, Inc.',
  city: 'Duluth',
  state: 'MN',
  zip: '55802',
  country: 'US',
};

const PROFILE: SubjectProfile = {
  entity_class: 'private_organization',
  jurisdiction_country: 'us',
  jurisdiction_state: 'DE',
  jurisdiction_locality: '',
  registration_number: '1234567',
  organization_identifier: 'NTRUS+DE-1234567',
};

/** As tools print a subject. */
function read(
  type: ValidationTypeName,
  changes: Partial<typeof COMPANY> = {},
  profile: SubjectProfile = {},
): string[] {
  const members = describeSubject({ ...COMPANY, ...changes }, type, profile);
  return members.map(({ label, value }) => `${label}=${value}`);
}

function nameOf(type: ValidationTypeName, changes: Partial<typeof COMPANY>): string | undefined {
  return read(type, changes).find((member) => member.startsWith('O='));
}

test('a subject has the country, the full name of the state, the city and the name', () => {
  const place = ['C=US', 'ST=Minnesota', 'L=Duluth'];
  const name = 'Lakeside Milling, Inc.';
  assert.deepEqual(read('ov'), [...place, `O=${name}`]);
  assert.deepEqual(read('ds'), [...place, `O=${name}`]);
  assert.deepEqual(read('smime'), [...place, `O=${name}`]);
  assert.deepEqual(read('cs'), [...place, `O=${name}`, `CN=${name}`]);
});

test('for EV it also says what is registered where, as far as that is known', () => {
  const registration = [
    'businessCategory=Private Organization',
    'jurisdictionC=US',
    'jurisdictionST=Delaware',
    'serialNumber=1234567',
  ];
  const identifier = 'organizationIdentifier=NTRUS+DE-1234567';
  assert.deepEqual(read('ev', {}, PROFILE).slice(4), [...registration, identifier]);
  assert.deepEqual(read('ev_cs', {}, PROFILE).slice(5), registration);
  assert.deepEqual(read('ov', {}, PROFILE).slice(4), []);
  assert.deepEqual(read('ev', {}, { entity_class: 'constructor' }).slice(4), []);
});

test('an organization identifier is where the rules of the type have its scheme', () => {
  const withIdentifier = (organization_identifier: string) => ({ organization_identifier });
  const lei = 'LEIXG-529900T8BM49AURSDO55';
  assert.deepEqual(read('smime', {}, withIdentifier(lei)).at(-1), `organizationIdentifier=${lei}`);
  assert.deepEqual(read('smime', {}, withIdentifier('GOVUS')).length, 5);
  assert.deepEqual(read('ev', {}, withIdentifier(lei)).length, 4);
  assert.deepEqual(read('smime', {}, withIdentifier('no identifier')).length, 4);
});

test('an assumed name stands first, and the legal one follows in parentheses', () => {
  const changes = { assumed_name: 'Northern Flour' };
  for (const type of ['ov', 'ev', 'ev_cs', 'smime', 'ds'] as const) {
    assert.equal(nameOf(type, changes), 'O=Northern Flour (Lakeside Milling, Inc.)', type);
  }
});

test('code signing has one of both names in O, and the legal one in CN', () => {
  assert.deepEqual(read('cs', { assumed_name: 'Northern Flour' }).slice(3), [
    'O=Northern Flour',
    'CN=Lakeside Milling, Inc.',
  ]);
});

test('a verified name in Latin letters takes the place of the name for EV alone', () => {
  const changes = { name: '港川精密工業株式会社', assumed_name: 'Minatogawa' };
  const profile = { latin_name: 'Minatogawa Seimitsu Kogyo K.K.' };
  assert.ok(read('ev', changes, profile).includes('O=Minatogawa (Minatogawa Seimitsu Kogyo K.K.)'));
  assert.ok(read('ev_cs', changes, profile).includes('CN=Minatogawa Seimitsu Kogyo K.K.'));
  assert.ok(read('ov', changes, profile).includes('O=Minatogawa (港川精密工業株式会社)'));
});

test('what only says that there is nothing is left out', () => {
  for (const state of ['', '-', '. .', 'N/A', 'n.a.']) {
    assert.deepEqual(read('ov', { state }).slice(0, 2), ['C=US', 'L=Duluth'], state);
  }
});

test('a member is too long from one character over its bound, whatever its bytes', () => {
  for (const [field, label, length_max] of [
    ['name', 'O', 64],
    ['city', 'L', 128],
    ['state', 'ST', 128],
  ] as const) {
    for (const letter of ['a', 'é', '中', '𝔘']) {
      const lengths = [length_max, length_max + 1];
      const found = lengths.map((length) =>
        describeSubject({ ...COMPANY, [field]: letter.repeat(length) }, 'ov').find(
          (member) => member.label === label,
        ),
      );
      assert.deepEqual(
        found.map((member) => member?.is_too_long),
        [false, true],
        `${label} ${letter}`,
      );
      assert.equal(found[0]?.length_max, length_max);
    }
  }
});

test('an organization identifier has no bound', () => {
  const organization_identifier = `NTRUS+DE-${'1'.repeat(200)}`;
  const member = describeSubject(COMPANY, 'smime', { organization_identifier }).at(-1);
  assert.equal(member?.attribute, 'organizationIdentifier');
  assert.equal(member?.is_too_long, false);
  assert.equal('length_max' in (member ?? {}), false);
});
