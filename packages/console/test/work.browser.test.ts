/** The work of those who validate, as they do it: the queue, the checks, evidence, decisions, the review. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceList, QueueList } from '@orgvet/contract';
import type { Page } from 'playwright-core';
import { appointSpecialist } from '../../server/test/vetting.ts';
import {
  createSubmitted,
  findShown,
  getRequirement,
  getRequirements,
  meet,
  record,
  sendDecision,
  type Work,
} from '../../server/test/working.ts';
import { assertAccessible, startConsole } from './console.ts';

/** What a PNG of one dot is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** How wide the picture on the page is, once the browser has made sense of it. */
const DECODED =
  "(async (one) => { await one.decode(); return one.naturalWidth; })(document.querySelector('main img'))";

const { server, open } = await startConsole();
const first = await appointSpecialist(server, {
  user: { first_name: 'Frida', last_name: 'First' },
});
const second = await appointSpecialist(server, {
  user: { first_name: 'Sam', last_name: 'Second' },
});

/** Submitted for a type with a review at its end; all that stands before it is met, but two checks. */
const organization_id = await createSubmitted(server, ['cs'], { name: 'Worked Through A/S' });
const work: Work = { server, organization_id, key: first.key };
const LEFT = ['identity', 'country', 'due_diligence'];
for (const check of (await getRequirements(work, 'cs')).checks) {
  if (check.next !== undefined && !LEFT.includes(check.check_id)) {
    await meet(work, 'cs', check);
  }
}

const path = `/organizations/${organization_id}/validations/cs`;
const page = await open('/queue?type=cs', { user_id: first.user_id });

/** Waits for a notice that something was done. */
async function untilSaid(where: Page, text: string): Promise<void> {
  await where.getByRole('region', { name: 'Notices' }).getByText(text).first().waitFor();
}

async function listEvidence(): Promise<EvidenceList['evidence']> {
  const evidence_path = `/vetting/v1/organization/${organization_id}/evidence`;
  const answer = await server.send('GET', evidence_path, { key: first.key });
  return answer.json<EvidenceList>().evidence;
}

test('the queue lists what waits as the API does, and keys do nothing while somebody types', async () => {
  const answer = await server.send('GET', '/vetting/v1/queue?filters[type]=cs', { key: first.key });
  const { items } = answer.json<QueueList>();
  const links = page.getByRole('rowheader').getByRole('link');
  await links.nth(items.length - 1).waitFor();
  assert.deepEqual(
    await links.allInnerTexts(),
    items.map(({ organization }) => organization.name),
  );
  await page.getByLabel('Assigned to', { exact: true }).press('j');
  assert.equal(await page.locator('tr[aria-current]').count(), 0);
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys of this page' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('tr[aria-current]').count(), 0);
});

test('somebody takes a validation by keyboard, opens it, and comes back to its row', async () => {
  const row = page.getByRole('row', { name: 'Worked Through A/S' });
  for (let step = 0; (await row.getAttribute('aria-current')) === null; step += 1) {
    assert.ok(step < 100, 'The row is never reached.');
    await page.keyboard.press('j');
  }
  await page.keyboard.press('a');
  await untilSaid(page, 'assigned to you');
  const { assigned_to } = await getRequirements(work, 'cs');
  assert.equal(assigned_to?.id, first.user_id);
  await row.getByText('Frida First').waitFor();
  await assertAccessible(page);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Identity of the organization' }).waitFor();
  await page.goBack();
  await page.locator('tr[aria-current]:focus', { hasText: 'Worked Through A/S' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${path}`);
});

test('who validates sees the details that are validated, and the rules of that very type', async () => {
  const details = page.getByRole('region', { name: 'Organization details' });
  await details.getByText('932 Prospect Street').waitFor();
  const rules = page.getByRole('link', { name: /^code-signing-br / });
  assert.equal(await rules.getAttribute('href'), '/rules/code-signing-br?type=cs');
  await rules.click();
  await page
    .getByRole('link', { name: 'CS', exact: true })
    .and(page.locator('[aria-current]'))
    .waitFor();
  await page.goBack();
  await page.waitForURL(`**${path}`);
});

test('who validates begins at the queue', async () => {
  const start = await open('/', { user_id: second.user_id });
  await start.waitForURL('**/queue');
  const places = start.getByRole('navigation', { name: 'Main' }).getByRole('link');
  assert.deepEqual(await places.allInnerTexts(), [
    'Expiring',
    'Review queue',
    'Rule packs',
    'Divisions',
  ]);
  await start.close();
});

test('evidence is recorded with a new source and a picture, and stands ticked beside the check', async () => {
  await page.getByRole('heading', { name: 'Identity of the organization' }).waitFor();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Record evidence' });
  await dialog.getByLabel('Source').selectOption({ label: 'A new source …' });
  await dialog.getByRole('button', { name: 'Record evidence' }).click();
  await dialog.locator('input:focus[aria-invalid="true"]').waitFor();
  await dialog.getByLabel('Name of the source').fill('Central Business Register');
  await dialog.getByLabel('Reference').fill('Entry 24256790');
  const file = { name: 'entry.png', mimeType: 'image/png', buffer: PICTURE };
  await dialog.getByLabel('File').setInputFiles(file);
  await dialog.getByLabel('Reference').press('Enter');
  await untilSaid(page, 'Recorded: Government register, Entry 24256790.');
  const [piece] = await listEvidence();
  assert.deepEqual(
    [piece?.kind, piece?.reference, piece?.source?.name, piece?.file?.name],
    ['government_register', 'Entry 24256790', 'Central Business Register', 'entry.png'],
  );
  assert.ok(await page.getByRole('checkbox', { name: /Entry 24256790/ }).isChecked());
  await page.getByRole('button', { name: 'View entry.png' }).click();
  await page.getByRole('img', { name: 'Picture entry.png' }).waitFor();
  assert.equal(await page.evaluate(DECODED), 1);
});

test('a refused decision points at its field; what was typed outlives the page, and is sent', async () => {
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.locator('input[type="radio"]:focus[aria-invalid="true"]').waitFor();
  await page.keyboard.press('Space');
  await page.getByLabel('How it was found').fill('The register has the very name.');
  await page.reload();
  await page.getByText('This was typed here before').waitFor();
  assert.equal(
    await page.getByLabel('How it was found').inputValue(),
    'The register has the very name.',
  );
  await assertAccessible(page);
  await page.getByLabel('How it was found').press('Control+Enter');
  await untilSaid(page, 'Identity of the organization: Met.');
  const { status, decision } = await getRequirement(work, 'cs', 'identity');
  const [piece] = await listEvidence();
  assert.deepEqual(
    [status, decision?.reason, decision?.evidence_ids],
    ['met', 'The register has the very name.', [piece?.id]],
  );
  await page.getByRole('button', { name: 'Decide anew' }).waitFor();
  assert.equal(await page.evaluate('Object.keys(localStorage).join()'), '');
});

test('a draft says who has decided meanwhile, and is discarded when nobody wants it', async () => {
  await page.goto(`${server.origin}${path}?check=country`);
  await page.getByLabel('How it was found').fill('Seen in the register.');
  const evidence_ids = [await record(work, 'qgis')];
  const met = { outcome: 'met', reason: 'It is so.', evidence_ids };
  const answer = await sendDecision({ ...work, key: second.key }, 'cs', 'country', met);
  assert.equal(answer.status, 201, answer.text);
  await page.reload();
  await page.getByText('Sam Second decided this check since you began.').waitFor();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await page.getByRole('button', { name: 'Decide anew' }).waitFor();
  assert.equal(await page.evaluate('Object.keys(localStorage).join()'), '');
});

test('a decision by keyboard waits for a second person, where the rules ask for one', async () => {
  await page.getByRole('heading', { level: 1 }).focus();
  for (let step = 0; !page.url().endsWith('check=due_diligence'); step += 1) {
    assert.ok(step < 20, 'The check is never reached.');
    await page.keyboard.press('j');
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('All of it fits together.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Somebody else reviews this').waitFor();
  const { status, decision } = await getRequirement(work, 'cs', 'due_diligence');
  assert.deepEqual([status, decision?.decided_by.id], ['in_review', first.user_id]);
});

test('the second person agrees by keyboard, and the validation is active', async () => {
  const other = await open(`${path}?check=due_diligence`, { user_id: second.user_id });
  await other.getByRole('heading', { name: 'Review', exact: true }).waitFor();
  await other.keyboard.press('r');
  assert.ok(await other.getByRole('radio', { name: 'Disagree' }).isChecked());
  await other.getByRole('heading', { name: 'Due diligence' }).focus();
  await other.keyboard.press('a');
  assert.ok(await other.getByRole('radio', { name: 'Agree', exact: true }).isChecked());
  await other.keyboard.type('I come to the same.');

  // Meanwhile the first has begun to decide something anew.
  await page.keyboard.press('k');
  await page.getByRole('link', { name: 'Country' }).click();
  await page.getByRole('button', { name: 'Decide anew' }).click();
  await page.getByLabel('How it was found').fill('Looked once more.');

  await other.getByLabel('Why').press('Control+Enter');
  await untilSaid(other, 'Due diligence: Agreed.');
  await other.getByText('Validated', { exact: true }).waitFor();
  assert.equal((await findShown(server, organization_id, 'cs'))?.status, 'active');
  await other.close();
});

test('where a colleague was faster the server says why not, and what was typed stays', async () => {
  await page.getByLabel('Failed').check();
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await page.getByRole('alert').getByText('The validation is not being worked on.').waitFor();
  await page.getByText('Nothing to do').waitFor();
  const reason = page.getByLabel('How it was found');
  assert.equal(await reason.inputValue(), 'Looked once more.');
  await page.reload();
  assert.equal(await reason.inputValue(), 'Looked once more.');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
});

test('evidence is withdrawn with a reason, which opens what stood on it', async () => {
  await page.getByRole('link', { name: 'Identity of the organization' }).click();
  await page.getByRole('button', { name: /^Withdraw .* Entry 24256790/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw this evidence?' });
  await dialog.getByText('CS identity').waitFor();
  await dialog.getByRole('button', { name: 'Withdraw the evidence' }).click();
  await dialog.locator('textarea:focus[aria-invalid="true"]').waitFor();
  await page.keyboard.type('Another company of that name.');
  await page.keyboard.press('Control+Enter');
  await untilSaid(page, 'The evidence is withdrawn. Open again:');
  const [piece] = (await listEvidence()).filter(({ withdrawal }) => withdrawal !== undefined);
  assert.equal(piece?.withdrawal?.reason, 'Another company of that name.');
  assert.equal((await findShown(server, organization_id, 'cs'))?.status, 'pending');
});

test('the profile is kept, and a validation is rejected with reasons that stand one per line', async () => {
  await page.getByRole('button', { name: 'Edit profile' }).click();
  const profile = page.getByRole('dialog', { name: 'Edit profile' });
  await profile.getByLabel('LEI').fill('much too long for an identifier of that kind');
  await profile.getByRole('button', { name: 'Save profile' }).click();
  await profile.locator('input:focus[aria-invalid="true"]').waitFor();
  await profile.getByLabel('LEI').fill('');
  await profile.getByLabel('Registration number').fill('24256790');
  await profile.getByRole('button', { name: 'Save profile' }).click();
  await untilSaid(page, 'The profile is saved.');
  const profile_path = `/vetting/v1/organization/${organization_id}/profile`;
  const answer = await server.send('GET', profile_path, { key: first.key });
  assert.equal(answer.json<{ registration_number: string }>().registration_number, '24256790');

  await page.getByRole('button', { name: 'Reject' }).click();
  const rejection = page.getByRole('dialog', { name: /^Reject .*Worked Through A\/S.*, CS\?$/ });
  await rejection.getByLabel('Reasons').fill('The company is another one.\n\nNobody answers.');
  await rejection.getByRole('button', { name: 'Reject the validation' }).click();
  await untilSaid(page, 'CS: rejected.');
  const { work: state, rejection: told } = await getRequirements(work, 'cs');
  assert.deepEqual(
    [state, told?.reasons],
    ['rejected', ['The company is another one.', 'Nobody answers.']],
  );
});

test('who administers sees how it stands, and nothing to change it by', async () => {
  const administrator = await open(path);
  await administrator.getByRole('heading', { name: 'Organization details' }).waitFor();
  await administrator.getByText('Nobody answers.').waitFor();
  for (const name of ['Decide', 'Record evidence', 'Assign', 'Reject', 'Edit profile']) {
    assert.equal(await administrator.getByRole('button', { name }).count(), 0, name);
  }
  assert.equal(await administrator.getByRole('heading', { name: 'Evidence' }).count(), 0);
  await administrator.close();
});
