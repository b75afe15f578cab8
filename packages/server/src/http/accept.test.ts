// Proves when a request gets CSV: where its Accept header names text/csv and likes nothing better.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prefersCsv } from './accept.ts';

function assertCsv(accept: string): void {
  assert.equal(prefersCsv(accept), true, accept);
}

function assertJson(accept: string | undefined): void {
  assert.equal(prefersCsv(accept), false, accept);
}

test('JSON is what a request gets without an Accept header or with an empty one', () => {
  assertJson(undefined);
  assertJson('');
});

test('a request that names only CSV gets it', () => {
  assertCsv('text/csv');
  assertCsv('text/csv; charset=utf-8');
  assertCsv('text/csv;header=present;q=0.1');
});

test('wildcards never mean CSV', () => {
  assertJson('*/*');
  assertJson('text/*');
  assertJson('application/json, */*');
  assertJson('text/html, application/xhtml+xml, */*;q=0.8');
});

test('media types and q are the same in any case and with any spaces', () => {
  assertCsv('TEXT/CSV');
  assertCsv(' Text/Csv ; Q=0.5 ');
  assertJson('TEXT/CSV;Q=0.5,APPLICATION/JSON');
});

test('a media type that only looks like CSV is another one', () => {
  assertJson('text/csv-schema');
  assertJson('text/csvx');
  assertJson('x-text/csv');
  assertJson('application/json;note=text/csv');
});

test('the higher q wins, whichever stands first', () => {
  assertCsv('text/csv;q=0.9, application/json;q=0.8');
  assertCsv('application/json;q=0.8, text/csv;q=0.9');
  assertJson('text/csv;q=0.8, application/json;q=0.9');
  assertJson('application/json, text/csv;q=0.9');
  assertCsv('application/json;q=0.999, text/csv');
});

test('CSV is taken where it is named as much as JSON', () => {
  assertCsv('text/csv, application/json');
  assertCsv('application/json, text/csv');
  assertCsv('application/json;q=0.5, text/csv;q=0.5');
});

test('CSV with q=0 is not acceptable, and neither is one whose q is no number', () => {
  assertJson('text/csv;q=0');
  assertJson('text/csv;q=0.000');
  assertJson('text/csv;q=high');
  assertJson('text/csv;q=');
  assertCsv('application/json;q=high, text/csv;q=0.1');
});

test('CSV before a wildcard that is liked less gets CSV', () => {
  assertCsv('text/csv, */*;q=0.1');
  assertCsv('text/csv;q=0.5, */*;q=0.4');
});

test('a wildcard that is liked more than CSV stands for JSON', () => {
  assertJson('text/csv;q=0.5, */*');
  assertJson('application/*, text/csv;q=0.5');
  assertJson('text/csv;q=0.1, */*;q=0.2');
});

test('the most exact range that means JSON says how much it is liked', () => {
  assertCsv('text/csv;q=0.5, application/json;q=0.1, */*');
  assertCsv('*/*, application/*;q=0.4, text/csv;q=0.5');
  assertJson('*/*;q=0.1, application/*;q=0.6, text/csv;q=0.5');
});

test('the order of media types changes nothing', () => {
  const range = fc
    .tuple(
      fc.constantFrom('text/csv', 'application/json', 'text/html', 'image/png'),
      fc.constantFrom('', ';q=0', ';q=0.3', ';q=0.7', ';q=1'),
    )
    .map((parts) => parts.join(''));
  const ranges = fc.uniqueArray(range, { selector: (one) => one.split(';')[0] });
  fc.assert(
    fc.property(ranges, (accept) => {
      assert.equal(prefersCsv(accept.join(', ')), prefersCsv([...accept].reverse().join(',')));
    }),
  );
});

test('no header makes it throw, and without the word CSV every header gets JSON', () => {
  const header = fc
    .array(
      fc.constantFrom(',', ';', 'q', '=', ' ', '0.5', '*/*', 'text/', 'csv', 'application/json'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(header, (accept) => {
      const isCsv = prefersCsv(accept);
      assert.ok(!isCsv || accept.includes('text/csv'));
    }),
    { numRuns: 500 },
  );
});
