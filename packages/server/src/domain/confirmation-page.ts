/**
 * The page behind the link of a confirmation mail, whole: what is asked and the two answers, how it was
 * answered, or why there is nothing to show. It works without scripts and asks nobody else for anything.
 */
import { type ConfirmationView, DECLINE_REASON_MAX_LENGTH } from './confirmation.ts';
import { type ConfirmationDetails, describeConfirmation } from './confirmation-details.ts';
import type { FormProblem } from './confirmation-form.ts';
import { PAGE_STYLE } from './confirmation-page-style.ts';
import { escapeHtml, paragraph } from './html.ts';
import { LANGUAGE_NAMES, TEXT_LOCALES, TEXTS, type TextLocale, type Texts } from './texts/index.ts';
import { type Detail, renderLines } from './wording.ts';

/** An answer that could not be taken, with what had been typed. */
export interface RefusedForm {
  readonly problem: FormProblem;
  readonly reason: string;
}

/** What a page can be about. */
export type PageSubject =
  | {
      readonly kind: 'confirmation';
      readonly view: ConfirmationView;
      readonly refused?: RefusedForm;
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'internal'; readonly request_id: string };

export function renderConfirmationPage(subject: PageSubject, locale: TextLocale): string {
  const texts = TEXTS[locale];
  return subject.kind === 'confirmation'
    ? renderDocument(describeSubject(subject.view, locale, subject.refused), locale)
    : renderDocument(describeFault(subject, texts), locale);
}

/** The inside of a page. */
interface Content {
  readonly heading: string;
  /** Behind the heading in the title. */
  readonly organization_name?: string;
  /** HTML. */
  readonly body: string;
}

/** What everything on a page is made of. */
interface Parts {
  readonly texts: Texts;
  readonly details: ConfirmationDetails;
}

function describeSubject(
  view: ConfirmationView,
  locale: TextLocale,
  refused: RefusedForm | undefined,
): Content {
  const parts = { texts: TEXTS[locale], details: describeConfirmation(view, locale) };
  const { organization_name } = parts.details;
  if (view.state === 'open') {
    const heading = parts.texts.page.title;
    return { heading, organization_name, body: renderOpen(parts, view, refused) };
  }
  const { heading, result, help } = RESULTS[view.state](parts);
  const body = [
    `<div class="result${view.state === 'confirmed' ? ' good' : ''}">${paragraph(result)}</div>`,
    ...help.map(paragraph),
    ...(view.state === 'withdrawn' ? [] : [renderDetails(parts)]),
  ];
  return { heading, organization_name, body: body.join('\n') };
}

/** A request that cannot be answered: its heading, how it stands, and what the reader can do. */
interface Result {
  readonly heading: string;
  readonly result: string;
  readonly help: readonly string[];
}

const RESULTS: Readonly<
  Record<Exclude<ConfirmationView['state'], 'open'>, (parts: Parts) => Result>
> = {
  confirmed: ({ texts: { results }, details }) => ({
    heading: results.confirmed,
    result: results.confirmed_on(details.answered_at, details.organization_name),
    help: [results.nothing_to_do, results.confirmed_wrongly(details.asker)],
  }),
  declined: ({ texts: { results }, details }) => ({
    heading: results.declined,
    result: results.declined_on(details.answered_at, details.organization_name),
    help: [results.nothing_to_do, results.declined_wrongly(details.asker)],
  }),
  expired: ({ texts: { results }, details }) => ({
    heading: results.expired,
    result: results.expired_on(details.expires_at),
    help: [results.ask_for_link(details.asker)],
  }),
  withdrawn: ({ texts: { results }, details }) => ({
    heading: results.withdrawn,
    result: results.withdrawn_from(details.organization_name),
    help: [results.withdrawn_wrongly(details.asker)],
  }),
};

function renderOpen(
  parts: Parts,
  { is_approved_by_other }: ConfirmationView,
  refused: RefusedForm | undefined,
): string {
  const { texts, details } = parts;
  const { request, page } = texts;
  return [
    refused === undefined ? '' : renderProblem(refused, texts),
    paragraph(request.asks(details.asker, details.organization_name)),
    is_approved_by_other ? `<div class="note">${paragraph(page.approved_by_other)}</div>` : '',
    paragraph(request.why),
    renderDetails(parts),
    `<h2>${escapeHtml(page.meaning_heading)}</h2>`,
    paragraph(request.meaning),
    `<ul class="meaning">${details.meaning.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`,
    paragraph(request.decline),
    `<h2>${escapeHtml(page.answer_heading)}</h2>`,
    renderForms(parts, refused),
    `<div class="hint">${[request.until(details.expires_at), request.for_you_alone, request.ignore]
      .map(paragraph)
      .join('')}</div>`,
  ]
    .filter((piece) => piece !== '')
    .join('\n');
}

function renderProblem({ problem }: RefusedForm, { page }: Texts): string {
  return `<div class="problem" role="alert">
<p><strong>${escapeHtml(page.not_recorded)}</strong></p>
<p id="problem">${escapeHtml(page[problem])}</p>
</div>`;
}

/** The forms have no `action`: they go to where the page is, with the language that was chosen. */
function renderForms({ texts, details }: Parts, refused: RefusedForm | undefined): string {
  const { page } = texts;
  const isTooLong = refused?.problem === 'reason_too_long';
  const described = isTooLong
    ? ' aria-invalid="true" aria-describedby="problem hint"'
    : ' aria-describedby="hint"';
  // A line break that follows the tag at once is none of the text.
  return `<form method="post" class="confirm">
<button class="confirm" name="answer" value="confirm">${escapeHtml(page.confirm)}</button>
</form>
<form method="post" class="decline">
<label for="reason">${escapeHtml(page.reason)}</label>
<p class="hint" id="hint">${escapeHtml(page.reason_hint(details.asker))}</p>
<textarea id="reason" name="reason" rows="3" maxlength="${DECLINE_REASON_MAX_LENGTH}"${described}>
${escapeHtml(refused?.reason ?? '')}</textarea>
<button class="decline" name="answer" value="decline">${escapeHtml(page.decline)}</button>
</form>`;
}

function renderDetails({ texts: { labels }, details }: Parts): string {
  return [
    `<h2>${escapeHtml(labels.organization)}</h2>`,
    renderList(details.organization),
    `<h2>${escapeHtml(labels.contact)}</h2>`,
    renderList(details.contact),
  ].join('\n');
}

function renderList(details: readonly Detail[]): string {
  const rows = details.map(
    (detail) => `<div><dt>${escapeHtml(detail.label)}</dt><dd>${renderLines(detail)}</dd></div>`,
  );
  return `<dl>${rows.join('\n')}</dl>`;
}

function describeFault(
  subject: Exclude<PageSubject, { kind: 'confirmation' }>,
  { faults }: Texts,
): Content {
  switch (subject.kind) {
    case 'unknown':
      return {
        heading: faults.unknown,
        body: paragraph(faults.unknown_why) + paragraph(faults.unknown_help),
      };
    case 'unavailable':
      return { heading: faults.unavailable, body: paragraph(faults.unavailable_help) };
    case 'internal':
      return {
        heading: faults.internal,
        body: paragraph(faults.internal_help(subject.request_id)),
      };
  }
}

function renderDocument({ heading, organization_name, body }: Content, locale: TextLocale): string {
  const { page } = TEXTS[locale];
  const title = [heading, organization_name, 'Orgvet'].filter((part) => part !== undefined);
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${escapeHtml(title.join(' – '))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<p class="registry"><strong>Orgvet</strong> ${escapeHtml(page.registry)}</p>
${renderLanguages(locale)}
</header>
<main>
<article>
<h1>${escapeHtml(heading)}</h1>
${body}
</article>
</main>
</body>
</html>
`;
}

function renderLanguages(locale: TextLocale): string {
  const items = TEXT_LOCALES.map((one) => {
    const current = one === locale ? ' aria-current="true"' : '';
    return `<li><a href="?language=${one}" lang="${one}" hreflang="${one}"${current}>${LANGUAGE_NAMES[one]}</a></li>`;
  });
  return `<nav aria-label="${escapeHtml(TEXTS[locale].page.language)}"><ul>${items.join('')}</ul></nav>`;
}
