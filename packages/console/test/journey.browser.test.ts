/**
 * The whole way of an organization through the console, by everybody whom it takes: an administrator
 * creates and submits it, a contact confirms by mail, two people validate it, and time ends it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { appointSpecialist } from '../../server/test/vetting.ts';
import { findShown, getRequirements, meet, type Work } from '../../server/test/working.ts';
import { startConsole } from './console.ts';

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

async function fillIn(): Promise<void> {
  for (const [name, text] of Object.entries(DETAILS)) {
    const field = page.getByRole('textbox', { name, exact: true });
    await field.or(page.getByRole('combobox', { name, exact: true })).fill(text);
  }
  await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Denmark' });
}

async function visit(place: string): Promise<void> {
  const main = page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: place, exact: true }).click();
}

test('an administrator creates it, and is led to it instead of creating it twice', async () => {
  await page.getByRole('link', { name: 'New organization' }).click();
  await fillIn();
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.waitForURL(/\/organizations\/\d+$/);
  organization_id = Number(page.url().split('/').at(-1));
  await visit('Organizations');
  await page.getByRole('link', { name: 'New organization' }).click();
  await fillIn();
  await page.getByText('Same details').waitFor();
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Open the existing one' }).click();
  await page.waitForURL(new RegExp(`/organizations/${organization_id}$`));
});

test('the administrator submits it with somebody who approves, who is asked by mail and confirms', async () => {
  await page.getByRole('button', { name: 'Submit for validation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Submit for validation' });
  await dialog.getByRole('checkbox', { name: /^CS: / }).check();
  await dialog.getByRole('checkbox', { name: 'Somebody else' }).check();
  for (const text of CONTACT) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await dialog.getByRole('button', { name: 'Submit', exact: false }).last().click();
  await page.getByText('Submitted for CS.').waitFor();
  await visit('Mail inbox');
  const mail = page.getByRole('article');
  await mail.getByText('karin.holm@example.com').first().waitFor();
  const [confirmation] = await Promise.all([
    page.context().waitForEvent('page'),
    mail.getByRole('link', { name: /\/confirm\// }).click(),
  ]);
  await confirmation.getByRole('button', { name: /^Yes/ }).click();
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
  await specialist.getByRole('row', { name: NAME }).getByRole('link', { name: NAME }).click();
  await specialist.getByRole('heading', { name: 'Identity of the organization' }).waitFor();
  await specialist.keyboard.press('e');
  const dialog = specialist.getByRole('dialog', { name: 'Record evidence' });
  await dialog.getByLabel('Source').selectOption({ label: 'A new source …' });
  await dialog.getByLabel('Name of the source').fill('Central Business Register');
  await dialog.getByLabel('Reference').fill('Entry 30405060');
  await dialog.getByLabel('Reference').press('Enter');
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
  await where.getByRole('radio', { name: 'Met', exact: true }).check();
  await where.getByLabel('How it was found').fill(reason);
  await where.getByRole('button', { name: 'Decide', exact: true }).click();
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
  await page.getByLabel('How far').fill('60');
  await page.getByLabel('Unit').selectOption('Weeks');
  await page.keyboard.press('Enter');
  await page.getByText('420 days ahead of the real time.').waitFor();
  await visit('Organizations');
  await page.getByRole('searchbox').fill('Fjordlys');
  await row.getByText('CS expired').waitFor();
});
