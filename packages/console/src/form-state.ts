/**
 * What somebody types into a form, and what the server said was wrong with each field of it. A field is
 * called as the codes of the API call it (`user_email` for `user.email`), so that they find it.
 */
import type { Problem } from '@orgvet/contract';
import { type ChangeEvent, useState } from 'react';
import { describeFieldErrors, problemsOf } from './problems.ts';

type FieldElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

type Values = Readonly<Record<string, string>>;

interface FieldProps {
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
  onChange(event: ChangeEvent<FieldElement>): void;
}

export interface FormState<Form extends Values> {
  readonly values: Form;
  change(changes: Partial<Form>): void;
  /** What the input of a field needs. */
  field(name: keyof Form & string): FieldProps;
  /** What of a refusal is shown at fields; the rest is for an ErrorNotice. */
  readonly shown: readonly string[];
}

interface FormOptions<Form> {
  /** What was wrong with what was sent last. */
  readonly error: unknown;
  /** Codes that are about a field without naming it, with their fields. */
  readonly codes?: Readonly<Record<string, keyof Form & string>>;
}

export function useFormState<Form extends Values>(
  initial: Form,
  { error, codes = {} }: FormOptions<Form>,
): FormState<Form> {
  const [values, setValues] = useState(initial);
  const fields = Object.keys(initial);
  const faults = { ...describeFieldErrors(error, fields), ...describeByCode(error, codes) };
  const change = (changes: Partial<Form>) => setValues((before) => ({ ...before, ...changes }));
  return {
    values,
    change,
    field: (name) => ({
      name,
      value: values[name] ?? '',
      error: faults[name],
      onChange: ({ currentTarget: { value } }) => change({ [name]: value } as Partial<Form>),
    }),
    shown: [...fields, ...Object.keys(codes)],
  };
}

function describeByCode(
  error: unknown,
  codes: Readonly<Record<string, string>>,
): Record<string, string> {
  const found = problemsOf(error).flatMap(({ code, message }: Problem) => {
    const field = Object.hasOwn(codes, code) ? codes[code] : undefined;
    return field === undefined ? [] : [[field, message] as const];
  });
  return Object.fromEntries(found);
}
