/** Which kinds of evidence are enough for a check. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVIDENCE_KIND_NAMES, type EvidenceKind, type RuleCheck } from '@orgvet/contract';
import fc from 'fast-check';
import { makeCheck } from '../../../test/rules.ts';
import { isEnough, listAccepted, listRefused } from './evidence-check.ts';

const CHECK = makeCheck({
  evidence: {
    any_of: [
      { all_of: ['qgis'] },
      { all_of: ['photo_id', 'personal_statement'] },
      { all_of: ['qiis'], applies_when: [{ fact: 'has_lei', is: [true] }] },
    ],
    never: ['own_database'],
  },
});
const WITHOUT: Pick<RuleCheck, 'evidence'> = {};

test('each way is enough by itself, and part of one is not', () => {
  assert.ok(isEnough(CHECK, ['qgis'], {}));
  assert.ok(isEnough(CHECK, ['personal_statement', 'photo_id'], {}));
  assert.ok(!isEnough(CHECK, ['photo_id', 'site_visit'], {}));
  assert.ok(!isEnough(CHECK, [], {}));
});

test('a way with a condition is open once that is known to hold', () => {
  for (const [has_lei, isOpen] of [
    [true, true],
    [false, false],
    [undefined, false],
  ] as const) {
    const answers = has_lei === undefined ? {} : { has_lei };
    assert.equal(isEnough(CHECK, ['qiis'], answers), isOpen);
    assert.equal(listAccepted(CHECK, answers).length, isOpen ? 3 : 2);
  }
});

test('a check without evidence asks for none and rules none out', () => {
  assert.ok(isEnough(WITHOUT, [], {}));
  assert.deepEqual([listAccepted(WITHOUT, {}), listRefused(WITHOUT, ['own_database'])], [[], []]);
});

test('more evidence never makes less of it, unless it is ruled out; then nothing is enough', () => {
  const kinds = fc.array(fc.constantFrom<EvidenceKind>(...EVIDENCE_KIND_NAMES), { maxLength: 6 });
  fc.assert(
    fc.property(kinds, kinds, (some, more) => {
      const isRefused = listRefused(CHECK, more).length > 0;
      assert.equal(isRefused, more.includes('own_database'));
      if (isRefused) {
        assert.ok(!isEnough(CHECK, ['qgis', ...more], {}));
      } else if (isEnough(CHECK, some, {})) {
        assert.ok(isEnough(CHECK, [...more, ...some], {}));
      }
    }),
  );
});
