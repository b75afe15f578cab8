/** Searches a list while somebody types; the URL follows without a step for each letter. */
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { ListState } from '../list-state.ts';

/** After the last key: short enough to feel like at once, long enough not to ask for every letter. */
const TYPING_PAUSE_MS = 150;

export function SearchField({
  state,
  name = 'search',
  label,
  placeholder,
}: {
  readonly state: ListState;
  /** By which it stands in the URL. */
  readonly name?: string;
  readonly label: string;
  readonly placeholder?: string;
}) {
  const asked = state.get(name);
  const [typed, setTyped] = useState(asked);
  const ask = useDebouncedCallback(
    (search: string) => state.replace({ [name]: search }),
    TYPING_PAUSE_MS,
  );
  // A view that was chosen, or a step back, asks for something else than what was typed.
  useEffect(() => setTyped(asked), [asked]);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      w={{ base: '100%', sm: '20rem' }}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        ask(currentTarget.value);
      }}
    />
  );
}
