/** A user who is chosen in a form: what was typed, whom it names, and whether that will do. */
import { useState } from 'react';
import { useTexts } from '../texts/index.ts';
import { useUserChoices } from './choices.ts';
import { type Choice, Picker } from './picker.tsx';

interface UserPick {
  readonly typed: string;
  readonly choices: readonly Choice[];
  readonly user_id: number | undefined;
  /** What is wrong with the choice, once a form was to be sent with it. */
  readonly fault: string | undefined;
  type(typed: string): void;
  /** Whether a form can be sent with it. Who was meant and not found must not be left out in silence. */
  check(): boolean;
}

export function useUserPick({ isRequired }: { readonly isRequired: boolean }): UserPick {
  const { parts } = useTexts();
  const [typed, setTyped] = useState('');
  const [isRefused, setRefused] = useState(false);
  const { choices, chosen } = useUserChoices(typed);
  const isFine = chosen !== undefined || (typed.trim() === '' && !isRequired);
  return {
    typed,
    choices,
    user_id: chosen?.id,
    fault: isRefused && !isFine ? parts.choose_one : undefined,
    type: setTyped,
    check: () => {
      setRefused(!isFine);
      return isFine;
    },
  };
}

interface UserPickerProps {
  readonly pick: UserPick;
  readonly label: string;
  readonly description: string;
  readonly isRequired?: boolean;
}

export function UserPicker({ pick, label, description, isRequired = false }: UserPickerProps) {
  const { parts } = useTexts();
  return (
    <Picker
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={parts.find_user}
      required={isRequired}
      value={pick.typed}
      choices={pick.choices}
      error={pick.fault}
      onChange={pick.type}
    />
  );
}
