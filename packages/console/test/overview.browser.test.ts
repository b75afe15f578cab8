/**
 * Where people look after the registry: what expires when and what other rules would do to it, the rules,
 * the audit log and its proof, and the system.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type {
  AuditLogPage,
  AuditLogVerification,
  DescribedRulePack,
  ExpiryOverview,
  RulesImpact,
  RulesList,
  SystemStatus,
} from '@orgvet/contract';
import { runSql } from '../../server/test/people.ts';
import { assertAccessible, startConsole } from './console.ts';

const { server, open } = await startConsole();
const page = await open('/expiring');

async function read<Body>(path: string, body?: object): Promise<Body> {
  const answer = await server.send(body === undefined ? 'GET' : 'POST', `/vetting/v1${path}`, {
    ...(body !== undefined && { body }),
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

const sumOf = (counts: object) => Object.values(counts).reduce((sum, count) => sum + count, 0);

test('each month that something ends in is a bar, and leads to what ends', async () => {
  const { months } = await read<ExpiryOverview>('/expiry');
  const busy = months.filter(({ counts }) => sumOf(counts) > 0);
  const bars = page.getByRole('link', { name: /Show the organizations$/ });
  await bars.first().waitFor();
  assert.equal(await bars.count(), busy.length);
  const totals = await bars.evaluateAll((links) =>
    links.map((link) => Number(/: (\d+) /.exec(link.getAttribute('aria-label') ?? '')?.[1])),
  );
  assert.deepEqual(
    totals,
    busy.map(({ counts }) => sumOf(counts)),
  );
  await page.getByText('The same figures as a table').click();
  const figures = page.getByRole('table', { name: 'Figures by month and type' });
  assert.equal(await figures.getByRole('row').count(), months.length + 1);
  await bars.first().click();
  await page.waitForURL(/\/organizations\?ends_before=\d{4}-\d{2}-01$/);
  await page.goBack();
});

test('a change that is known shows what ends sooner by it, and stands in the address', async () => {
  const { change_days } = await read<RulesList>('/rules');
  const [change = assert.fail()] = change_days;
  const { serving, sooner, validations } = await read<RulesImpact>('/rules/impact', { change });
  await page.getByRole('combobox', { name: 'Rule change' }).selectOption(change);
  await page.getByText(`${sooner} of ${serving} validations that serve now end sooner.`).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('change'), change);
  const [first = assert.fail()] = validations;
  const table = page.getByRole('table', { name: 'Validations that end sooner' });
  assert.equal(await table.getByRole('row').count(), validations.length + 1);
  await table.getByRole('rowheader', { name: first.organization_name }).first().waitFor();
});

test('rules of somebody’s own are compared by keyboard alone, and refused at their field', async () => {
  await page.getByRole('combobox', { name: 'Rule change' }).focus();
  await page.keyboard.press('End');
  const rules = page.getByLabel('Rule pack or policy, as JSON');
  await rules.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('{');
  const compare = async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  };
  await compare();
  await page.getByText('This is not JSON:').waitFor();
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('"id": "ours" }');
  await compare();
  await page.locator('textarea:focus[aria-invalid="true"]').waitFor();
  const policy = {
    ...{ id: 'ours', version: '1', title: 'Ours' },
    caps: [{ types: ['cs'], days: 30, reason: 'We trust for a month.' }],
    ...{ extra_checks: [], second_person: [], refused_evidence: [] },
  };
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(JSON.stringify(policy));
  await compare();
  const { serving, sooner } = await read<RulesImpact>('/rules/impact', { rules: policy });
  assert.ok(sooner > 0);
  await page.getByText(`${sooner} of ${serving} validations that serve now end sooner.`).waitFor();
  assert.equal(await rules.getAttribute('aria-invalid'), null);
  await assertAccessible(page);
});

test('a pack is found in the list, and a check by its address', async () => {
  const { packs, policies } = await read<RulesList>('/rules');
  await page.goto(`${server.origin}/rules`);
  const table = page.getByRole('table', { name: 'Rule packs of this server' });
  await table.waitFor();
  assert.equal(await table.getByRole('row').count(), packs.length + 1);
  for (const { title } of policies) {
    await page.getByRole('region', { name: title }).waitFor();
  }
  await assertAccessible(page);
  await page.getByRole('link', { name: /^Code Signing/ }).click();
  const { rules } = await read<DescribedRulePack>('/rules/code-signing-br');
  const [first, second = assert.fail()] = rules;
  const inSecond = second.checks.find(({ id }) => first?.checks.every((one) => one.id !== id));
  assert.ok(inSecond, 'No check is of the second type only.');
  await page.goto(`${server.origin}/rules/code-signing-br#${inSecond.id}`);
  const check = page.getByRole('region', { name: inSecond.title, exact: true });
  await check.getByText(inSecond.statement).waitFor();
  await check.getByRole('heading').and(page.locator(':focus')).waitFor();
  assert.equal(await page.locator('[data-is-chosen]').getAttribute('id'), inSecond.id);
  assert.equal(await page.locator('section.panel h3').count(), second.checks.length);
  await page.goto(`${server.origin}/rules/ds-policy`);
  await page.getByRole('heading', { name: 'Checks' }).waitFor();
  await assertAccessible(page);
});

test('the log is filtered, goes back page by page, and shows what changed', async () => {
  await page.goto(`${server.origin}/audit-log`);
  const rows = page.getByRole('table').getByRole('row');
  await page.getByRole('link', { name: 'Older' }).click();
  await page.waitForURL(/before=\d+/);
  await page.getByText('shown from before entry').waitFor();
  await page.getByLabel('Action').selectOption('Organization created');
  await page.waitForURL((url) => url.search === '?action=organization_created');
  await page.getByLabel('Object ID').fill('200062');
  await page.waitForURL(/object_id=200062/);
  await rows.nth(2).waitFor({ state: 'detached' });
  const { entries } = await read<AuditLogPage>(
    '/audit-log/entries?filters[action]=organization_created&filters[object_id]=200062',
  );
  const [{ hash } = assert.fail(), ...others] = entries;
  assert.equal(others.length, 0);
  await page.getByRole('table').locator('summary').click();
  await page.getByText(hash).waitFor();
  await page.getByText('"name": ').waitFor();
  await assertAccessible(page);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await rows.nth(2).waitFor();
});

test('the log as a file has every entry, and a last line', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as JSON Lines' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  const { total } = await read<AuditLogVerification>('/audit-log/verification');
  assert.equal(lines.length, total + 1);
});

test('the log is verified stretch by stretch, and what was changed in it is found', async () => {
  let stretches = 0;
  await page.route('**/audit-log/verification?*', (route) => {
    stretches += 1;
    return route.continue({
      url: route
        .request()
        .url()
        .replace(/limit=\d+/, 'limit=10'),
    });
  });
  await page.getByRole('button', { name: 'Verify the log' }).click();
  const { total, head } = await read<AuditLogVerification>('/audit-log/verification');
  await page.getByText(`All ${total} entries are intact.`).waitFor();
  assert.equal(stretches, Math.ceil(total / 10));
  await page.getByRole('button', { name: 'Copy hash' }).click();
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), head);
  const place = 'where account_id = 1 and sequence =';
  await runSql(server, `update events set actor_user_id = 13 ${place} 25`);
  await page.getByRole('button', { name: 'Verify once more' }).click();
  await page.getByText('Entry 25 does not fit.').waitFor();
  await page.getByText(/^24 entries before it are intact/).waitFor();
});

test('the system page says what runs and what waits', async () => {
  const { database, version, rules } = await read<SystemStatus>('/system');
  await page.goto(`${server.origin}/system`);
  const facts = page.getByRole('region', { name: 'Database' });
  await facts.getByText('None that Orgvet knows of', { exact: true }).waitFor();
  await facts.getByText(database.version, { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Server' }).getByText(version, { exact: true }).waitFor();
  await page
    .getByRole('region', { name: 'Readiness' })
    .getByText('Ready', { exact: true })
    .waitFor();
  assert.equal(await page.getByRole('table').getByRole('row').count(), rules.length + 1);
  await runSql(
    server,
    `insert into backups (finished_ms, place, means, size_bytes)
       values (1795143600000, '/backup/orgvet.db', 'orgvet', 1500000)`,
  );
  await page.reload();
  await facts.getByText(/ days?.* ago/).waitFor();
  await facts.getByText('/backup/orgvet.db', { exact: true }).waitFor();
  await facts.getByText('Made by orgvet backup, 1.5 MB', { exact: true }).waitFor();
  await assertAccessible(page);
});
