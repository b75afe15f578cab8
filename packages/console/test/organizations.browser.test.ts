/** The list of organizations as people use it: search, filters, order, pages, views, curl and CSV. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { assertAccessible, startConsole } from './console.ts';

const { server, open } = await startConsole();
const page = await open('/organizations');

test('somebody finds an organization by a part of its name, and the address says what is shown', async () => {
  await page.getByRole('searchbox', { name: 'Search organizations' }).fill('institut');
  await page.waitForURL(/search=institut/);
  const rows = page.getByRole('table').getByRole('row');
  const answer = await server.send('GET', '/organization?filters[search]=%25institut&sort=name');
  const { organizations } = answer.json<{ organizations: { display_name: string }[] }>();
  await rows.nth(organizations.length).waitFor();
  assert.equal(await rows.count(), organizations.length + 1);
  const names = await page.getByRole('rowheader').allInnerTexts();
  assert.deepEqual(
    names.map((name) => name.trim()),
    organizations.map(({ display_name }) => display_name),
  );
});

test('the line for curl asks for exactly what is shown', async () => {
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByText('Copied.').waitFor();
  const line = String(await page.evaluate('navigator.clipboard.readText()'));
  const { stdout } = await promisify(execFile)('sh', ['-c', line], {
    env: { ...process.env, ORGVET_KEY: server.administrator },
  });
  const { organizations } = JSON.parse(stdout) as { organizations: { display_name: string }[] };
  assert.deepEqual(
    organizations.map(({ display_name }) => display_name),
    (await page.getByRole('rowheader').allInnerTexts()).map((name) => name.trim()),
  );
});

test('the file has what is listed', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, await page.getByRole('table').getByRole('row').count());
});

test('a search without results says what to do, and clears', async () => {
  await page.getByRole('searchbox').fill('there is no such name');
  await page.getByRole('heading', { name: 'No organization matches' }).waitFor();
  await assertAccessible(page);
  await page.getByRole('link', { name: 'Clear search and filters' }).click();
  await page.getByRole('table').waitFor();
});

test('a column sorts both ways, and pages follow', async () => {
  const country = page.getByRole('columnheader', { name: 'Country' });
  await country.getByRole('button').click();
  await page.locator('th[aria-sort="ascending"]', { hasText: 'Country' }).waitFor();
  await country.getByRole('button').click();
  await page.locator('th[aria-sort="descending"]', { hasText: 'Country' }).waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.waitForURL(/page=2/);
  await page.getByText(/^26–50 of /).waitFor();
  await page.goBack();
  await page.getByText(/^1–25 of /).waitFor();
});

test('the views are addresses of their own', async () => {
  await page.getByRole('link', { name: 'Expiring in 30 days' }).click();
  await page.waitForURL(/ends_before=2026-12-21/);
  await page.getByRole('link', { name: 'Inactive' }).click();
  await page.waitForURL(/status=inactive/);
  await page.locator('.chip', { hasText: 'Inactive' }).first().waitFor();
  assert.equal(await page.getByLabel('Status').inputValue(), 'inactive');
});

test('the page is accessible', async () => {
  await page.goto(`${server.origin}/organizations`);
  await page.getByRole('table').waitFor();
  await assertAccessible(page);
});
