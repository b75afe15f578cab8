/**
 * The way of a verified contact, whole: an organization is created for `ev` in a live account, the mail
 * arrives at a real mail server, its link is opened in a browser without scripts, and the answer shows.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { TEXT_LOCALES, TEXTS } from '../packages/server/src/domain/texts/index.ts';
import { startServer } from '../packages/server/test/harness.ts';
import { listEvents } from '../packages/server/test/people.ts';
import { startMailServer } from '../packages/server/test/smtp-server.ts';
import {
  createSubmitted,
  getContact,
  person,
  rolesOf,
  showOrganization,
  submission,
} from '../packages/server/test/verified-people.ts';
import { startBrowser } from './browser.ts';

const mailServer = await startMailServer();
const settings = { seed: 'none' as const, smtp_url: mailServer.url };
const server = await startServer(settings);
await server.send('PUT', '/vetting/v1/account/settings', {
  body: { allow_non_user_verified_contacts: true },
});
const browser = await startBrowser();

/** A browser window, what it has asked for, and what it complained of. */
interface Window {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** A window of a browser that asks for French, and runs no scripts. */
async function openWindow(
  options: { colorScheme?: 'light' | 'dark'; viewport?: { width: number; height: number } } = {},
): Promise<Window> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'fr-FR',
    ...options,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  return { page, requests, complaints };
}

/** Nothing was asked of anybody else, and no policy kept the page from anything. */
function assertKeptToItself({ requests, complaints }: Window): void {
  assert.ok(requests.length > 0);
  assert.deepEqual([...new Set(requests.map((url) => new URL(url).origin))], [server.origin]);
  assert.deepEqual(complaints, []);
}

/** The link in the mail that has arrived for somebody. */
async function receiveLink(address: string): Promise<string> {
  for (;;) {
    const mail = mailServer.mails.find(({ envelope }) => envelope.to.includes(address));
    if (mail !== undefined) {
      const link = mail.text.split(/\r?\n/).find((line) => line.startsWith(server.origin));
      assert.ok(link, mail.text);
      return link;
    }
    await wait(20);
  }
}

let people = 0;

/** Creates an organization for which one person is asked. */
async function ask(name: string, changes: Record<string, unknown> = {}) {
  people += 1;
  const email = `person${people}@example.org`;
  const id = await createSubmitted(
    server,
    name,
    submission('ev', person('Vera', { email, ...changes })),
  );
  return { id, link: await receiveLink(email) };
}

function headingOf(page: Page): Promise<string> {
  return page.getByRole('heading', { level: 1 }).innerText();
}

test('a German contact reads German, confirms by a click, and the organization shows it', async () => {
  const { id, link } = await ask('Gewürzmühle Nord GmbH', { language_id: 'de' });
  const window = await openWindow();
  const { page } = window;
  await page.goto(link);
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  assert.equal(await headingOf(page), TEXTS.de.page.title);
  assert.ok(await page.getByText('Gewürzmühle Nord GmbH').first().isVisible());
  await page.getByRole('button', { name: 'Ja, ich bestätige' }).click();
  assert.equal(await headingOf(page), TEXTS.de.results.confirmed);
  assert.equal(page.url(), link);
  await page.reload();
  assert.equal(await headingOf(page), TEXTS.de.results.confirmed);
  assert.equal(await page.getByRole('button').count(), 0);
  const [contact] = (await showOrganization(server, id)).verified_contacts ?? [];
  assert.ok(contact);
  assert.deepEqual(rolesOf(contact), ['EV active', 'EV_CS active']);
  assertKeptToItself(window);
  const actionsOf = async (object_type: string, object_id: number) =>
    (await listEvents(server, object_type, object_id)).map(({ action }) => action);
  // The server notes that the mail was taken a moment after the mail server has it.
  while ((await actionsOf('organization', id)).length < 2) {
    await wait(20);
  }
  assert.deepEqual(await actionsOf('organization', id), ['organization_created', 'mail_sent']);
  assert.deepEqual(await actionsOf('verified_contact', contact.id), [
    'verified_contact_requested',
    'verified_contact_confirmed',
    'verified_contact_request_approved',
  ]);
});

test('a contact who declines with a reason is thanked, and the reason is kept', async () => {
  const { id, link } = await ask('Declined in a browser');
  const window = await openWindow();
  const { page } = window;
  await page.goto(link);
  assert.equal(await headingOf(page), TEXTS.fr.page.title);
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByLabel('Reason for declining').fill('I have never\nheard of them.');
  await page.getByRole('button', { name: 'No, I decline' }).click();
  assert.equal(await headingOf(page), TEXTS.en.results.declined);
  const contact = await getContact(server, id);
  assert.equal(contact.confirmations[0]?.reason, 'I have never\nheard of them.');
  assert.deepEqual(rolesOf(contact), ['EV declined', 'EV_CS declined']);
  assertKeptToItself(window);
});

/** What has the focus, in words, and whether it shows. */
const FOCUS = `(() => {
  const { activeElement: element } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return { text: element.textContent, name: element.id, outline: outlineStyle + ' ' + outlineWidth };
})()`;

test('the keyboard alone reaches everything in order, shows where it is, and answers', async () => {
  const { id, link } = await ask('Answered by keys', { language_id: 'es' });
  const { page } = await openWindow();
  await page.goto(link);
  const stops: string[] = [];
  const { confirm, decline } = TEXTS.es.page;
  while (!stops.includes(decline) && stops.length < 20) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<{ text: string; name: string; outline: string }>(FOCUS);
    assert.equal(focus.outline, 'solid 3px', focus.text);
    stops.push(focus.name || focus.text);
  }
  const languages = ['English', 'Deutsch', 'Español', 'Français', '日本語'];
  assert.deepEqual(stops, [...languages, confirm, 'reason', decline]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: TEXTS.es.results.confirmed }).waitFor();
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
});

test('a form that is no answer comes back with what was typed, and can be sent again', async () => {
  const { link } = await ask('Sent twice in a browser', { language_id: 'en' });
  const { page } = await openWindow();
  await page.goto(link);
  const reason = page.getByLabel(TEXTS.en.page.reason);
  // A browser keeps nobody from sending more; only typing ends at the limit.
  await page.evaluate(`document.getElementById('reason').removeAttribute('maxlength')`);
  await reason.fill('x'.repeat(1001));
  await page.getByRole('button', { name: TEXTS.en.page.decline }).click();
  assert.match(await page.getByRole('alert').innerText(), /1,000 characters/);
  assert.equal(await reason.inputValue(), 'x'.repeat(1001));
  await reason.fill('Shorter.');
  await page.getByRole('button', { name: TEXTS.en.page.decline }).click();
  assert.equal(await headingOf(page), TEXTS.en.results.declined);
});

/** Every element that has text of its own, with its colour and that of what it stands on. */
const COLOURS = `[...document.querySelectorAll('body *')].flatMap((element) => {
  const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!hasText) return [];
  let ground = element;
  while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
  const colours = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
  return [{ text: element.textContent.trim(), colours }];
})`;

/** Relative luminance of `rgb(…)` (WCAG 2.2). */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(colours: readonly [string, string]): number {
  const [darker = 0, lighter = 0] = colours.map(luminanceOf).sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every text has a contrast of at least 7:1, and fits 320 pixels (${colorScheme})`, async () => {
    const { link } = await ask(`Donaudampfschifffahrtsgesellschaft ${colorScheme} GmbH & Co. KG`);
    const window = await openWindow({ colorScheme, viewport: { width: 320, height: 640 } });
    const { page } = window;
    const check = async (where: string) => {
      const found = await page.evaluate<{ text: string; colours: [string, string] }[]>(COLOURS);
      assert.ok(found.length > 5, where);
      for (const { text, colours } of found) {
        assert.ok(contrastOf(colours) >= 7, `${where}: ${text}: ${colours.join(' on ')}`);
      }
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, where);
    };
    for (const locale of TEXT_LOCALES) {
      await page.goto(`${link}?language=${locale}`);
      await check(locale);
    }
    await page.goto(`${server.origin}/confirm/unknown?language=en`);
    await check('unknown');
    await page.goto(`${link}?language=en`);
    await page.getByRole('button', { name: TEXTS.en.page.confirm }).click();
    await check('confirmed');
    // The browser tells of every 404 there is.
    const complaints = window.complaints.filter((text) => !text.includes('404'));
    assertKeptToItself({ ...window, complaints });
  });
}
