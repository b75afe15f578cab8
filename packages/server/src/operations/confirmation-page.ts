/**
 * The page that whoever holds a link of a confirmation mail sees and answers on, in their language. It
 * knows what a form says, but not how it came.
 */
import { readConfirmationForm } from '../domain/confirmation-form.ts';
import {
  type PageSubject,
  type RefusedForm,
  renderConfirmationPage,
} from '../domain/confirmation-page.ts';
import { PAGE_STYLE_SOURCE } from '../domain/confirmation-page-style.ts';
import { chooseTextLocale, findTextLocale } from '../domain/texts/index.ts';
import { answerConfirmation, findConfirmation } from './confirmations.ts';
import type { Environment } from './context.ts';

/** What a Content-Security-Policy must let the pages have, as a source of styles. */
export const STYLE_SOURCE = PAGE_STYLE_SOURCE;

/** A page to show. */
export interface ConfirmationPage {
  readonly html: string;
  /** Language tag of the page. */
  readonly language: string;
  /** Whether there is such a link at all. */
  readonly is_known: boolean;
}

/** What the reader would like to read, apart from what is known of the contact. */
export interface LanguageWishes {
  /** What was chosen on the page; empty where nothing was. */
  readonly chosen: string;
  /** What the browser asks for, the most wanted first. */
  readonly accepted: readonly string[];
}

export async function showConfirmationPage(
  environment: Environment,
  token: string,
  wishes: LanguageWishes,
  refused?: RefusedForm,
): Promise<ConfirmationPage> {
  const view = await findConfirmation(environment, token);
  return view === undefined
    ? renderPage({ kind: 'unknown' }, wishes)
    : renderPage({ kind: 'confirmation', view, ...(refused && { refused }) }, wishes);
}

/**
 * Takes the form of the page.
 *
 * @returns the page to show instead where there is no such link, or the form is no answer; undefined
 *   where the answer was taken, or had been given before
 */
export async function answerConfirmationPage(
  environment: Environment,
  token: string,
  wishes: LanguageWishes,
  form: URLSearchParams,
  from: { readonly ip_address: string; readonly request_id: string },
): Promise<ConfirmationPage | undefined> {
  const reading = readConfirmationForm(form);
  if ('problem' in reading) {
    return await showConfirmationPage(environment, token, wishes, reading);
  }
  const view = await answerConfirmation(environment, token, reading.answer, from);
  return view === undefined ? renderPage({ kind: 'unknown' }, wishes) : undefined;
}

/** The page where something keeps the true one from being shown. */
export function renderFaultPage(
  fault: Exclude<PageSubject, { kind: 'confirmation' }>,
  wishes: LanguageWishes,
): ConfirmationPage {
  return renderPage(fault, wishes);
}

/** The language that a reader has chosen on the page, if it is one of those that there are. */
export function findChosenLanguage({ chosen }: LanguageWishes): string | undefined {
  return findTextLocale(chosen);
}

function renderPage(subject: PageSubject, { chosen, accepted }: LanguageWishes): ConfirmationPage {
  const own = subject.kind === 'confirmation' ? subject.view.locale : undefined;
  const locale = chooseTextLocale([chosen, own, ...accepted]);
  return {
    html: renderConfirmationPage(subject, locale),
    language: locale,
    is_known: subject.kind === 'confirmation',
  };
}
