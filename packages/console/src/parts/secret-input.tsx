/** A field for a password, which somebody may look at while typing: also who has no mouse. */
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTexts } from '../texts/index.ts';

interface SecretInputProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  readonly value: string;
  onChange(value: string): void;
}

export function SecretInput({ onChange, ...others }: SecretInputProps) {
  const { parts } = useTexts();
  return (
    <PasswordInput
      {...others}
      required
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': parts.show_typed }}
    />
  );
}
