/** The password that proves once more who it is, before what somebody signs in with is changed. */
import { SecretInput } from '../../parts/secret-input.tsx';
import { useTexts } from '../../texts/index.ts';

interface CurrentPasswordProps {
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

export function CurrentPassword({ value, error, onChange }: CurrentPasswordProps) {
  const { my_sign_in: texts } = useTexts();
  return (
    <SecretInput
      label={texts.current_password}
      autoComplete="current-password"
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
