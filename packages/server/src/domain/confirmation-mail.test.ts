// Proves what the mail says in every language, that plain text and HTML say the same, and that nothing
// that somebody is called can change the mail around it.
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
import { renderConfirmationMail } from './confirmation-mail.ts';
import { TEXTS } from './texts/index.ts';

const LINK = 'https://orgvet.example/confirm/1-abc';

/** How each language writes 2026-12-21T12:34:56Z. */
const EXPIRY = {
  en: 'December 21, 2026 at 12:34 UTC',
  de: '21. Dezember 2026 um 12:34 UTC',
  es: '21 de diciembre de 2026 a las 12:34 UTC',
  fr: '21 décembre 2026 à 12:34 UTC',
  ja: '2026年12月21日 12:34 UTC',
};

const COUNTRY = {
  en: 'United States',
  de: 'Vereinigte Staaten',
  es: 'Estados Unidos',
  fr: 'États-Unis',
  ja: 'アメリカ合衆国',
};

/** Both forms of a mail, as somebody reads them. */
function readBoth(...args: Parameters<typeof renderConfirmationMail>): string[] {
  const { text, html } = renderConfirmationMail(...args);
  return [text, readText(html)];
}

for (const locale of EVERY_LOCALE) {
  const { request, types } = TEXTS[locale];
  test(`the mail says who asks what of whom, and until when (${locale})`, () => {
    for (const text of readBoth(exampleView(), LINK, locale)) {
      for (const part of [
        request.asks(TEXTS[locale].asker('Jane Roe', 'Roe Hosting'), 'Example Organization, LLC'),
        ...['Example Assumed', '932 Prospect Street', 'Floor 08', 'Springfield, Virginia, 22162'],
        ...['John Doe', 'Site Reliability Engineer', '555-555-1001', COUNTRY[locale]],
        types.ev,
        request.works_for('Example Organization, LLC'),
        request.is_right,
        request.may_approve('Example Organization, LLC'),
        request.decline,
        request.until(EXPIRY[locale]),
        request.for_you_alone,
        request.ignore,
        LINK,
      ]) {
        assert.ok(text.includes(part), `${part}\nis missing in\n${text}`);
      }
      assert.doesNotMatch(text, LEFTOVER);
    }
  });

  test(`the subject names the organization, in the language of the mail (${locale})`, () => {
    const mail = renderConfirmationMail(exampleView(), LINK, locale);
    assert.equal(mail.subject, TEXTS[locale].mail.subject('Example Organization, LLC'));
    assert.equal(mail.locale, locale);
    assert.ok(mail.html.includes(`<html lang="${locale}">`));
  });
}

test('a language that there are no texts for gets English, and the mail says so', () => {
  for (const language of ['it', 'zh_CN', '']) {
    assert.deepEqual(
      renderConfirmationMail(exampleView(), LINK, language),
      renderConfirmationMail(exampleView(), LINK, 'en'),
    );
  }
});

test('where no person asks, the account does', () => {
  for (const text of readBoth(exampleView({ requester_name: '' }), LINK, 'en')) {
    assert.ok(text.includes(TEXTS.en.request.asks('Roe Hosting', 'Example Organization, LLC')));
    assert.doesNotMatch(text, /\(Roe|Jane/);
  }
});

test('what is not known of an organization or a person is left out with its label', () => {
  const { organization, contact } = exampleView();
  const view = exampleView({
    organization: { ...organization, assumed_name: '', address2: '' },
    contact: { ...contact, job_title: '', telephone: '' },
  });
  const { labels } = TEXTS.en;
  for (const text of readBoth(view, LINK, 'en')) {
    for (const label of [labels.assumed_name, labels.job_title, labels.telephone]) {
      assert.ok(!text.includes(label), label);
    }
    assert.doesNotMatch(text, /Floor|\n\n\n/);
  }
});

test('whoever is asked about EV is told of EV code signing too, and nobody of anything else', () => {
  const { types } = TEXTS.en;
  const expected = {
    ev: [types.ev, types.ev_cs],
    ev_cs: [types.ev_cs],
    cs: [types.cs],
  };
  for (const [type, told] of Object.entries(expected) as ['ev' | 'ev_cs' | 'cs', string[]][]) {
    const { text } = renderConfirmationMail(exampleView({ validation_types: [type] }), LINK, 'en');
    const lines = text.split('\n').map((line) => line.replace(/^ +- |^Certificates: /, ''));
    assert.deepEqual(
      Object.values(types).filter((words) => lines.includes(words)),
      told,
    );
  }
});

test('a name in Han, Kana or Hangul has the family first, any other the first name', () => {
  const greetings = (
    [
      ['太郎', '山田'],
      ['지우', '김'],
      ['John', 'Doe'],
      ['Наталья', 'Орлова'],
    ] as const
  ).map(([first_name, last_name]) => {
    const contact = { ...exampleView().contact, first_name, last_name };
    return renderConfirmationMail(exampleView({ contact }), LINK, 'ja').text.split('\n')[0];
  });
  assert.deepEqual(greetings, ['山田 太郎 様', '김 지우 様', 'John Doe 様', 'Наталья Орлова 様']);
});

test('the mail loads nothing, runs nothing and links to nothing but its page', () => {
  const { html } = renderConfirmationMail(exampleView(), LINK, 'en');
  assert.doesNotMatch(html, /<(script|img|link|iframe|form|object)|src=|url\(|@import/i);
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
  assert.deepEqual(links, [LINK, LINK]);
});

test('nothing that anybody is called changes the tags of the mail', () => {
  const { html } = renderConfirmationMail(exampleView(), LINK, 'en');
  fc.assert(
    fc.property(hostileView, (view) => {
      const hostile = renderConfirmationMail(view, LINK, 'en').html;
      assert.deepEqual(listTags(hostile), listTags(html));
      assert.doesNotMatch(hostile, /&(?!(amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('nothing that anybody is called adds a line to the subject or to the text', () => {
  const plain = renderConfirmationMail(exampleView(), LINK, 'en');
  fc.assert(
    fc.property(hostileView, (view) => {
      const hostile = renderConfirmationMail(view, LINK, 'en');
      assert.doesNotMatch(hostile.subject, /[\p{Cc}\u2028-\u202E\u2066-\u2069]/u);
      assert.equal(hostile.text.split(/[\r\n\u2028\u2029]/).length, plain.text.split('\n').length);
      assert.ok(hostile.subject.isWellFormed() && hostile.text.isWellFormed());
    }),
  );
});

test('a name is read as it was written, in both forms', () => {
  const name = 'Smith & Söhne <"Ltd"> \'株式会社\'';
  const view = exampleView({ organization: { ...exampleView().organization, name } });
  for (const text of readBoth(view, LINK, 'en')) {
    assert.ok(text.includes(name), text);
  }
});

test('a link with characters that mean something in HTML stays one link', () => {
  const link = "https://orgvet.example/confirm/1-a?b=\"><b>&c='d'";
  const { text, html } = renderConfirmationMail(exampleView(), link, 'en');
  assert.ok(text.includes(`\n${link}\n`));
  assert.ok(readText(html).includes(link));
  assert.doesNotMatch(html, /<b>/);
});
