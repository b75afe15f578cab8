/**
 * The pages behind the links of confirmation mails over HTTP: to look changes nothing, the form answers,
 * in which language they are, and what they tell browsers, caches and logs.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { pino } from 'pino';
import { TEXT_LOCALES, TEXTS, type TextLocale } from '../src/domain/texts/index.ts';
import { buildHttpServer } from '../src/http/server.ts';
import { type Environment, StoreUnavailable } from '../src/operations/context.ts';
import { readText } from './confirmation-views.ts';
import { startServer } from './harness.ts';
import { listEvents } from './people.ts';
import { readTables } from './stored-texts.ts';
import {
  contactPath,
  createSubmitted,
  getContact,
  getLink,
  listContacts,
  person,
  rolesOf,
  submission,
  tokenOf,
} from './verified-people.ts';

const server = await startServer();

/** A link whose form is the right one, but which nobody was sent. */
const UNKNOWN_LINK = `${server.origin}/confirm/1-${'A'.repeat(43)}`;

interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

async function load(link: string, init: RequestInit = {}): Promise<Page> {
  const answer = await fetch(link, { redirect: 'manual', ...init });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

function post(link: string, form: string | Record<string, string>): Promise<Page> {
  const body = typeof form === 'string' ? form : new URLSearchParams(form);
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return load(link, { method: 'POST', headers, body });
}

/** An organization for which one person is asked for EV. */
async function ask(name: string, changes: Record<string, unknown> = {}) {
  const id = await createSubmitted(server, name, submission('ev', person('Vera', changes)));
  return { id, link: await getLink(server, id) };
}

/** The language of a page that is in one language throughout. */
function languageOf({ html, headers }: Page): string {
  const language = /<html lang="(\w+)">/.exec(html)?.[1] ?? '';
  assert.equal(headers.get('content-language'), language);
  const headings = TEXT_LOCALES.filter((locale) => html.includes(`<h1>${headingOf(locale)}</h1>`));
  assert.deepEqual(headings, [language]);
  return language;
}

const headingOf = (locale: TextLocale) => TEXTS[locale].page.title;

function assertShows({ status, html }: Page, heading: string, expected = 200): void {
  assert.equal(status, expected, html);
  assert.ok(html.includes(`<h1>${heading}</h1>`), readText(html));
}

const { page: page_texts, results, faults } = TEXTS.en;

test('a link that is looked at, however often and by whatever means, changes nothing', async () => {
  const { link } = await ask('Only looked at');
  const before = await readTables(server);
  for (let time = 0; time < 3; time += 1) {
    assertShows(await load(link), page_texts.title);
    assertShows(await load(`${link}/?language=de&answer=confirm`), TEXTS.de.page.title);
    const head = await load(link, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.html, '');
  }
  const after = await readTables(server);
  for (const table of ['confirmations', 'verified_contact_roles', 'approval_requests', 'events']) {
    assert.equal(withoutSeals(after.get(table)), withoutSeals(before.get(table)), table);
  }
});

/** Rows without what the background adds to events by and by. */
function withoutSeals(rows = ''): string {
  return rows.replaceAll(/,"sequence":\d+,"hash":"[0-9a-f]*"/g, '');
}

test('to confirm leads back to the page, which says so from then on', async () => {
  const { id, link } = await ask('Confirmed on its page');
  const answer = await post(link, { answer: 'confirm' });
  assert.equal(answer.status, 303);
  assert.equal(answer.html, '');
  const location = answer.headers.get('location') ?? '';
  assert.equal(new URL(location, server.origin).href, link);
  for (let time = 0; time < 2; time += 1) {
    assertShows(await load(link), results.confirmed);
  }
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
});

test('to decline keeps the reason as it was typed, in any script and over several lines', async () => {
  const { id, link } = await ask('Declined on its page');
  const reason = 'Ich bin nicht\r\n„zuständig“ <b>&amp;\u{1F512}';
  assert.equal((await post(link, { answer: 'decline', reason })).status, 303);
  assertShows(await load(link), results.declined);
  const contact = await getContact(server, id);
  assert.equal(contact.confirmations[0]?.reason, 'Ich bin nicht\n„zuständig“ <b>&amp;\u{1F512}');
  assert.deepEqual(rolesOf(contact), ['EV declined', 'EV_CS declined']);
});

test('the longest reason fits, whatever its characters', async () => {
  const { id, link } = await ask('Declined at length');
  const reason = '\u{1F512}'.repeat(1000);
  assert.equal((await post(link, { answer: 'decline', reason })).status, 303);
  assert.equal((await getContact(server, id)).confirmations[0]?.reason, reason);
});

test('an answer that is sent twice counts once, and a second one changes nothing', async () => {
  const { id, link } = await ask('Sent twice');
  for (const answer of ['confirm', 'confirm', 'decline']) {
    assert.equal((await post(link, { answer })).status, 303);
    assertShows(await load(link), results.confirmed);
  }
  const contact = await getContact(server, id);
  const actions = (await listEvents(server, 'verified_contact', contact.id)).map(
    ({ action }) => action,
  );
  assert.equal(actions.filter((action) => action === 'verified_contact_confirmed').length, 1);
  assert.ok(!actions.includes('verified_contact_declined'));
});

test('an answer is recorded with its request, and with nobody as its actor', async () => {
  const { id, link } = await ask('Recorded with its request');
  const answer = await post(link, { answer: 'confirm' });
  const contact = await getContact(server, id);
  const event = (await listEvents(server, 'verified_contact', contact.id)).find(
    ({ action }) => action === 'verified_contact_confirmed',
  );
  assert.equal(event?.request_id, answer.headers.get('x-request-id'));
  assert.equal(event?.ip_address, '127.0.0.1');
  assert.equal(event?.actor_user_id, 0);
});

test('what is no answer is refused by the page that offers both again', async () => {
  const { id, link } = await ask('Not answered');
  const multipart =
    '--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\nconfirm\r\n--x--\r\n';
  for (const form of [
    '',
    'answer=yes',
    'answer=confirm&answer=decline',
    '{"answer":"confirm"}',
    '%',
    multipart,
  ]) {
    const page = await post(link, form);
    assertShows(page, page_texts.title, 400);
    assert.ok(page.html.includes(page_texts.no_answer), form);
    assert.equal(page.html.match(/<form /g)?.length, 2);
  }
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV pending', 'EV_CS pending']);
});

test('a reason that is too long is given back to be shortened', async () => {
  const { id, link } = await ask('Too long');
  const page = await post(link, { answer: 'decline', reason: '<'.repeat(1001) });
  assertShows(page, page_texts.title, 400);
  assert.ok(page.html.includes(page_texts.reason_too_long));
  assert.ok(page.html.includes(`>\n${'&lt;'.repeat(1001)}</textarea>`));
  const larger = await post(link, { answer: 'decline', reason: 'x'.repeat(20_000) });
  assertShows(larger, page_texts.title, 413);
  assert.ok(larger.html.includes(page_texts.reason_too_long));
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV pending', 'EV_CS pending']);
});

test('a form whose Content-Type is malformed is offered again', async () => {
  const { link } = await ask('Malformed');
  const headers = { 'Content-Type': 'a b c' };
  const page = await load(link, { method: 'POST', headers, body: 'answer=confirm' });
  assert.ok([400, 415].includes(page.status), String(page.status));
  assertShows(page, page_texts.title, page.status);
});

test('a link that nobody was sent is answered with a page that says so', async () => {
  const { link } = await ask('Next to unknown ones');
  for (const unknown of [
    UNKNOWN_LINK,
    link.slice(0, -1),
    `${link}x`,
    `${link}/more`,
    `${server.origin}/confirm`,
    `${server.origin}/confirm/`,
    `${server.origin}/confirm/%F0%9F%94%92`,
    `${server.origin}/confirm/1-${'A'.repeat(12_000)}`,
  ]) {
    assertShows(await load(unknown), faults.unknown, 404);
    assertShows(await post(unknown, { answer: 'confirm' }), faults.unknown, 404);
  }
  assertShows(await post(UNKNOWN_LINK, 'nonsense'), faults.unknown, 404);
  assertShows(await load(link, { method: 'PUT' }), faults.unknown, 404);
  assertShows(await load(link), page_texts.title);
});

test('the page is in the language that was chosen on it, before all others', async () => {
  const { link } = await ask('Chosen', { language_id: 'ja' });
  for (const locale of TEXT_LOCALES) {
    const headers = { 'Accept-Language': 'fr' };
    assert.equal(languageOf(await load(`${link}?language=${locale}`, { headers })), locale);
  }
});

test('else the page is in the language of the contact, whatever the browser asks for', async () => {
  for (const [language_id, locale] of [
    ['de', 'de'],
    ['5', 'ja'],
  ]) {
    const { link } = await ask(`Known to speak ${locale}`, { language_id });
    const headers = { 'Accept-Language': 'fr' };
    assert.equal(languageOf(await load(link, { headers })), locale);
    assert.equal(languageOf(await load(`${link}?language=tlh`)), locale);
  }
});

test('else the page is in the language that the browser likes most, and at last in English', async () => {
  const { link } = await ask('Of unknown language');
  for (const [header, locale] of [
    ['it, es-MX;q=0.5, fr;q=0.4', 'es'],
    ['de;q=0, fr;q=0.1', 'fr'],
    ['zh-CN, *', 'en'],
    ['', 'en'],
  ] as const) {
    const headers = { 'Accept-Language': header };
    assert.equal(languageOf(await load(link, { headers })), locale, header);
  }
  const { link: italian } = await ask('Without texts', { language_id: 'it' });
  const headers = { 'Accept-Language': 'fr' };
  assert.equal(languageOf(await load(italian, { headers })), 'fr');
});

test('a language that was chosen is kept through an answer', async () => {
  const { link } = await ask('Kept language');
  const refused = await post(`${link}?language=es`, '');
  assertShows(refused, TEXTS.es.page.title, 400);
  const answer = await post(`${link}?language=es`, { answer: 'confirm' });
  const location = answer.headers.get('location') ?? '';
  assertShows(await load(new URL(location, server.origin).href), TEXTS.es.results.confirmed);
  const forged = await post(`${link}?language=%0d%0aX:y`, { answer: 'confirm' });
  assert.equal(new URL(forged.headers.get('location') ?? '', server.origin).href, link);
});

test('every page, error and redirect tells browsers and caches to keep it to themselves', async () => {
  const { link } = await ask('With its headers');
  const pages = [
    await load(link),
    await load(UNKNOWN_LINK),
    await load(`${server.origin}/confirm/a/b`),
    await post(link, ''),
    await post(link, 'x'.repeat(20_000)),
    await post(link, { answer: 'decline' }),
  ];
  assert.deepEqual(
    pages.map(({ status }) => status),
    [200, 404, 404, 400, 413, 303],
  );
  for (const { status, headers } of pages) {
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 's/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.match(headers.get('x-robots-tag') ?? '', /noindex/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('set-cookie'), null);
    assert.ok(headers.get('x-request-id'));
    if (status !== 303) {
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    }
  }
});

test('the policy lets in the styles of the page and nothing else', async () => {
  const { headers, html } = await load(UNKNOWN_LINK);
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  assert.deepEqual((headers.get('content-security-policy') ?? '').split('; ').sort(), [
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `style-src 'sha256-${digest}'`,
  ]);
});

test('the others of a request are told that it is approved, and may confirm all the same', async () => {
  const people = [person('Ann'), person('Ben')];
  const id = await createSubmitted(server, 'Asked of two', submission('cs', ...people));
  const [first, second] = [
    await getLink(server, id, 'ann@example.com'),
    await getLink(server, id, 'ben@example.com'),
  ];
  assert.ok(!(await load(second)).html.includes(page_texts.approved_by_other));
  await post(first, { answer: 'confirm' });
  const page = await load(second);
  assertShows(page, page_texts.title);
  assert.ok(page.html.includes(page_texts.approved_by_other));
  await post(second, { answer: 'confirm' });
  const contacts = await listContacts(server, id);
  assert.deepEqual(contacts.map(rolesOf), [['CS active'], ['CS active']]);
});

test('whoever was withdrawn is told so, and cannot answer', async () => {
  const { id, link } = await ask('Withdrawn');
  const path = `${contactPath(id, (await getContact(server, id)).id)}/withdraw`;
  const withdrawal = await server.send('PUT', path, { body: { reason: 'Has left.' } });
  assert.equal(withdrawal.status, 204);
  assertShows(await load(link), results.withdrawn);
  assert.equal((await post(link, { answer: 'confirm' })).status, 303);
  assertShows(await load(link), results.withdrawn);
});

test('a link that has run out says so, and answers nothing', async () => {
  const held = await startServer();
  const id = await createSubmitted(held, 'Run out', submission('ev', person('Vera')));
  const link = await getLink(held, id);
  held.clock.moveTo('2026-12-21T12:00:00Z');
  assertShows(await load(link), results.expired);
  assert.equal((await post(link, { answer: 'confirm' })).status, 303);
  const page = await load(link);
  assertShows(page, results.expired);
  assert.ok(readText(page.html).includes('December 21, 2026 at 12:00 UTC'));
  assert.deepEqual(rolesOf(await getContact(held, id)), ['EV pending', 'EV_CS pending']);
});

/** Asks a server whose database fails at everything. @returns its answer, and what it logged */
async function askBroken(error: Error, link: string, method: 'GET' | 'POST') {
  const { environment } = server.app;
  const fail = () => Promise.reject(error);
  const store = {
    ...environment.store,
    reader: { ...environment.store.reader, all: fail, first: fail, find: fail },
    transaction: fail,
  } as Environment['store'];
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  const broken = await buildHttpServer({ ...environment, store }, { version: '0', log });
  const answer = await broken.inject({
    method,
    url: new URL(link).pathname,
    ...(method === 'POST' && { payload: 'answer=confirm' }),
  });
  const metrics = await broken.inject({ url: '/metrics' });
  await broken.close();
  return { answer, logged: lines.join('\n'), metrics: metrics.body };
}

test('where the database does not answer, the page asks to try again', async () => {
  for (const method of ['GET', 'POST'] as const) {
    const { answer } = await askBroken(new StoreUnavailable('gone'), UNKNOWN_LINK, method);
    assert.equal(answer.statusCode, 503);
    assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/);
    assert.ok(answer.body.includes(`<h1>${faults.unavailable}</h1>`));
    assert.equal(answer.headers['cache-control'], 'no-store');
  }
});

test('a fault of the server is a page with the number under which the log has the cause', async () => {
  const { answer, logged } = await askBroken(new Error('The disk is gone'), UNKNOWN_LINK, 'GET');
  assert.equal(answer.statusCode, 500);
  assert.doesNotMatch(answer.body, /disk/);
  const { request_id, err } = JSON.parse(logged);
  assert.equal(err.message, 'The disk is gone');
  assert.ok(answer.body.includes(request_id));
});

test('no token stands in a log or a metric, also where something fails', async () => {
  const { link } = await ask('Kept secret');
  for (const method of ['GET', 'POST'] as const) {
    const { logged, metrics } = await askBroken(new Error('Anything'), link, method);
    assert.match(logged, /Anything/);
    assert.match(metrics, /route="\/confirm\/:token"/);
    assert.ok(!`${logged}${metrics}`.includes(tokenOf(link)));
  }
});
