/**
 * The one place where whatever goes wrong becomes what people read. The server's messages name what is
 * wrong already; here they find the field of a form that they are about.
 */
import { ApiError, ServerUnreachable } from '@orgvet/client';
import { fieldOf as fieldOfPath, type Problem } from '@orgvet/contract';
import type { Texts } from './texts/texts.ts';

/** What went wrong, for people: one sentence or several. */
export function describeError(error: unknown, texts: Texts): string[] {
  if (error instanceof ServerUnreachable) {
    return [texts.errors.unreachable];
  }
  if (!(error instanceof ApiError)) {
    return [texts.errors.unexpected];
  }
  if (error.retry_after_s !== undefined) {
    return [texts.errors.later(error.retry_after_s)];
  }
  if (error.problems.length > 0) {
    return error.problems.map(({ message }) => message);
  }
  return [texts.errors.status(error.status)];
}

/** Whether something is not there, or not to be seen by whoever asks: the server does not tell which. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Whether a session has ended while its page was open. */
export function isSignedOut(error: unknown): boolean {
  return hasCode(error, 'access_denied|access_denied_invalid_key');
}

export function hasCode(error: unknown, code: string): boolean {
  return problemsOf(error).some((problem) => problem.code === code);
}

export function problemsOf(error: unknown): readonly Problem[] {
  return error instanceof ApiError ? error.problems : [];
}

/**
 * What is wrong with the fields of a form, by their names.
 *
 * A code names its field, with underscores for what is inside: `missing_organization_contact_email`. The
 * message begins with where in the request that is; here it is called as the page calls it.
 *
 * @param labels of the fields, by their names; a message about one without begins with what is wrong
 */
export function describeFieldErrors(
  error: unknown,
  fields: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { code, message } of problemsOf(error)) {
    const field = fields.find((one) => fieldOfCode(code) === one);
    if (field !== undefined) {
      const said = sayOfField(message, field, labels[field]);
      found[field] = [found[field], said].filter(Boolean).join(' ');
    }
  }
  return found;
}

function sayOfField(message: string, field: string, label: string | undefined): string {
  const [path = ''] = message.split(' ', 1);
  if (fieldOfPath(path) !== field) {
    return message;
  }
  const rest = message.slice(path.length + 1);
  return label === undefined ? rest.slice(0, 1).toUpperCase() + rest.slice(1) : `${label} ${rest}`;
}

/** What is wrong but belongs to none of the fields. */
export function describeOtherErrors(
  error: unknown,
  fields: readonly string[],
  texts: Texts,
): string[] {
  const problems = problemsOf(error);
  if (problems.length === 0) {
    return describeError(error, texts);
  }
  return problems
    .filter(({ code }) => !fields.some((field) => fieldOfCode(code) === field))
    .map(({ message }) => message);
}

function fieldOfCode(code: string): string {
  return code.replace(/^(invalid|missing)_/, '').replace(/_too_(long|many|few)$/, '');
}
