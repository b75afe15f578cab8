/** What was found, as a choice of a few words. */
import { Group, Radio } from '@mantine/core';
import { useId } from 'react';

interface OutcomeChoiceProps {
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

export function OutcomeChoice({ label, choices, value, error, onChange }: OutcomeChoiceProps) {
  const id = useId();
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      <Group gap="md">
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            name={id}
            value={choice.value}
            label={choice.label}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
            {...(error !== undefined && {
              error: true,
              'aria-invalid': true,
              'aria-describedby': `${id}-error`,
            })}
          />
        ))}
      </Group>
      {error !== undefined && (
        <p id={`${id}-error`} className="choice-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
