/**
 * The pages of one organization as people use them: who must act next, submitting it, its contacts and
 * those who approve, its orders and its history, and what is asked before anything is destroyed.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type {
  Contact,
  Organization,
  OrganizationContactList,
  RequirementList,
  VerifiedContactRecordList,
} from '@orgvet/contract';
import { organizationBody } from '../../server/test/harness.ts';
import { OV, orderingOf } from '../../server/test/ordering.ts';
import { appointAuditor } from '../../server/test/vetting.ts';
import { createSubmitted } from '../../server/test/working.ts';
import { assertAccessible, startConsole } from './console.ts';

const { server, open } = await startConsole();
const { complete, makeOrganization, place } = orderingOf(server);
const DETAILS = { name: 'Havel & Tern Ltd', assumed_name: undefined };
const id = await makeOrganization(DETAILS);
const page = await open(`/organizations/${id}`);

const NEXT = page.getByRole('region', { name: 'What happens next' });
const SUBMISSION = page.getByRole('dialog', { name: 'Submit for validation' });

async function goTo(path: string): Promise<void> {
  await page.goto(`${server.origin}/organizations/${path}`);
}

async function read<Body>(path: string): Promise<Body> {
  const answer = await server.send('GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

async function readContacts(): Promise<readonly Contact[]> {
  const path = `/vetting/v1/organization/${id}/contact`;
  return (await read<OrganizationContactList>(path)).contacts;
}

/** What is focused at the moment, by its name. */
async function focusedName(): Promise<string | null> {
  return await page.locator(':focus').getAttribute('name');
}

test('an organization that nobody submitted says so, with its details and its subject', async () => {
  await NEXT.getByText('never submitted for validation').waitFor();
  await page.getByRole('region', { name: 'Organization details' }).getByText('40849').waitFor();
  await page.getByRole('row', { name: /^O organizationName Havel & Tern Ltd 16 of 64/ }).waitFor();
});

test('somebody submits it by keyboard alone, and is led to what was refused', async () => {
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Submit for validation' }).focus();
  await keyboard.press('Enter');
  await SUBMISSION.waitFor();
  assert.match(page.url(), /dialog=submit/);
  await SUBMISSION.getByRole('checkbox', { name: /^OV: / }).focus();
  await keyboard.press('Space');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await SUBMISSION.getByRole('group', { name: 'Verified contacts' }).waitFor();
  await keyboard.press('Enter');
  await SUBMISSION.getByText('Choose at least one verified contact').waitFor();
  assert.equal(
    await page.locator(':focus').getAttribute('aria-invalid'),
    'true',
    'the focus is on those to choose from',
  );
  await SUBMISSION.getByRole('checkbox', { name: 'Somebody else' }).focus();
  await keyboard.press('Space');
  for (const text of ['Karin', 'Holm', 'Chief Officer', 'nobody', '+45 44 44 88 88']) {
    await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Enter');
  await SUBMISSION.getByText('Email must be an email address.').waitFor();
  assert.equal(await focusedName(), 'email');
  await assertAccessible(page);
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('karin.holm@example.com');
  await keyboard.press('Enter');
  await page.getByText('Submitted for OV, EV.').waitFor();
  const { verified_contacts } = await read<Organization>(`/organization/${id}`);
  assert.deepEqual(
    verified_contacts?.map(({ email }) => email),
    ['karin.holm@example.com'],
  );
});

test('the top tells who must act next on what and since when, as the server says', async () => {
  const { types } = await read<RequirementList>(`/vetting/v1/organization/${id}/requirements`);
  assert.deepEqual(
    types.map(({ type, next_actor }) => [type, next_actor]),
    [
      ['ov', 'specialist'],
      ['ev', 'specialist'],
    ],
  );
  const ov = NEXT.getByRole('listitem').filter({ hasText: 'Open the checks of OV' });
  await ov.getByText('Identity of the organization · Address').waitFor();
  await ov.getByText('Next: A validation specialist, since Nov 21, 2026, 1:00 PM').waitFor();
  await ov.getByText('(2026-11-21 12:00 UTC)').waitFor();
  const met = types.map((type) => `${type.met} of ${type.total} checks met`);
  for (const [index, name] of ['OV', 'EV'].entries()) {
    await page
      .getByRole('article', { name })
      .getByText(met[index] ?? '')
      .waitFor();
  }
  const link = page.getByRole('link', { name: 'OV checks' });
  assert.equal(await link.getAttribute('href'), `/organizations/${id}/validations/ov`);
  await assertAccessible(page);
});

test('the subject of another type is an address of its own', async () => {
  await page.getByRole('combobox', { name: 'Validation type' }).selectOption('CS');
  await page.waitForURL(/subject=cs/);
  await page.reload();
  await page.getByRole('row', { name: /^CN commonName Havel & Tern Ltd/ }).waitFor();
});

test('a contact that is refused keeps what was typed and points at the field, then is saved', async () => {
  await goTo(`${id}/contacts`);
  await page.getByRole('button', { name: 'Edit organization contact' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit organization contact' });
  await dialog.getByRole('textbox', { name: 'Email' }).fill('not an address');
  await dialog.getByRole('textbox', { name: 'Job title' }).fill('Head of Laboratory');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Email must be an email address.').waitFor();
  assert.equal(await focusedName(), 'email');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('gia.booth@example.org');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Organization contact saved.').waitFor();
  assert.deepEqual(
    (await readContacts()).map(({ email, job_title }) => [email, job_title]),
    [['gia.booth@example.org', 'Head of Laboratory']],
  );
});

test('a technical contact comes and goes', async () => {
  await page.getByRole('button', { name: 'Add technical contact' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add technical contact' });
  await dialog.getByRole('textbox', { name: 'First name' }).fill('Tia');
  await dialog.getByRole('textbox', { name: 'Last name' }).fill('Quill');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('tia@example.org');
  await dialog.getByRole('combobox', { name: 'Language' }).selectOption('German');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Technical contact saved.').waitFor();
  assert.deepEqual(
    (await readContacts()).map(({ name, language_id }) => [name, language_id]),
    [
      ['Gia Booth', 1],
      ['Tia Quill', 2],
    ],
  );
  await page.getByRole('button', { name: 'Remove technical contact' }).click();
  await page.getByText('Tia Quill is no longer the technical contact.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Tia Quill was removed.').waitFor();
  assert.equal((await readContacts()).length, 1);
});

test('a verified contact is asked again, and withdrawn with a reason', async () => {
  const path = `/vetting/v1/organization/${id}/verified-contact`;
  await page.getByRole('article', { name: 'Karin Holm' }).getByText('EV CS pending').waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Resend mail to Karin Holm' }).click();
  await page.getByText('Karin Holm gets a new mail.').waitFor();
  const asked = (await read<VerifiedContactRecordList>(path)).verified_contacts[0];
  assert.equal(asked?.confirmations.flatMap(({ mails }) => mails).length, 2);
  await page.getByRole('button', { name: 'Withdraw Karin Holm' }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw Karin Holm?' });
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await dialog.getByText('Reason is required.').waitFor();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Left the organization.');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('Karin Holm was withdrawn.').waitFor();
  const [withdrawn] = (await read<VerifiedContactRecordList>(path)).verified_contacts;
  assert.equal(withdrawn?.withdrawal_reason, 'Left the organization.');
});

test('the history tells each change field by field', async () => {
  const { organization_contact: _, ...details } = organizationBody(DETAILS);
  const body = { ...details, city: 'Duluth', address2: undefined };
  const answer = await server.send('PUT', `/organization/${id}`, { body });
  assert.equal(answer.status, 204, answer.text);
  await goTo(`${id}/history`);
  const changes = page.getByRole('table', {
    name: 'What changed: Organization details changed',
  });
  await changes.waitFor();
  const told = await changes.innerText();
  assert.match(told, /^Address 2\s+− Removed\s+Floor 08$/m);
  assert.match(told, /^City\s+~ Changed\s+Minneapolis → Duluth$/m);
  await page.getByText('That is the beginning.').waitFor();
  await assertAccessible(page);
});

test('a long history goes back part by part, and the address says how far', async () => {
  for (let round = 0; round < 14; round += 1) {
    for (const change of ['deactivate', 'activate']) {
      const answer = await server.send('PUT', `/organization/${id}/${change}`);
      assert.equal(answer.status, 204, answer.text);
    }
  }
  await page.reload();
  const created = page.getByRole('heading', { name: 'Organization created' });
  await page.getByRole('button', { name: 'Show older' }).click();
  await created.waitFor();
  await page.reload();
  await created.waitFor();
});

test('its orders are listed, and no other ones', async () => {
  await goTo(`${id}/orders`);
  await page.getByRole('heading', { name: 'No order yet' }).waitFor();
  await place(OV, id);
  await page.reload();
  await page.getByRole('row', { name: /example\.com Standard SSL Pending/ }).waitFor();
  assert.equal(await page.getByRole('table').getByRole('row').count(), 2);
  await assertAccessible(page);
});

test('what cannot be deactivated or deleted says why, and what can be is named before', async () => {
  await goTo(String(id));
  await page.getByRole('button', { name: 'Deactivate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Havel & Tern Ltd can no longer be ordered for').waitFor();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/pending order/)
    .waitFor();
  await page.keyboard.press('Escape');
  const other = await makeOrganization({ name: 'Gone Soon Ltd', assumed_name: undefined });
  await goTo(String(other));
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('Gone Soon Ltd is inactive.').waitFor();
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByText('Gone Soon Ltd is active.').waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText(`Gone Soon Ltd (ID ${other}) will be deleted`).waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(`${server.origin}/organizations`);
  assert.equal((await server.send('GET', `/organization/${other}`)).status, 404);
});

test('an auditor sees how it stands, changes nothing, and takes the bundle away', async () => {
  const validated = await createSubmitted(server, ['ov']);
  await complete(validated, 'ov');
  const { user_id } = await appointAuditor(server);
  const audit = await open(`/organizations/${validated}`, { user_id });
  await audit.getByText('Nobody has to do anything.').waitFor();
  const details = audit.getByRole('region', { name: 'Organization details' });
  await details.getByText('932 Prospect Street').waitFor();
  assert.equal(await details.getByText('Division').count(), 0);
  assert.equal(await audit.getByRole('button', { name: 'Delete' }).count(), 0);
  assert.equal(await audit.getByRole('link', { name: 'Contacts' }).count(), 0);
  const [download] = await Promise.all([
    audit.waitForEvent('download'),
    audit.getByRole('button', { name: 'Audit bundle' }).click(),
  ]);
  const bytes = await readFile(await download.path());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
});
