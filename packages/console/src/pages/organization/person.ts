/** A person as somebody types one in: for contacts, and for verified contacts who are no users. */
import { LANGUAGE_ID_DEFAULT } from '@orgvet/contract';
import { describeFieldErrors } from '../../problems.ts';

export const PERSON_FIELDS = [
  'first_name',
  'last_name',
  'job_title',
  'email',
  'telephone',
  'telephone_extension',
] as const;

export type PersonField = (typeof PERSON_FIELDS)[number];

export type Person = Readonly<Record<PersonField | 'language_id', string>>;

export const NOBODY: Person = {
  first_name: '',
  last_name: '',
  job_title: '',
  email: '',
  telephone: '',
  telephone_extension: '',
  language_id: String(LANGUAGE_ID_DEFAULT),
};

/** Whoever is there already, to be changed. */
export function personOf(
  known: {
    readonly [Field in PersonField]?: string | undefined;
  } & { readonly language_id: number },
): Person {
  const given = PERSON_FIELDS.map((field) => [field, known[field] ?? '']);
  return { ...NOBODY, ...Object.fromEntries(given), language_id: String(known.language_id) };
}

/**
 * What is wrong with each field of a person.
 *
 * @param path of persons in the request, as codes have it: `contacts`
 * @param labels what the fields are called on the page
 */
export function describePersonErrors(
  error: unknown,
  path: string,
  labels: Readonly<Record<PersonField, string>>,
): Partial<Record<PersonField, string>> {
  const called = PERSON_FIELDS.map((field) => [codeOf(path, field), labels[field]]);
  const errors = describeFieldErrors(error, listPersonCodes(path), Object.fromEntries(called));
  const found = PERSON_FIELDS.flatMap((field) => {
    const message = errors[codeOf(path, field)];
    return message === undefined ? [] : [[field, message]];
  });
  return Object.fromEntries(found);
}

/** The names of a person's fields in codes. */
export function listPersonCodes(path: string): string[] {
  return PERSON_FIELDS.map((field) => codeOf(path, field));
}

function codeOf(path: string, field: PersonField): string {
  return `${path}_${field}`;
}
