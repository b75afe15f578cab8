// Proves the form of organization identifiers by the examples of the rules, and by what they rule out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countryOfIdentifier, readOrganizationIdentifier } from './organization-identifier.ts';

function faultOf(text: string): string {
  const read = readOrganizationIdentifier(text);
  return 'fault' in read ? read.fault : '';
}

test('an identifier is read in its parts', () => {
  for (const [text, scheme, country, subdivision, reference] of [
    ['NTRGB-12345678', 'NTR', 'GB', '', '12345678'],
    ['NTRUS+CA-12345678', 'NTR', 'US', 'CA', '12345678'],
    ['NTRDE-DER3306.HRB12345', 'NTR', 'DE', '', 'DER3306.HRB12345'],
    ['NTRXG-12-34', 'NTR', 'XG', '', '12-34'],
    ['VATDE-123456789', 'VAT', 'DE', '', '123456789'],
    ['VATEL-123456789', 'VAT', 'EL', '', '123456789'],
    ['PSDBE-NBB-1234.567.890', 'PSD', 'BE', '', 'NBB-1234.567.890'],
    ['LEIXG-529900T8BM49AURSDO55', 'LEI', 'XG', '', '529900T8BM49AURSDO55'],
    ['GOVUS', 'GOV', 'US', '', ''],
    ['GOVUS+CA', 'GOV', 'US', 'CA', ''],
    ['INTXG', 'INT', 'XG', '', ''],
  ] as const) {
    const identifier = { scheme, country, subdivision, reference };
    assert.deepEqual(readOrganizationIdentifier(text), { identifier });
  }
});

test('what has another form is told what is wrong with it', () => {
  for (const [text, fault] of [
    ['', /must begin with one of NTR/],
    ['12345678', /must begin with one of NTR/],
    ['ntrgb-12345678', /must begin with one of NTR/],
    ['ABCGB-12345678', /must begin with one of NTR/],
    ['NTRGB12345678', /must begin with one of NTR/],
    ['NTRUS+CALI-1', /must begin with one of NTR/],
    ['NTRZZ-12345678', /"ZZ" is not the code of a country/],
    ['NTREL-12345678', /"EL" is not the code of a country/],
    ['VATXG-12345678', /"XG" is not the code of a country/],
    ['GOVXG', /"XG" is not the code of a country/],
    ['LEIDE-529900T8BM49AURSDO55', /XG instead of a country/],
    ['INTUS', /XG instead of a country/],
    ['NTRUS+ZZ-12345678', /"US-ZZ" is not the ISO 3166-2 code/],
    ['VATDE+BY-123456789', /VAT has no part for a state/],
    ['LEIXG+CA-529900T8BM49AURSDO55', /LEI has no part for a state/],
    ['NTRGB', /number in the register must follow/],
    ['NTRGB-', /number in the register must follow/],
    ['NTRGB- 12345678', /number in the register must follow/],
    ['GOVUS-123', /Nothing follows/],
    ['INTXG-', /Nothing follows/],
    ['LEIXG-529900T8BM49AURSDO54', /no LEI/],
    ['PSDBE-1234.567.890', /authority and its number/],
    ['PSDBE-NBB', /authority and its number/],
  ] as const) {
    assert.match(faultOf(text), fault, text);
  }
});

test('the country of an identifier is that of ISO, and none where it is the world’s', () => {
  for (const [text, country] of [
    ['NTRGB-1', 'GB'],
    ['VATEL-1', 'GR'],
    ['VATXI-1', 'GB'],
    ['INTXG', ''],
    ['NTRXG-1', ''],
  ] as const) {
    const read = readOrganizationIdentifier(text);
    assert.ok('identifier' in read, text);
    assert.equal(countryOfIdentifier(read.identifier), country, text);
  }
});

test('any text is read or has a fault, and the parts of one that is read make it again', () => {
  const near = fc
    .tuple(
      fc.constantFrom('NTR', 'VAT', 'PSD', 'LEI', 'GOV', 'INT', 'XYZ'),
      fc.constantFrom('GB', 'US', 'XG', 'EL', 'ZZ'),
      fc.constantFrom('', '+CA', '+ZZ'),
      fc.oneof(
        fc.constant(''),
        fc.string({ unit: 'binary' }).map((text) => `-${text}`),
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
      const read = readOrganizationIdentifier(text);
      if ('fault' in read) {
        assert.match(read.fault, /\.$/);
        return;
      }
      const { scheme, country, subdivision, reference } = read.identifier;
      const place = subdivision === '' ? country : `${country}+${subdivision}`;
      assert.equal(reference === '' ? scheme + place : `${scheme}${place}-${reference}`, text);
    }),
  );
});
