/** Rules are compared by what is given, or by a day: one of both. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePolicy } from '../../test/rules.ts';
import { checkRulesImpactRequest } from './rules-impact-request.ts';

const codesOf = (body: unknown) => checkRulesImpactRequest(body).problems.map(({ code }) => code);

test('rules are handed on as they were sent, and so is a day', () => {
  const rules = makePolicy();
  assert.deepEqual(checkRulesImpactRequest({ rules }), { problems: [], request: { rules } });
  const change = '2026-03-15';
  assert.deepEqual(checkRulesImpactRequest({ change }), { problems: [], request: { change } });
});

test('neither is a problem, and so are both', () => {
  assert.deepEqual(codesOf({}), ['missing_rules']);
  assert.deepEqual(codesOf({ rules: {}, change: '2026-03-15' }), ['invalid_change']);
});

test('one fault is one problem', () => {
  assert.deepEqual(codesOf({ change: '15.3.2026' }), ['invalid_change']);
  assert.deepEqual(codesOf({ change: '2026-02-30' }), ['invalid_change']);
  assert.deepEqual(codesOf({ rules: 'a text' }), ['invalid_rules']);
  assert.deepEqual(codesOf([]), ['bad_request_format']);
});
