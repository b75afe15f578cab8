/** The rules over HTTP: what is in force, by the account's clock, and one pack with its checks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DescribedRulePack, RulesList } from '@orgvet/contract';
import { createOperatorRulebook } from '../src/domain/rules/operator-rules.ts';
import { SHIPPED_PACKS, SHIPPED_POLICIES } from '../src/domain/rules/shipped.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { getRulePack, listRules } from '../src/operations/rules.ts';
import { startServer } from './harness.ts';
import { makePolicy } from './rules.ts';
import { appointReviewer } from './vetting.ts';

const server = await startServer();

async function read<Body>(path: string, key = server.administrator): Promise<Body> {
  const answer = await server.send('GET', `/vetting/v1/rules${path}`, { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

test('every pack is listed with the types that it decides, and every policy with what it asks', async () => {
  const { packs, policies, change_days } = await read<RulesList>('');
  assert.deepEqual(
    packs.map(({ id, version, types }) => [id, version, types]),
    SHIPPED_PACKS.map((pack) => [pack.id, pack.version, pack.types.map(({ type }) => type)]),
  );
  assert.deepEqual(
    policies.map(({ id, caps }) => [id, caps]),
    SHIPPED_POLICIES.map(({ id, caps }) => [id, caps]),
  );
  assert.ok(policies.every((policy) => policy.types.length > 0 && !('$schema' in policy)));
  assert.deepEqual(change_days, ['2026-02-24', '2026-03-15']);
});

test('a pack is shown with its checks, for whoever validates too', async () => {
  const { key } = await appointReviewer(server);
  const { id, rules } = await read<DescribedRulePack>('/code-signing-br', key);
  assert.equal(id, 'code-signing-br');
  assert.deepEqual(
    rules.map(({ type }) => type),
    ['cs', 'ev_cs'],
  );
  const { rules: ofTls } = await read<DescribedRulePack>('/tls-br?version=2.2.6');
  const identity = ofTls[0]?.checks.find((check) => check.id === 'identity');
  assert.equal(identity?.section, 'BR 3.2.2.1');
  assert.deepEqual(identity?.limits, [{ days: 825 }, { issued_from: '2026-02-24', days: 397 }]);
  assert.ok(identity?.accepts.some(({ kinds }) => kinds.includes('qgis')));
  assert.ok(identity?.never.includes('own_database'));
});

test('what there is not is not found, and what cannot be asked is refused', async () => {
  const codes = async (path: string) =>
    (await server.send('GET', `/vetting/v1/rules${path}`)).codes();
  assert.deepEqual(await codes('/no-such-pack'), ['not_found|rule_pack']);
  assert.deepEqual(await codes('/tls-br?version=1'), ['not_found|rule_pack']);
  assert.deepEqual(await codes('/certcentral'), ['not_found|rule_pack']);
  assert.deepEqual(await codes('/tls-br?type=ov'), ['unknown_parameter|type']);
});

test('what decides is told by the clock of the account', async () => {
  const [tls] = SHIPPED_PACKS;
  assert.ok(tls);
  const later = { ...tls, version: '99', in_force_from: '2027-01-01', worked_examples: [] };
  const rules = createOperatorRulebook({
    packs: [{ file: 'later.json', content: later }],
    policies: [{ file: 'policy.json', content: makePolicy() }],
  });
  const at = async (day: string) => {
    const clock = { now_ms: () => Date.parse(day) };
    const context = { ...operatorContext(server.app.environment, 1), rules, clock };
    const { packs, policies } = await listRules(context);
    const deciding = packs.filter(({ id, types }) => id === tls.id && types.length > 0);
    assert.deepEqual(
      policies.map(({ id }) => id),
      ['test-policy'],
    );
    const { version } = await getRulePack(context, { params: { pack_id: tls.id }, query: {} });
    return [deciding.map((pack) => pack.version), version];
  };
  assert.deepEqual(await at('2026-12-31'), [[tls.version], tls.version]);
  assert.deepEqual(await at('2027-01-01'), [['99'], '99']);
});
