/**
 * The whole way of an organization through the console, by everybody whom it takes: an administrator
 * creates and submits it, a contact confirms by mail, two people validate it, and time ends it. All of them
 * have a keyboard and no mouse.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { appointSpecialist } from '../../server/test/vetting.ts';
import { findShown, getRequirements, meet, type Work } from '../../server/test/working.ts';
import { startConsole } from './console.ts';
import { keyboardOf } from './keyboard.ts';

const { server, open } = await startConsole();
const [first, second] = [await appointSpecialist(server), await appointSpecialist(server)];

const NAME = 'Fjordlys Handel A/S';
const DETAILS = {
  'Legal name': NAME,
  Address: 'Havnegade 7',
  City: 'Aarhus',
  'State / province': 'Midtjylland',
  'Postal code': '8000',
  'Organization telephone number': '+45 87 30 50 00',
  'First name': 'Astrid',
  'Last name': 'Bech',
  'Job title': 'Director',
  'Email address': 'astrid.bech@example.com',
};
const CONTACT = ['Karin', 'Holm', 'Chief Officer', 'karin.holm@example.com', '+45 44 44 88 88'];

/** What the two who validate do by the pages; what comes before it is done as programs do it. */
const BY_HAND = ['identity', 'due_diligence'];

const page = await open('/organizations');
let organization_id = 0;

const workOf = (): Work => ({ server, organization_id, key: first.key });
const checkPath = (check: string) =>
  `/organizations/${organization_id}/validations/cs?check=${check}`;

const keys = keyboardOf(page);

async function fillIn(): Promise<void> {
  for (const [name, text] of Object.entries(DETAILS)) {
    const field = page.getByRole('textbox', { name, exact: true });
    await keys.type(field.or(page.getByRole('combobox', { name, exact: true })), text);
  }
  await keys.choose(page.getByRole('combobox', { name: 'Country' }), 'Denmark');
}

async function visit(place: string): Promise<void> {
  const main = page.getByRole('navigation', { name: 'Main' });
  await keys.press(main.getByRole('link', { name: place, exact: true }));
}

test('an administrator creates it, and is led to it instead of creating it twice', async () => {
  await keys.press(page.getByRole('link', { name: 'New organization' }));
  await fillIn();
  await keys.press(page.getByRole('button', { name: 'Create organization' }));
  await page.waitForURL(/\/organizations\/\d+$/);
  organization_id = Number(page.url().split('/').at(-1));
  await visit('Organizations');
  await keys.press(page.getByRole('link', { name: 'New organization' }));
  await fillIn();
  await page.getByText('Same details').waitFor();
  await keys.press(page.getByRole('button', { name: 'Create organization' }));
  await keys.press(page.getByRole('alert').getByRole('link', { name: 'Open the existing one' }));
  await page.waitForURL(new RegExp(`/organizations/${organization_id}$`));
});

test('the administrator submits it with somebody who approves, who is asked by mail and confirms', async () => {
  await keys.press(page.getByRole('button', { name: 'Submit for validation' }));
  const dialog = page.getByRole('dialog', { name: 'Submit for validation' });
  await keys.tick(dialog.getByRole('checkbox', { name: /^CS: / }));
  await keys.tick(dialog.getByRole('checkbox', { name: 'Somebody else' }));
  for (const text of CONTACT) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await keys.press(dialog.getByRole('button', { name: 'Submit', exact: false }).last());
  await page.getByText('Submitted for CS.').waitFor();
  await visit('Mail inbox');
  const mail = page.getByRole('article');
  await mail.getByText('karin.holm@example.com').first().waitFor();
  const [confirmation] = await Promise.all([
    page.context().waitForEvent('page'),
    keys.press(mail.getByRole('link', { name: /\/confirm\// })),
  ]);
  await keyboardOf(confirmation).press(confirmation.getByRole('button', { name: /^Yes/ }));
  await confirmation.getByRole('heading', { level: 1 }).waitFor();
  await confirmation.close();
  await page.goto(`${server.origin}/organizations/${organization_id}/contacts`);
  await page
    .getByRole('article', { name: /Karin Holm/ })
    .getByText(/confirmed/i)
    .first()
    .waitFor();
});

test('a specialist finds it in the queue, records evidence and decides, and a second one agrees', async () => {
  for (const check of (await getRequirements(workOf(), 'cs')).checks) {
    if (check.next !== undefined && !BY_HAND.includes(check.check_id)) {
      await meet(workOf(), 'cs', check);
    }
  }
  const specialist = await open('/queue?type=cs', { user_id: first.user_id });
  const row = specialist.getByRole('row', { name: NAME });
  await keyboardOf(specialist).press(row.getByRole('link', { name: NAME }));
  await specialist.getByRole('heading', { name: 'Identity of the organization' }).waitFor();
  await specialist.keyboard.press('e');
  const dialog = specialist.getByRole('dialog', { name: 'Record evidence' });
  const { choose, type } = keyboardOf(specialist);
  await choose(dialog.getByLabel('Source', { exact: true }), 'A new source');
  await type(dialog.getByLabel('Name of the source'), 'Central Business Register');
  await type(dialog.getByLabel('Reference'), 'Entry 30405060');
  await specialist.keyboard.press('Enter');
  await specialist.getByRole('checkbox', { name: /Entry 30405060/ }).waitFor();
  await decide(specialist, 'The register has it.');
  await specialist.goto(`${server.origin}${checkPath('due_diligence')}`);
  await decide(specialist, 'All of it fits together.');
  await specialist.getByText('Somebody else reviews this').waitFor();

  const reviewer = await open(checkPath('due_diligence'), { user_id: second.user_id });
  await reviewer.getByRole('heading', { name: 'Review', exact: true }).waitFor();
  await reviewer.keyboard.press('a');
  await reviewer.keyboard.type('I come to the same.');
  await reviewer.keyboard.press('Control+Enter');
  await reviewer.getByText('Validated', { exact: true }).waitFor();
});

async function decide(where: Page, reason: string): Promise<void> {
  const { pick, press, type } = keyboardOf(where);
  await pick(where.getByRole('radio', { name: 'Met', exact: true }));
  await type(where.getByLabel('How it was found'), reason);
  await press(where.getByRole('button', { name: 'Decide', exact: true }));
  await where
    .getByText(/: Met\.$/)
    .first()
    .waitFor();
}

test('the administrator sees it active, moves the clock, and sees that it has expired', async () => {
  await page.goto(`${server.origin}/organizations?search=Fjordlys`);
  const row = page.getByRole('row', { name: NAME });
  await row.getByText('CS validated').waitFor();
  const shown = await findShown(server, organization_id, 'cs');
  assert.ok(shown?.validated_until);
  await visit('Clock');
  await keys.choose(page.getByLabel('Unit'), 'Weeks');
  await keys.type(page.getByLabel('How far'), '60');
  await page.keyboard.press('Enter');
  await page.getByText('420 days ahead of the real time.').waitFor();
  await visit('Organizations');
  await keys.type(page.getByRole('searchbox'), 'Fjordlys');
  await row.getByText('CS expired').waitFor();
});
