/** The rulebook: which rules decide on a day, what it refuses to put together, and how it is told apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCheck, makePack, makePackOf, makePolicy, makeType } from '../../../test/rules.ts';
import {
  createRulebook,
  describeRules,
  findEndOfUse,
  getEdition,
  listChecks,
  RulesRefused,
} from './rulebook.ts';

const at = (time: string) => Date.parse(time);

const FIRST = makePack();
const SECOND = makePackOf(
  { id: 'address' },
  { version: '2', in_force_from: '2026-03-15', published_on: '2026-01-01' },
);

const POLICY = makePolicy({
  caps: [{ types: ['ov'], days: 50, reason: 'A test.' }],
  extra_checks: [{ types: ['ov'], check: makeCheck({ id: 'extra' }) }],
});

function problemsOf(create: () => unknown): string {
  try {
    create();
  } catch (error) {
    assert.ok(error instanceof RulesRefused);
    assert.equal(error.message, error.problems.join('\n'));
    return error.message;
  }
  return '';
}

test('a version decides from the first second of its day, the first one also before its own', () => {
  const rulebook = createRulebook([SECOND, FIRST]);
  const versionAt = (time: string) => getEdition(rulebook, 'ov', at(time)).pack.version;
  assert.equal(versionAt('2000-01-01'), '1');
  assert.equal(versionAt('2026-03-14T23:59:59Z'), '1');
  assert.equal(versionAt('2026-03-15T00:00:00Z'), '2');
});

test('checks are those of the version that decides, with what policies add', () => {
  const rulebook = createRulebook([FIRST, SECOND], [POLICY]);
  const idsAt = (time: string) => listChecks(rulebook, 'ov', at(time)).map(({ id }) => id);
  assert.deepEqual(idsAt('2026-03-14'), ['identity', 'extra']);
  assert.deepEqual(idsAt('2026-03-15'), ['address', 'extra']);
});

test('a type that no pack has is told by name', () => {
  assert.throws(() => getEdition(createRulebook([FIRST]), 'smime', 0), /smime/);
});

test('two packs for one type, and two versions from one day, are refused', () => {
  const other = makePack({ id: 'other-text' });
  assert.match(
    problemsOf(() => createRulebook([FIRST, other])),
    /Several .* ov: test-text, other/,
  );
  const sameDay = makePack({ version: '2' });
  assert.match(
    problemsOf(() => createRulebook([FIRST, sameDay])),
    /Two versions .* 2020-01-01/,
  );
});

test('everything that is wrong is told at once', () => {
  const policy = makePolicy({
    caps: [{ types: ['ov'], days: 900, reason: 'A test.' }],
    second_person: [{ types: ['ov'], checks: ['nothing'] }],
  });
  const told = problemsOf(() => createRulebook([FIRST, makePack({ id: 'other-text' })], [policy]));
  assert.match(told, /Several packs/);
  assert.match(told, /900 days/);
  assert.match(told, /no check nothing/);
});

test('what the rules are is told with versions, and told apart by a digest', () => {
  const rulebook = createRulebook([FIRST, SECOND], [POLICY]);
  assert.equal(describeRules(rulebook, 'ov', at('2026-01-01')), 'test-text 1, test-policy 1');
  assert.equal(describeRules(rulebook, 'ov', at('2027-01-01')), 'test-text 2, test-policy 1');
  assert.equal(createRulebook([FIRST, SECOND], [POLICY]).digest, rulebook.digest);
  const digests = [createRulebook([FIRST]), createRulebook([FIRST], [POLICY]), rulebook];
  assert.equal(new Set(digests.map(({ digest }) => digest)).size, 3);
});

test('a cap that names no checks is for extra checks too', () => {
  const rulebook = createRulebook([FIRST], [POLICY]);
  const since_ms = at('2026-01-01');
  for (const check_id of ['identity', 'extra']) {
    assert.equal(findEndOfUse(rulebook, 'ov', check_id, { since_ms }), at('2026-02-20'));
  }
});

test('a contract sets the term, until a cap that is sooner', () => {
  const contract_until_ms = at('2030-01-01');
  const use = { since_ms: at('2026-01-01'), contract_until_ms };
  assert.equal(findEndOfUse(createRulebook([FIRST]), 'ov', 'identity', use), contract_until_ms);
  const capped = createRulebook([FIRST], [POLICY]);
  assert.equal(findEndOfUse(capped, 'ov', 'identity', use), at('2026-02-20'));
  const short = { ...use, contract_until_ms: at('2026-01-10') };
  assert.equal(findEndOfUse(capped, 'ov', 'identity', short), at('2026-01-10'));
});

test('what does not age, and what no version knows, has no end', () => {
  const { reuse: _, ...ageless } = makeCheck();
  const rulebook = createRulebook([makePack({ types: [makeType({ checks: [ageless] })] })]);
  assert.equal(findEndOfUse(rulebook, 'ov', 'identity', { since_ms: 0 }), undefined);
  assert.equal(findEndOfUse(rulebook, 'ov', 'unheard_of', { since_ms: 0 }), undefined);
});
