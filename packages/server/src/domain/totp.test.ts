// Proves codes of authenticator apps by the published vectors, and when one is taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  findTotpStep,
  NO_STEP,
  readTotpCode,
  toBase32,
  totpCodeAt,
  totpStepAt,
  totpUriOf,
} from './totp.ts';

/** The key of RFC 6238, appendix B. */
const SECRET = Buffer.from('12345678901234567890');
const STEP_MS = 30_000;

test('codes are those of RFC 6238, appendix B, at all its moments', () => {
  // Of the eight digits there the last six: fewer digits are the rest of a division.
  const vectors = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const;
  for (const [now_s, code] of vectors) {
    assert.equal(totpCodeAt(SECRET, totpStepAt(now_s * 1000)), code.slice(2));
  }
});

test('codes of the first steps are those of RFC 4226, appendix D', () => {
  const codes = Array.from({ length: 10 }, (_, step) => totpCodeAt(SECRET, step));
  assert.deepEqual(codes, [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]);
});

const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const distance = fc.integer({ min: -3, max: 3 });

test('a code is taken at its step and one before and after, unless a later one was taken', () => {
  fc.assert(
    fc.property(moment, distance, fc.integer({ min: -5, max: 5 }), (now_ms, away, last_away) => {
      const present = totpStepAt(now_ms);
      const [step, last_step] = [present + away, present + last_away];
      fc.pre(step >= 0);
      // Codes of neighbours that are the same by chance say nothing.
      const around = [-1, 0, 1].map((more) => present + more).filter((one) => one >= 0);
      const codes = around.map((one) => totpCodeAt(SECRET, one));
      const code = totpCodeAt(SECRET, step);
      fc.pre(
        around.includes(step)
          ? codes.filter((one) => one === code).length === 1
          : !codes.includes(code),
      );
      const isTaken = Math.abs(away) <= 1 && step > last_step;
      assert.equal(findTotpStep(SECRET, code, now_ms, last_step), isTaken ? step : undefined);
    }),
  );
});

test('a code that was taken is not taken again, at whatever later moment', () => {
  fc.assert(
    fc.property(moment, fc.nat(10 * STEP_MS), (now_ms, later_ms) => {
      const code = totpCodeAt(SECRET, totpStepAt(now_ms));
      const step = findTotpStep(SECRET, code, now_ms, NO_STEP) ?? Number.NaN;
      const again = findTotpStep(SECRET, code, now_ms + later_ms, step);
      assert.ok(again === undefined || totpCodeAt(SECRET, again) === code);
      assert.notEqual(again, step);
    }),
  );
});

test('what is no code of any length is taken for none', () => {
  for (const code of ['', '28708', '2870820', '２８７０８２', '28708a']) {
    assert.equal(findTotpStep(SECRET, code, 59_000, NO_STEP), undefined);
  }
});

test('a code is read with the blanks that apps show, and nothing else is one', () => {
  assert.deepEqual(['287 082', ' 287082\u00a0'].map(readTotpCode), ['287082', '287082']);
  for (const text of ['28708', '2870820', '28708x', '-87082', '２８７０８２', '']) {
    assert.equal(readTotpCode(text), undefined, text);
  }
});

test('keys are told in the base32 of RFC 4648, without padding', () => {
  // Section 10 has these with padding.
  const vectors = { '': '', f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB' };
  for (const [plain, encoded] of Object.entries(vectors)) {
    assert.equal(toBase32(Buffer.from(plain)), encoded);
  }
  assert.equal(toBase32(Buffer.from('foobar')), 'MZXW6YTBOI');
});

test('apps are told whose key it is, whatever the name is made of', () => {
  assert.equal(
    totpUriOf(SECRET, 'jane+doe@example.com'),
    'otpauth://totp/Orgvet:jane%2Bdoe%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Orgvet',
  );
});
