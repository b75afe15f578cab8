// Proves that E.164 is told where it can be, and that no telephone number is ever refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findE164 } from './telephone.ts';

test('a number without a country is one of the country given', () => {
  assert.equal(findE164('801-701-9600', 'US'), '+18017019600');
  assert.equal(findE164('020 7946 0101', 'GB'), '+442079460101');
  assert.equal(findE164('(030) 90 18 20', 'DE'), '+4930901820');
});

test('a number with a country is one of that country, wherever the organization is', () => {
  assert.equal(findE164('+49 30 901820', 'US'), '+4930901820');
  assert.equal(findE164('0011 49 30 901820', 'AU'), '+4930901820');
});

test('the extension is no part of it', () => {
  assert.equal(findE164('801-701-9600 ext 12', 'US'), '+18017019600');
});

test("numbers that nobody has have no E.164 form, the documents' own among them", () => {
  for (const telephone of ['1234567890', '666-186-6450', '555-555-0100', '911', '12', '']) {
    assert.equal(findE164(telephone, 'US'), '', telephone);
  }
});

test('a number in the middle of other text is not taken', () => {
  assert.equal(findE164('call 801-701-9600 now', 'US'), '');
});

test('a number that is longer than E.164 allows has no E.164 form', () => {
  assert.equal(findE164('+49 2123 456789', 'DE'), '+492123456789');
  assert.equal(findE164('+49 2123 45678901234', 'DE'), '');
});

test('where libphonenumber knows nothing of the country, a number has to name its own', () => {
  assert.equal(findE164('8017019600', 'AQ'), '');
  assert.equal(findE164('+1 801 701 9600', 'AQ'), '+18017019600');
});

test('whatever the text and the country, there is an E.164 form or nothing', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789+-() '), maxLength: 32 });
  const texts = fc.oneof(digits, fc.string({ unit: 'grapheme', maxLength: 32 }));
  const countries = fc.oneof(fc.constantFrom('US', 'DE', 'JP', 'IT', 'AQ'), fc.string());
  fc.assert(
    fc.property(texts, countries, (telephone, country) => {
      assert.match(findE164(telephone, country), /^(\+[1-9]\d{1,14})?$/);
    }),
  );
});

test('an E.164 form has itself as its E.164 form, whatever the country', () => {
  const numbers = fc.constantFrom('+18017019600', '+442079460101', '+4930901820', '+81312345678');
  fc.assert(
    fc.property(numbers, fc.constantFrom('US', 'DE', 'JP', 'AQ'), (number, country) => {
      assert.equal(findE164(number, country), number);
    }),
  );
});
