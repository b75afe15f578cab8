/** A new organization and changed details, as people enter them: limits, duplicates, refusals, drafts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, startConsole } from './console.ts';

interface Organization {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly address2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly telephone: string;
  readonly organization_contact?: { readonly email: string };
  readonly validations?: readonly { readonly type: string; readonly status: string }[];
}

/** Of the demo: validated for OV, without an assumed name. */
const VALIDATED_ID = 200011;

const CONTACT = {
  'First name': 'Hild',
  'Last name': 'Brandis',
  'Email address': 'hild.brandis@example.org',
};

const { server, open } = await startConsole();
const page = await open('/organizations/new');
const validated = await getOrganization(VALIDATED_ID);

async function getOrganization(id: number): Promise<Organization> {
  return (await server.send('GET', `/organization/${id}`)).json<Organization>();
}

async function listNamed(name: string): Promise<number[]> {
  const query = `filters[search]=${encodeURIComponent(name)}&sort=id`;
  const answer = await server.send('GET', `/organization?${query}`);
  return answer.json<{ organizations: Organization[] }>().organizations.map(({ id }) => id);
}

/** Types into fields by their labels. */
async function enter(fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(fields)) {
    await fieldOf(name).fill(text);
  }
}

function fieldOf(name: string) {
  return page
    .getByRole('textbox', { name, exact: true })
    .or(page.getByRole('combobox', { name, exact: true }));
}

/** What is said of a field: its count, and what is wrong with it. */
async function describe(name: string): Promise<string> {
  const ids = (await fieldOf(name).getAttribute('aria-describedby')) ?? '';
  const texts = ids.split(/\s+/).map((id) => page.locator(`[id="${id}"]`).innerText());
  return (await Promise.all(texts)).join('\n');
}

async function focusedField(): Promise<string | null> {
  return await page.locator(':focus').getAttribute('name');
}

/** The id in the address of the page that a form has led to. */
async function arrive(): Promise<number> {
  await page.waitForURL(/\/organizations\/\d+$/);
  return Number(page.url().split('/').at(-1));
}

test('what is missing is said at each field, and the first of them has the focus', async () => {
  await enter({ 'Legal name': 'Kettle & Quill', 'Email address': 'nobody' });
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByText('Last name is required.').waitFor();
  assert.equal(await focusedField(), 'country');
  assert.match(await describe('Country'), /Country is required\./);
  assert.match(await describe('Email address'), /Email address must be an email address\./);
  assert.deepEqual(await listNamed('Kettle & Quill'), []);
  await enter({ 'Email address': 'someone' });
  assert.doesNotMatch(await describe('Email address'), /must be/);
});

test('names are counted alone, and together once there are two', async () => {
  const name = 'K'.repeat(40);
  await enter({ 'Legal name': name });
  assert.equal(await describe('Legal name'), '40 of 64 characters');
  await enter({ 'Assumed name (DBA)': 'Q'.repeat(21) });
  assert.equal(await describe('Legal name'), '61 of 61 characters');
  assert.equal(await fieldOf('Legal name').getAttribute('aria-invalid'), null);
  await enter({ 'Assumed name (DBA)': 'Ω'.repeat(22) });
  assert.match(await describe('Assumed name (DBA)'), /62 of 61 characters/);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByText(/together must have at most 61 characters; they have 62/).waitFor();
  assert.equal(await focusedField(), 'name');
});

test('states are those of the country, and a code is exchanged for its name', async () => {
  await fieldOf('Country').selectOption({ label: 'United States' });
  await page.locator('datalist option[value="Minnesota"]').waitFor({ state: 'attached' });
  await enter({ 'State / province': 'mn' });
  await page.getByRole('button', { name: 'Use the full name: Minnesota' }).click();
  assert.equal(await fieldOf('State / province').inputValue(), 'Minnesota');
  await fieldOf('Country').selectOption({ label: 'Iceland' });
  await page.getByText('Not in the list of this country.').waitFor();
});

test('a draft outlives its page, until it is discarded', async () => {
  await enter({ City: 'Reykjavík' });
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'New organization' }).click();
  await page.getByText('This is your draft from before.').waitFor();
  assert.equal(await fieldOf('City').inputValue(), 'Reykjavík');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  const dialog = page.getByRole('dialog', { name: 'Discard the draft?' });
  await dialog.getByText('K'.repeat(40)).waitFor();
  await dialog.getByRole('button', { name: 'Discard the draft' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.reload();
  assert.equal(await fieldOf('City').inputValue(), '');
});

test('what is there already is shown while somebody types, and leads to it', async () => {
  const { name, address, address2, city, zip, state, country } = validated;
  await enter({ 'Legal name': name.slice(0, -2) });
  const beside = page.getByRole('region', { name: 'Already there?' });
  const link = beside.getByRole('link', { name: `Open ${name}` });
  assert.equal(await link.getAttribute('href'), `/organizations/${VALIDATED_ID}`);
  assert.equal(await beside.getByText('Same details').count(), 0);
  await fieldOf('Country').selectOption(country);
  await enter({ 'Legal name': name.toUpperCase(), Address: address, City: city });
  await enter({ 'Address 2': address2, 'Postal code': zip, 'State / province': state });
  await beside.getByText('Same details').waitFor();
  await enter({ 'Organization telephone number': '+354 555 0100', ...CONTACT });
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByRole('alert').getByText('This organization is already there').waitFor();
  await assertAccessible(page);
});

test('a duplicate is offered, and created only on request', async () => {
  const refusal = page.getByRole('alert');
  const existing = refusal.getByRole('link', { name: 'Open the existing one' });
  assert.equal(await existing.getAttribute('href'), `/organizations/${VALIDATED_ID}`);
  assert.deepEqual(await listNamed(validated.name), [VALIDATED_ID]);
  await enter({ 'Job title': 'Owner' });
  await refusal.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Create organization' }).click();
  await refusal.getByRole('button', { name: 'Create it all the same' }).click();
  const id = await arrive();
  assert.notEqual(id, VALIDATED_ID);
  assert.deepEqual(await listNamed(validated.name), [VALIDATED_ID, id]);
  assert.equal((await getOrganization(id)).telephone, '+354 555 0100');
});

test('somebody creates an organization and submits it by keyboard alone', async () => {
  await page.goto(`${server.origin}/organizations/new`);
  await fieldOf('Legal name').waitFor();
  const type = async (...texts: string[]) => {
    for (const text of texts) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(text);
    }
  };
  await type('Nachtigall Orgelbau', '', 'German', 'Bayern', 'Am Rain 7', '', 'Aub', '97239');
  await type('+49 9335 5550', 'Hild', 'Brandis', 'Owner', 'hild@example.org', '', '');
  for (const label of ['SMIME', 'DS', 'OV']) {
    await page.keyboard.press('Tab');
    const box = page.getByRole('checkbox', { name: label });
    await box.and(page.locator(':focus')).waitFor();
  }
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  const created = await getOrganization(await arrive());
  await page.getByText('Nachtigall Orgelbau was created.').waitFor();
  assert.deepEqual(
    [created.name, created.country, created.state, created.organization_contact?.email],
    ['Nachtigall Orgelbau', 'DE', 'Bayern', 'hild@example.org'],
  );
  assert.deepEqual(
    created.validations?.map(({ type, status }) => [type, status]),
    [['ov', 'pending']],
  );
});

test('a change says which checks it opens, and afterwards which validations it has', async () => {
  await page.goto(`${server.origin}/organizations/${VALIDATED_ID}/edit`);
  await page.getByText('A change of legal details opens the checks').waitFor();
  await enter({ Address: '1 Other Street' });
  await page.getByText('Opens a check, where it applies').click();
  await page
    .getByRole('listitem')
    .getByText(/address/i)
    .waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Save details' }).click();
  assert.equal(await arrive(), VALIDATED_ID);
  await page.getByText('Validation has to look at them again: OV.').waitFor();
  const after = await getOrganization(VALIDATED_ID);
  assert.deepEqual(
    [after.address, after.telephone, after.validations?.[0]?.status],
    ['1 Other Street', validated.telephone, 'pending'],
  );
});
