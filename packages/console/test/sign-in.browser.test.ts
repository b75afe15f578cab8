/**
 * How people get in, in a browser: by an invitation, a password and a passkey or an app, through a
 * provider; and what they sign in with afterwards.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeSignInLink } from '../../server/src/operations/sign-in-links.ts';
import {
  codeAt,
  createEnrolled,
  createPerson,
  fromBase32,
  PASSWORD,
  type Person,
  WRONG_PASSWORD,
} from '../../server/test/credentials.ts';
import { startProvider } from '../../server/test/openid-provider.ts';
import { createUser } from '../../server/test/people.ts';
import { assertAccessible, startConsole } from './console.ts';

const EMAIL = 'through.provider@example.com';
const provider = await startProvider('http://127.0.0.1/access/openid/callback', {
  subject: 'somebody',
  email: EMAIL,
  email_verified: true,
});
const { issuer, client_id, client_secret } = provider;
const openid = { issuer, client_id, client_secret, name: 'Example login' };
const { server, open } = await startConsole({ openid });

/** What everybody here may see: the divisions to order for are the start of who may little. */
const STANDARD_USER = { access_roles: [{ id: 3 }] };

/** A browser that has a key to confirm people by, and somebody who always touches it. */
async function giveAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Opens the link that somebody was invited by. */
async function openInvitation(page: Page, { id, account_id }: Person): Promise<void> {
  const link = await makeSignInLink(server.app.environment, account_id, id, 'enrolment');
  assert.ok(link);
  await page.goto(`${new URL(page.url()).origin}/sign-in${new URL(link).hash}`);
  await page.getByRole('heading', { name: 'Choose how you sign in' }).waitFor();
}

async function choosePassword(page: Page): Promise<void> {
  await page.getByLabel(/^Password( \*)?$/).fill(PASSWORD);
  await page.getByLabel('Password once more').fill(PASSWORD);
  await page.getByRole('button', { name: 'Save the password' }).click();
}

async function givePassword(page: Page, { username }: Person, password: string): Promise<void> {
  await page.getByLabel('User name or email').fill(username);
  await page.getByLabel(/^Password( \*)?$/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.locator('header summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

const untilIn = (page: Page) => page.getByRole('navigation', { name: 'Main' }).waitFor();

test('who is invited chooses a password and a passkey, and signs in by them', async () => {
  const page = await open('/', { user_id: 0, isByName: true });
  await giveAuthenticator(page);
  const person = await createPerson(server, STANDARD_USER);
  await openInvitation(page, person);
  await assertAccessible(page);
  await page.getByLabel(/^Password( \*)?$/).fill('too short');
  await page.getByLabel('Password once more').fill('too short');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page
    .getByText(/must have at least 12|12 characters or more|at least 12 char/i)
    .last()
    .waitFor();
  await choosePassword(page);
  await page.getByText('The password is saved.').waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await untilIn(page);
  await signOut(page);
  await givePassword(page, person, PASSWORD);
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await untilIn(page);
});

test('an authenticator app is set up by the key that the page shows, and signs in', async () => {
  const page = await open('/', { user_id: 0 });
  const person = await createPerson(server, STANDARD_USER);
  await openInvitation(page, person);
  await choosePassword(page);
  await page.getByRole('button', { name: 'Use an authenticator app' }).click();
  await page.getByRole('img', { name: 'QR code with the key' }).waitFor();
  const secret = fromBase32(await page.locator('code').innerText());
  await page.getByLabel('Then type the code that it shows').fill(codeAt(server, secret));
  await page.getByRole('button', { name: 'Use this app' }).click();
  await untilIn(page);
  await signOut(page);
  await givePassword(page, person, PASSWORD);
  // A code counts once, so this is the next one.
  await page.getByLabel('Code of your authenticator app').fill(codeAt(server, secret, 1));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await untilIn(page);
});

test('a wrong password and a wrong code are refused, and what was typed beside them stays', async () => {
  const page = await open('/users?search=x', { user_id: 0 });
  const person = await createEnrolled(server, { access_roles: [{ id: 1 }] });
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await assertAccessible(page);
  await givePassword(page, person, WRONG_PASSWORD);
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('User name or email').inputValue(), person.username);
  await page.getByLabel(/^Password( \*)?$/).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByLabel('Code of your authenticator app').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Code of your authenticator app').fill(codeAt(server));
  await page.keyboard.press('Enter');
  // Where they were on their way to.
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  assert.match(page.url(), /\/users\?search=x$/);
});

test('whoever was put off the way while they confirm themselves begins again, and reads why', async () => {
  const page = await open('/', { user_id: 0 });
  const person = await createEnrolled(server, STANDARD_USER);
  await givePassword(page, person, PASSWORD);
  await page.getByLabel('Code of your authenticator app').fill(codeAt(server));
  await server.send('DELETE', `/access/v1/user/${person.id}/session`);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByRole('alert').getByText('The sign-in was refused.').waitFor();
  await givePassword(page, person, WRONG_PASSWORD);
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByRole('alert').count(), 1);
});

test('what somebody signs in with is removed without the password, but for the last', async () => {
  const person = await createEnrolled(server, STANDARD_USER);
  const page = await open('/my-sign-in', { user_id: person.id, isByName: true });
  await giveAuthenticator(page);
  const dialog = page.getByRole('dialog');
  const removeApp = async () => {
    await page.getByRole('button', { name: 'Remove the authenticator app' }).click();
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  };
  await removeApp();
  await dialog.getByText('The last second factor stays.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByLabel('Current password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('row', { name: /^My passkey/ }).waitFor();
  await removeApp();
  await page.getByText('The authenticator app is removed.').waitFor();
  await page.getByRole('button', { name: 'Remove the passkey “My passkey”' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog.getByText('The last second factor stays.').waitFor();
});

test('somebody signs in through the provider', async () => {
  await createUser(server, { username: 'through.provider', email: EMAIL, ...STANDARD_USER });
  const page = await open('/', { user_id: 0, elsewhere: [issuer] });
  await page.getByRole('link', { name: 'Sign in with Example login' }).click();
  await untilIn(page);
});

test('somebody sees where they are signed in, and ends what they do not know', async () => {
  const person = await createEnrolled(server, { access_roles: [{ id: 1 }] });
  const elsewhere = await open('/users', { user_id: person.id });
  const page = await open('/my-sign-in', { user_id: person.id });
  const sessions = page.getByRole('table', { name: 'Your sessions' });
  await sessions.getByText('This one').waitFor();
  await assertAccessible(page);
  await sessions.getByRole('button', { name: /^End the session of/ }).click();
  await page.getByText('The session has ended.').waitFor();
  await elsewhere.reload();
  await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a password is changed by who knows it, and every other session ends', async () => {
  const person = await createEnrolled(server, { access_roles: [{ id: 1 }] });
  const elsewhere = await open('/users', { user_id: person.id });
  const page = await open('/my-sign-in', { user_id: person.id });
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  const chosen = 'another long and easy one';
  await dialog.getByLabel('Current password').fill(WRONG_PASSWORD);
  await dialog.getByLabel('New password').fill(chosen);
  await dialog.getByLabel('Password once more').fill(chosen);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('is not the password of the user').waitFor();
  await dialog.getByLabel('Current password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('The password is changed.').waitFor();
  await elsewhere.reload();
  await givePassword(elsewhere, person, chosen);
  await elsewhere.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
});
