// Proves what counts as a country, an email address, a language, a moment and a day.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES } from '@orgvet/contract';
import fc from 'fast-check';
import { FORMATS } from './formats.ts';
import { formatTime } from './time.ts';

function isOfFormat(format: string, value: string): boolean {
  const check = FORMATS[format];
  assert.ok(check, format);
  return check(value);
}

test('a language is named by its id, or by its locale code however that is written', () => {
  for (const { id, locale } of LANGUAGES) {
    for (const value of [String(id), locale, locale.toUpperCase(), locale.replace('_', '-')]) {
      assert.ok(isOfFormat('language', value), value);
    }
  }
  for (const value of ['0', '01', '13', '1.0', '-1', 'e', 'english', 'en_US', 'zh', '__proto__']) {
    assert.ok(!isOfFormat('language', value), value);
  }
});

test('a moment has a day, a time and a zone', () => {
  for (const value of [
    '2018-10-09T19:29:02+00:00',
    '2018-10-09T19:29:02Z',
    '2018-10-09T19:29:02.123Z',
    '2024-02-29T00:00:00-11:30',
  ]) {
    assert.ok(isOfFormat('date-time', value), value);
  }
  for (const value of [
    '2018-10-09',
    '2018-10-09T19:29:02',
    '2018-10-09T19:29Z',
    '2018-10-09 19:29:02Z',
    '2018-10-09T19:29:02+0000',
    '2018-10-09T19:29:02.1234Z',
    '2018-10-09t19:29:02z',
    'Tue, 09 Oct 2018 19:29:02 GMT',
    ' 2018-10-09T19:29:02Z',
  ]) {
    assert.ok(!isOfFormat('date-time', value), value);
  }
});

test('a day or a time that there is not is no moment', () => {
  for (const value of [
    '2018-02-29T00:00:00Z',
    '2018-04-31T00:00:00Z',
    '2018-13-01T00:00:00Z',
    '2018-00-01T00:00:00Z',
    '2018-10-09T24:00:00Z',
    '2018-10-09T19:60:00Z',
    '2018-10-09T19:29:60Z',
    '2018-10-09T19:29:02+24:00',
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
  ]) {
    assert.ok(!isOfFormat('date-time', value), value);
  }
});

test('a day is one of the calendar, without a time', () => {
  for (const value of ['2018-10-09', '2024-02-29', '1900-01-01', '0001-12-31']) {
    assert.ok(isOfFormat('date', value), value);
  }
  for (const value of [
    '2023-02-29',
    '2018-04-31',
    '2018-13-01',
    '2018-00-10',
    '2018-1-9',
    '20181009',
    '09.10.2018',
    '2018-10',
    '2018-10-09T00:00:00Z',
    '2018-10-09 ',
    '+002018-10-09',
  ]) {
    assert.ok(!isOfFormat('date', value), value);
  }
});

test('every day that there was can be sent', () => {
  const days = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (day) => {
      assert.ok(isOfFormat('date', day.toISOString().slice(0, 10)));
    }),
  );
});

test('every moment that the wire answers can be sent', () => {
  const moments = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, (moment) => {
      assert.ok(isOfFormat('date-time', formatTime(moment.getTime())));
    }),
  );
});
