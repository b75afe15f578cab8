/** What is the account's own: its mail inbox and clock, its settings, and the accounts below it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  AccountSettings,
  ClockReading,
  InboxMailList,
  OutcomePolicy,
  Subaccount,
  SubaccountOrganizationList,
} from '@orgvet/contract';
import { createUser } from '../../server/test/people.ts';
import { assertAccessible, startConsole } from './console.ts';

const { server, open } = await startConsole();
const page = await open('/inbox');
const { keyboard } = page;

/** Goes on by a link of the navigation. */
async function visit(place: string): Promise<void> {
  const main = page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: place, exact: true }).click();
}

async function read<Body>(path: string): Promise<Body> {
  const answer = await server.send('GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

/** What is focused at the moment, by its name. */
async function focusedName(): Promise<string | null> {
  return await page.locator(':focus').getAttribute('name');
}

async function press(button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

test('an inbox without mail says how mail gets there', async () => {
  await page.getByRole('heading', { name: 'No mail yet' }).waitFor();
  await page.getByRole('link', { name: 'Go to the clock' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clock' }).waitFor();
});

test('the clock is moved, and tells what happened on the way', async () => {
  const before = await read<ClockReading>('/control/v1/clock');
  await page.getByLabel('How far').fill('2');
  await page.getByLabel('Unit').selectOption('Weeks');
  await keyboard.press('Enter');
  await page.getByText('14 days ahead of the real time.').waitFor();
  const after = await read<ClockReading>('/control/v1/clock');
  assert.equal(after.offset_seconds - before.offset_seconds, 14 * 86_400);
  const happened = page.getByRole('region', { name: 'What happened on the way' });
  await happened
    .getByRole('row', { name: /^Notice: validation expired .* Organization 2000/ })
    .first()
    .waitFor();
  await happened
    .getByRole('row', { name: /^Mail sent/ })
    .first()
    .waitFor();
  await assertAccessible(page);
});

test('what goes by the time of the account goes by the clock from then on', async () => {
  await visit('Organizations');
  // 30 days from the 5th of December.
  await page.getByRole('link', { name: 'Expiring in 30 days' }).click();
  await page.waitForURL(/ends_before=2027-01-04/);
});

test('the clock goes only forward, and says so at the field, by keyboard alone', async () => {
  await visit('Clock');
  await page.getByLabel('Date and time').focus();
  await keyboard.type('10312026');
  await keyboard.press('Enter');
  await page.getByText(/The clock .* forward/).waitFor();
  assert.equal(await focusedName(), 'now');
  // Back from the year to the month.
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await keyboard.type('01312027');
  await keyboard.press('Enter');
  await page.getByText('Jan 31, 2027').waitFor();
  assert.equal((await read<ClockReading>('/control/v1/clock')).now.slice(0, 10), '2027-01-31');
});

test('submitted validations are decided by themselves where the policy says so', async () => {
  await page.getByRole('radio', { name: 'They are rejected' }).check();
  await page.getByLabel('After').fill('90');
  await page
    .getByRole('region', { name: 'What becomes of' })
    .getByLabel('Unit')
    .selectOption('Minutes');
  await press('Save');
  await page.getByText('Is required with the policy reject.').waitFor();
  assert.equal(await focusedName(), 'reason');
  await keyboard.type('No such organization.');
  await press('Save');
  await page.getByText('Saved.').waitFor();
  assert.deepEqual(await read<OutcomePolicy>('/control/v1/policy'), {
    policy: 'reject',
    after: 'PT90M',
    reason: 'No such organization.',
  });
  await page.reload();
  assert.equal(await page.getByLabel('After').inputValue(), '90');
});

test('mail is read newest first, as plain text whose links can be followed', async () => {
  const { mails, page: size } = await read<InboxMailList>('/control/v1/mail?limit=25');
  const [newest, second] = mails;
  assert.ok(newest && second);
  await visit('Mail inbox');
  const shown = page.getByRole('article');
  await shown.getByRole('heading', { name: newest.subject }).waitFor();
  await page.getByText(`1–${mails.length} of ${size.total}`).waitFor();
  await page.getByRole('navigation', { name: 'Mails' }).getByRole('link').nth(1).click();
  await page.waitForURL(new RegExp(`mail=${second.id}$`));
  await shown.getByText(second.to, { exact: true }).waitFor();
  assert.equal(await page.locator(':focus').innerText(), second.subject);
  await assertAccessible(page);
});

test('a link in a mail is a link, and opens beside the console', async () => {
  const contact = await createUser(server, {
    email: 'approver@example.com',
    job_title: 'Director',
    telephone: '801-555-0177',
  });
  const validations = [{ type: 'ev', verified_users: [{ id: contact }] }];
  const path = '/organization/112233/validation';
  const answer = await server.send('POST', path, { body: { validations } });
  assert.equal(answer.status, 204, answer.text);
  await visit('Mail inbox');
  await page.getByLabel('To').fill('approver@example.com');
  await press('Show');
  await page.waitForURL(/to=approver%40example\.com/);
  await page.getByText('1–1 of 1').waitFor();
  const { mails } = await read<InboxMailList>('/control/v1/mail?filters[to]=approver@example.com');
  const [link] = await page.getByRole('article').getByRole('link', { name: /^http/ }).all();
  assert.ok(link);
  assert.deepEqual([await link.getAttribute('href')], mails[0]?.links.slice(0, 1));
  assert.equal(await link.getAttribute('target'), '_blank');
});

test('settings are changed together, and what is no number of days is pointed at', async () => {
  await visit('Account settings');
  await page.getByRole('radio', { name: 'Answer with the one that is there' }).check();
  await page.getByLabel('Days before the end').fill('60, soon');
  await press('Save settings');
  await page.getByText('Only whole numbers, separated by commas.').waitFor();
  assert.equal(await focusedName(), 'reminder_days');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('14, 0, -3');
  await page.getByText('3 days after').waitFor();
  await assertAccessible(page);
  await press('Save settings');
  await page.getByText('The settings were saved.').waitFor();
  const settings = await read<AccountSettings>('/vetting/v1/account/settings');
  assert.deepEqual([settings.duplicate_policy, settings.reminder_days], ['reuse', [14, 0, -3]]);
});

test('a subaccount is made, and each refusal is at its field', async () => {
  await visit('Subaccounts');
  await page.getByRole('link', { name: 'New subaccount' }).click();
  await page.getByLabel('Your name for it').fill('The partner');
  await page.getByLabel('First name').fill('Jill');
  await page.getByLabel('Last name').fill('Valentine');
  await page.getByLabel('Legal name').fill('Hagel Werkzeuge GmbH');
  await page.getByLabel('Country').selectOption('Germany');
  for (const [label, text] of [
    ['State / province', 'Bayern'],
    ['Address', 'Am Rain 7'],
    ['City', 'Aub'],
    ['Postal code', '97239'],
  ] as const) {
    await page
      .getByRole('textbox', { name: label, exact: true })
      .or(page.getByRole('combobox', { name: label, exact: true }))
      .fill(text);
  }
  await press('Make subaccount');
  await page.getByText('Is required.').first().waitFor();
  assert.equal(await focusedName(), 'user_email');
  await assertAccessible(page);
  await page.getByLabel('Email').fill('jill@example.com');
  await page.getByLabel('Organization telephone number').fill('+49 9335 5550');
  await press('Make subaccount');
  await page.getByText('The subaccount of Hagel Werkzeuge GmbH was made.').waitFor();
  const id = Number(page.url().split('/').at(-1));
  const made = await read<Subaccount>(`/account/subaccount/${id}`);
  assert.deepEqual(
    [made.account_type, made.child_name, made.master_user.email, made.organization?.city],
    ['retail', 'The partner', 'jill@example.com', 'Aub'],
  );
});

test('subaccounts are found, and their organizations are shown', async () => {
  await visit('Subaccounts');
  await page.getByRole('searchbox').fill('tarnbeck');
  await page.getByText('1–1 of 1').waitFor();
  await page.getByRole('link', { name: /^Tarnbeck/ }).click();
  await page.getByText('noah.north@example.com').waitFor();
  const { organizations } = await read<SubaccountOrganizationList>(
    '/account/subaccount/2/organization?sort=-name',
  );
  await page.getByRole('button', { name: 'Organization' }).click();
  await page.waitForURL(/sort=-name/);
  await page.locator('th[aria-sort="descending"]').waitFor();
  await page.getByRole('rowheader', { name: organizations[0]?.display_name ?? '' }).waitFor();
  assert.deepEqual(
    (await page.getByRole('rowheader').allInnerTexts()).map((name) => name.trim()),
    organizations.map(({ display_name }) => display_name),
  );
});
