/** A field that counts what is typed into it against the limit that the contract has for it. */
import { memo } from 'react';
import { CountedInput } from '../../parts/counted-input.tsx';
import { useTexts } from '../../texts/index.ts';
import type { TextField as Field } from './draft.ts';
import { LIMITS } from './limits.ts';

/** What the fields of a form show, and whom they tell. */
export interface FormState<Values> {
  readonly draft: Values;
  /** The same function for as long as the form is there. */
  readonly change: (changes: Partial<Values>) => void;
  errorOf(field: string): string | undefined;
}

interface FieldLook {
  readonly isRequired?: boolean;
  readonly type?: 'text' | 'tel' | 'email';
  /** Instead of its own: where a limit is on several fields together. */
  readonly length_max?: number;
  readonly length?: number;
  /** The id of the texts that it proposes. */
  readonly list?: string;
}

interface TextFieldProps<Name extends Field> extends FieldLook {
  readonly field: Name;
  readonly form: FormState<Readonly<Record<Name, string>>>;
}

export function TextField<Name extends Field>({ form, field, ...look }: TextFieldProps<Name>) {
  return (
    <Input
      {...look}
      field={field}
      value={form.draft[field]}
      error={form.errorOf(field)}
      change={form.change as InputProps['change']}
    />
  );
}

interface InputProps extends FieldLook {
  readonly field: Field;
  readonly value: string;
  readonly error: string | undefined;
  readonly change: (changes: Partial<Record<Field, string>>) => void;
}

/** Drawn anew only where it says something else: a key that is pressed is one field's, of many. */
const Input = memo(function Input({
  field,
  isRequired = false,
  length_max = LIMITS[field],
  change,
  ...others
}: InputProps) {
  const { organization_form: texts } = useTexts();
  return (
    <CountedInput
      {...others}
      name={field}
      label={texts.labels[field]}
      required={isRequired}
      // It is about somebody else than whoever types: what the browser knows of them is wrong here.
      autoComplete="off"
      length_max={length_max}
      onChange={(value) => change({ [field]: value })}
    />
  );
});
