/** `orgvet rules`: what is in force, whether files are right, what they change, and whom it concerns. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RulePack, RulePolicy } from '@orgvet/contract';
import { SHIPPED_PACKS } from '@orgvet/server/offline';
import { optionsOf } from '../packages/server/test/databases.ts';
import { makeCheck, makePolicy } from '../packages/server/test/rules.ts';
import { done, orgvet, startRegistry } from './cli-harness.ts';

const { database, directory, beside } = await startRegistry();

const [TLS] = SHIPPED_PACKS;
assert.ok(TLS);

async function writeRules(name: string, content: unknown): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** The shipped rules for TLS with another limit for all, and no examples to say otherwise. */
function tlsWithLimit(days: number): RulePack {
  const types = TLS?.types.map((rules) => ({
    ...rules,
    checks: rules.checks.map(({ reuse, ...check }) => ({
      ...check,
      ...(reuse !== undefined && { reuse: [{ days, section: 'BR 4.2.1' }] }),
    })),
  }));
  assert.ok(TLS && types);
  return { ...TLS, version: '99', in_force_from: '2027-01-01', types, worked_examples: [] };
}

const CAP = { types: ['ov' as const], days: 200, reason: 'The house wants it fresh.' };
const POLICY: RulePolicy = makePolicy({
  caps: [CAP],
  extra_checks: [{ types: ['ov'], check: makeCheck({ id: 'house_check', section: 'House 1' }) }],
});

const policyFile = await writeRules('policy.json', POLICY);
const tighterFile = await writeRules('tighter.json', tlsWithLimit(300));
const looserFile = await writeRules('looser.json', tlsWithLimit(900));

async function json<Answer>(...args: readonly string[]): Promise<Answer> {
  return JSON.parse(done(await orgvet([...args, '--json'])));
}

interface Overview {
  readonly id: string;
  readonly type: string;
  readonly rules: string;
  readonly limits: readonly object[];
}

test('what is in force is shown: packs and policies, with the types that they decide', async () => {
  const table = done(await orgvet(['rules', 'show']));
  assert.match(table, /^pack +tls-br +2\.2\.6 +2026-03-31 +ov /m);
  assert.match(table, /^policy +certcentral +1 +ov ev cs/m);
  const csv = done(await orgvet(['rules', 'show', '--csv']));
  assert.match(csv, /^kind,id,version,in_force_from,types,authority,title\r\n/);
  const given = done(
    await orgvet(['rules', 'show', '--rules', policyFile, '--rules', tighterFile]),
  );
  assert.match(given, /^policy +test-policy +1 +ov /m);
  assert.ok(!given.includes('certcentral'));
  // A version that is not in force yet decides nothing.
  const early = ['rules', 'show', '--rules', tighterFile, '--at', '2026-12-31', '--csv'];
  assert.match(done(await orgvet(early)), /^pack,tls-br,99,2027-01-01,,/m);
});

test('a type, and a pack, are shown by their checks with sections and limits', async () => {
  const table = done(await orgvet(['rules', 'show', 'ov']));
  assert.match(table, /^ov +identity +BR 3\.2\.2\.1 +825 days, 397 days from 2026-02-24/m);
  const { checks } = await json<{ checks: Overview[] }>('rules', 'show', 'code-signing-br');
  assert.deepEqual([...new Set(checks.map(({ type }) => type))], ['cs', 'ev_cs']);
  const environment = { ORGVET_RULES: policyFile };
  const own = done(await orgvet(['rules', 'show', 'ov', '--csv'], { environment }));
  assert.match(own, /^ov,identity,BR 3\.2\.2\.1,200 days,/m);
  assert.match(own, /^ov,house_check,House 1,200 days,/m);
});

test('a check is shown with all that is known of it', async () => {
  const shown = done(await orgvet(['rules', 'show', 'ov', '--check', 'identity']));
  assert.match(shown, /^checks\[0\]\.rules +tls-br 2\.2\.6$/m);
  assert.match(shown, /^checks\[0\]\.never +own_database, applicant_statement/m);
  const args = ['rules', 'show', '--check', 'house_check', '--rules', policyFile];
  const { checks } = await json<{ checks: Overview[] }>(...args);
  assert.deepEqual(
    checks.map(({ type, rules, limits }) => ({ type, rules, limits })),
    [{ type: 'ov', rules: 'test-policy 1', limits: [{ days: 200 }] }],
  );
});

test('what there is not is said with what there is', async () => {
  for (const [args, words] of [
    [['show', 'tls'], /no pack or type tls in force\. There are ov, .*tls-br/],
    [['show', 'ov', '--check', 'nothing'], /no check nothing/],
    [['show', '--at', '15.3.2026'], /--at must be a day/],
    [['show', '--at', '2026-13-01'], /--at must be a day/],
    [['check'], /FILE is missing/],
    [['diff', 'tls-br', policyFile], /is a policy/],
    [['impact'], /files of rules, or --change/],
    [['impact', policyFile, '--change', '2026-02-24'], /one of both/],
    [['impact', '--change', '2026-01-01'], /Nothing changes .* 2026-02-24, 2026-03-15/],
  ] as [string[], RegExp][]) {
    const { code, stderr } = await orgvet(['rules', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, words);
  }
});

test('files that are right are told, whatever is wrong with others is told with its place', async () => {
  const right = await orgvet(['rules', 'check', policyFile, tighterFile]);
  assert.match(
    done(right),
    /policy test-policy 1\n.*pack tls-br 99, 9 checks, 0 worked examples\n$/s,
  );
  const noJson = await writeRules('no.json', '{');
  const torn = structuredClone(tlsWithLimit(100)) as { types: { checks: { reuse?: unknown }[] }[] };
  const [rules] = torn.types;
  assert.ok(rules?.checks[0]);
  rules.checks[0].reuse = [{ days: 'many', section: 'BR 4.2.1' }];
  const misfit = await writeRules('misfit.json', torn);
  const files = [policyFile, noJson, misfit, join(directory, 'absent.json')];
  const wrong = await orgvet(['rules', 'check', ...files]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stdout, /policy test-policy 1\n$/);
  assert.match(wrong.stderr, /no\.json: This is no JSON/);
  const place =
    /misfit\.json: types\[0\]\.checks\[0\]\.reuse\[0\]\.days \(BR 4\.2\.1\) must be integer/;
  assert.match(wrong.stderr, place);
  assert.match(wrong.stderr, /absent\.json: This cannot be read: ENOENT/);
});

test('rules that ask for less, and examples that come out otherwise, are no right files', async () => {
  const looser = await orgvet(['rules', 'check', looserFile]);
  assert.equal(looser.code, 1);
  assert.match(
    looser.stderr,
    /ov identity would ask for less than BR 4\.2\.1\. .*398 days .*900 days/,
  );
  const { worked_examples } = TLS;
  const examples = await writeRules('examples.json', { ...tlsWithLimit(100), worked_examples });
  const untrue = await orgvet(['rules', 'check', examples]);
  assert.equal(untrue.code, 1);
  assert.match(untrue.stderr, /worked_examples\[0\]\.usable_until \(BR 3\.2\.2\.1\) says/);
});

test('a server does not start with such rules, and touches no database', async () => {
  const data = join(directory, 'never');
  const args = ['serve', '--port', '0', '--data', data, '--rules', looserFile];
  const { code, stderr } = await orgvet(args);
  assert.equal(code, 2);
  assert.match(stderr, /looser\.json: ov identity would ask for less than BR 4\.2\.1/);
  const accounts = await orgvet(['accounts', '--data', data]);
  assert.match(accounts.stderr, /There is no registry/);
});

test('differences are told with their effect, of shipped packs and of files', async () => {
  const same = await orgvet(['rules', 'diff', 'tls-br', 'tls-br@2.2.6', '--csv']);
  assert.equal(done(same), 'type,check,effect,about,section,change\r\n');
  assert.equal(same.stderr, '0 tighter, 0 looser, 0 other.\n');
  const tighter = await orgvet(['rules', 'diff', 'tls-br@2.2.6', tighterFile]);
  const row =
    /^ov +identity +tighter +reuse +BR 4\.2\.1 +The limit was 825 days and is 300 days\.$/m;
  assert.match(done(tighter), row);
  assert.match(tighter.stderr, /^\d+ tighter, 0 looser, 0 other\.\n$/);
  assert.match(
    (await orgvet(['rules', 'diff', tighterFile, 'tls-br'])).stderr,
    /^0 tighter, 12 looser/,
  );
});

const everything = await writeRules(
  'everything.json',
  makePolicy({
    caps: [{ types: ['ov', 'ev', 'cs', 'ev_cs', 'ds', 'smime'], days: 1, reason: 'A test.' }],
  }),
);

interface Impact {
  readonly validations: readonly { readonly ends_without: string; readonly ends_with: string }[];
  readonly serving: number;
  readonly sooner: number;
}

/** A moment at which validations of the demo serve. */
const WHEN = ['--at', '2026-11-21T12:00:00Z'];
const DATABASE = optionsOf(database);

test('whom files would concern is told in every format, alike', async () => {
  const args = ['rules', 'impact', everything, ...WHEN, ...DATABASE];
  const { validations, serving, sooner } = await json<Impact>(...args);
  assert.ok(sooner > 0 && serving >= sooner);
  assert.equal(validations.length, sooner);
  assert.ok(validations.every(({ ends_without, ends_with }) => ends_with < ends_without));
  const csv = await orgvet([...args, '--csv']);
  const [head, ...rows] = done(csv).trimEnd().split('\r\n');
  assert.equal(head, 'account,organization,name,type,ends_without_it,ends_with_it,by');
  assert.equal(rows.length, sooner);
  assert.match(csv.stderr, new RegExp(`^${sooner} of ${serving} .* sooner, the first at 20`));
  const table = done(await orgvet(args))
    .trimEnd()
    .split('\n');
  assert.equal(table.length, sooner + 1);
});

test('rules that are in force already end nothing sooner', async () => {
  const args = ['rules', 'impact', everything, ...WHEN, ...DATABASE];
  for (const { sooner } of [
    await json<Impact>(...args, '--rules', everything),
    JSON.parse(
      done(await orgvet([...args, '--json'], { environment: { ORGVET_RULES: everything } })),
    ),
  ]) {
    assert.equal(sooner, 0);
  }
});

test('a change of the rules in force is compared with the rules without it, for one account or all', async () => {
  const args = ['rules', 'impact', '--change', '2026-02-24', ...WHEN, ...DATABASE];
  const all = await json<Impact>(...args);
  const one = await json<Impact>(...args, '--account', '1');
  assert.ok(all.serving > one.serving && one.serving > 0);
  const unknown = await orgvet([...args, '--account', '77']);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /no account 77/);
});

test('an operator beside the server sees what the rules that they name make of it', async () => {
  const untilOf = async (...more: string[]) => {
    const list = done(await beside(['org', 'list', '--validations', '--json', ...more]));
    const { organizations } = JSON.parse(list) as {
      organizations: { validations?: { validated_until?: string }[] }[];
    };
    return organizations.flatMap(({ validations = [] }) =>
      validations.flatMap(({ validated_until }) => validated_until ?? []),
    );
  };
  const shipped = await untilOf();
  const own = await untilOf('--rules', everything);
  assert.ok(shipped.length > 0 && shipped.length === own.length);
  assert.ok(shipped.every((until, index) => (own[index] ?? '') <= until));
  assert.ok(shipped.some((until, index) => (own[index] ?? '') < until));
});
