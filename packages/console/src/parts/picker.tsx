/**
 * A field to find one of many by typing: the browser's own suggestions, so that it works by keyboard and
 * for screen readers as people know it. What is chosen is what the text names, or nothing.
 */
import { TextInput, type TextInputProps } from '@mantine/core';
import { useId } from 'react';

/** One that can be chosen. */
export interface Choice {
  readonly id: number;
  /** Unlike every other's: it is what stands in the field. */
  readonly label: string;
}

interface PickerProps extends Omit<TextInputProps, 'value' | 'onChange' | 'list'> {
  readonly value: string;
  /** Those that fit what was typed. */
  readonly choices: readonly Choice[];
  onChange(value: string): void;
}

export function Picker({ value, choices, onChange, ...others }: PickerProps) {
  const list_id = useId();
  return (
    <>
      <TextInput
        autoComplete="off"
        {...others}
        list={list_id}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={list_id}>
        {choices.map(({ id, label }) => (
          <option key={id} value={label} />
        ))}
      </datalist>
    </>
  );
}
