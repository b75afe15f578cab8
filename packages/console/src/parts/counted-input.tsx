/** A field for a text with a limit, which counts while somebody types, in characters as the API does. */
import { TextInput, type TextInputProps } from '@mantine/core';
import { useTexts } from '../texts/index.ts';

interface CountedInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'maxLength'> {
  readonly value: string;
  readonly length_max: number;
  /** Instead of its own length: where a limit is on several fields together. */
  readonly length?: number;
  onChange(value: string): void;
}

export function CountedInput({
  value,
  length_max,
  length = countCharacters(value),
  onChange,
  error,
  ...others
}: CountedInputProps) {
  const { parts } = useTexts();
  const count = parts.characters(length, length_max);
  return (
    <TextInput
      {...others}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      // Never cut off: whoever pastes a name that is too long must see what is too much of it.
      error={error ?? (length > length_max ? count : undefined)}
      description={count}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}

/** Characters as people count them, not halves of pairs. */
export function countCharacters(text: string): number {
  return [...text].length;
}
