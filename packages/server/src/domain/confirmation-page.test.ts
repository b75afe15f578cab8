// Proves what the page says in every state and language, that it works without scripts and asks nobody
// else for anything, and that nothing that somebody wrote changes its structure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  EVERY_LOCALE,
  exampleView,
  hostileView,
  LEFTOVER,
  listTags,
  readText,
} from '../../test/confirmation-views.ts';
import type { ConfirmationState } from './confirmation.ts';
import { type PageSubject, renderConfirmationPage } from './confirmation-page.ts';
import { TEXTS, type TextLocale } from './texts/index.ts';

function confirmation(state: ConfirmationState): PageSubject {
  const answered_at =
    state === 'confirmed' || state === 'declined' ? '2026-11-22T09:03:00+00:00' : '';
  return { kind: 'confirmation', view: exampleView({ state, answered_at }) };
}

const OPEN = confirmation('open');

const SUBJECTS: Readonly<Record<string, PageSubject>> = {
  open: OPEN,
  confirmed: confirmation('confirmed'),
  declined: confirmation('declined'),
  expired: confirmation('expired'),
  withdrawn: confirmation('withdrawn'),
  unknown: { kind: 'unknown' },
  unavailable: { kind: 'unavailable' },
  internal: { kind: 'internal', request_id: 'ab12cd-3' },
};

/** How each language writes 2026-11-22T09:03:00Z. */
const ANSWERED = {
  en: 'November 22, 2026 at 09:03 UTC',
  de: '22. November 2026 um 09:03 UTC',
  es: '22 de noviembre de 2026 a las 09:03 UTC',
  fr: '22 novembre 2026 à 09:03 UTC',
  ja: '2026年11月22日 09:03 UTC',
};

function headingOf(subject: PageSubject, locale: TextLocale): string {
  const html = renderConfirmationPage(subject, locale);
  const [heading, ...more] = [...html.matchAll(/<h1>([^<]*)<\/h1>/g)].map(([, text]) => text);
  assert.deepEqual(more, []);
  assert.ok(heading);
  return heading;
}

for (const [name, subject] of Object.entries(SUBJECTS)) {
  for (const locale of EVERY_LOCALE) {
    test(`the page is whole, and all of it is in its language: ${name}, ${locale}`, () => {
      const html = renderConfirmationPage(subject, locale);
      assert.match(html, new RegExp(`^<!doctype html>\n<html lang="${locale}">`));
      assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
      assert.ok(html.includes(`<title>${headingOf(subject, locale)} – `));
      assert.doesNotMatch(html, /<script|<img|<link|<iframe|src=|url\(|@import|\son\w+=|\sstyle=/i);
      assert.doesNotMatch(html, /https?:/);
      assert.doesNotMatch(readText(html), LEFTOVER);
    });
  }
}

test('every state has a heading of its own, and so has every language', () => {
  const headings = Object.values(SUBJECTS).flatMap((subject) =>
    EVERY_LOCALE.map((locale) => headingOf(subject, locale)),
  );
  assert.equal(new Set(headings).size, headings.length);
});

test('every page offers all languages by a link, and marks its own', () => {
  for (const subject of Object.values(SUBJECTS)) {
    const links = [...renderConfirmationPage(subject, 'fr').matchAll(/<a ([^>]*)>/g)];
    const expected = EVERY_LOCALE.map(
      (locale) =>
        `href="?language=${locale}" lang="${locale}" hreflang="${locale}"` +
        (locale === 'fr' ? ' aria-current="true"' : ''),
    );
    assert.deepEqual(
      links.map(([, attributes]) => attributes),
      expected,
    );
  }
});

test('only the open page can be answered: by two forms, each with one button', () => {
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    const html = renderConfirmationPage(subject, 'de');
    const forms = [...html.matchAll(/<form method="post".*?<\/form>/gs)].map(([form]) => form);
    const answers = forms.map(
      (form) => /<button [^>]*name="answer" value="(\w+)">/.exec(form)?.[1],
    );
    assert.deepEqual(answers, name === 'open' ? ['confirm', 'decline'] : [], name);
  }
  const html = renderConfirmationPage(OPEN, 'de');
  assert.match(html, /<label for="reason">/);
  assert.match(html, /<textarea id="reason" name="reason" rows="3" maxlength="1000"/);
});

for (const locale of EVERY_LOCALE) {
  const { request, results, page, asker } = TEXTS[locale];
  const who = asker('Jane Roe', 'Roe Hosting');
  const organization = 'Example Organization, LLC';

  test(`the open page says what is asked, and what confirming means (${locale})`, () => {
    const text = readText(renderConfirmationPage(OPEN, locale));
    for (const part of [
      request.asks(who, organization),
      ...['Example Assumed', '932 Prospect Street', 'John Doe', '555-555-1001'],
      request.works_for(organization),
      request.is_right,
      request.may_approve(organization),
      request.decline,
      request.for_you_alone,
      page.confirm,
      page.decline,
    ]) {
      assert.ok(text.includes(part), `${part}\nis missing in\n${text}`);
    }
  });

  test(`a page that has been answered says what, and when (${locale})`, () => {
    const confirmed = readText(renderConfirmationPage(confirmation('confirmed'), locale));
    assert.ok(confirmed.includes(results.confirmed_on(ANSWERED[locale], organization)));
    assert.ok(confirmed.includes(results.confirmed_wrongly(who)));
    const declined = readText(renderConfirmationPage(confirmation('declined'), locale));
    assert.ok(declined.includes(results.declined_on(ANSWERED[locale], organization)));
    assert.ok(declined.includes(results.declined_wrongly(who)));
  });
}

test('that another has confirmed already is said only where it is so', () => {
  const said = TEXTS.en.page.approved_by_other;
  const view = exampleView({ is_approved_by_other: true });
  assert.ok(readText(renderConfirmationPage({ kind: 'confirmation', view }, 'en')).includes(said));
  assert.ok(!readText(renderConfirmationPage(OPEN, 'en')).includes(said));
});

test('a page of nobody says nothing of anybody', () => {
  for (const name of ['unknown', 'unavailable', 'internal']) {
    const text = readText(renderConfirmationPage(SUBJECTS[name] ?? OPEN, 'en'));
    assert.doesNotMatch(text, /Roe|Doe|Example/);
  }
  const internal = readText(renderConfirmationPage(SUBJECTS.internal ?? OPEN, 'en'));
  assert.match(internal, /ab12cd-3/);
});

test('whoever has been withdrawn is shown no details any more', () => {
  const text = readText(renderConfirmationPage(confirmation('withdrawn'), 'en'));
  assert.doesNotMatch(text, /Prospect|555-555/);
});

/** The page after a form that was no answer. */
function refused(problem: 'no_answer' | 'reason_too_long', reason: string): string {
  return renderConfirmationPage({ ...OPEN, refused: { problem, reason } } as PageSubject, 'en');
}

test('a form that was no answer is offered again, with what is wrong and what was typed', () => {
  const html = refused('reason_too_long', '\nNot <me>\n& "you"');
  assert.match(html, /role="alert"/);
  assert.ok(readText(html).includes(TEXTS.en.page.reason_too_long));
  assert.match(html, /<textarea [^>]*aria-invalid="true" aria-describedby="problem hint">/);
  // The first line break behind the tag is none of the text.
  assert.match(html, />\n\nNot &lt;me&gt;\n&amp; &quot;you&quot;<\/textarea>/);
});

test('a reason is not marked as wrong where the answer is what is missing', () => {
  const html = refused('no_answer', 'typed');
  assert.ok(readText(html).includes(TEXTS.en.page.no_answer));
  assert.doesNotMatch(html, /aria-invalid=/);
  assert.match(html, />\ntyped<\/textarea>/);
});

test('nothing that anybody wrote changes the tags of the page', () => {
  const expected = listTags(refused('no_answer', 'plain'));
  fc.assert(
    fc.property(hostileView, (view) => {
      const reason = view.organization.address;
      const subject: PageSubject = {
        kind: 'confirmation',
        view,
        refused: { problem: 'no_answer', reason },
      };
      const html = renderConfirmationPage(subject, 'en');
      assert.deepEqual(listTags(html), expected);
      assert.doesNotMatch(html, /&(?!(amp|lt|gt|quot|#39);)/);
      assert.ok(html.isWellFormed());
    }),
  );
});
