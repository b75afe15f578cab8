/** Shows of a list only what fits a choice, which is in the URL. */
import { NativeSelect } from '@mantine/core';
import type { ListState } from '../list-state.ts';

interface FilterSelectProps {
  readonly state: ListState;
  /** By which it stands in the URL. */
  readonly name: string;
  readonly label: string;
  /** What it says where nothing is left out. */
  readonly all: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

export function FilterSelect({ state, name, label, all, choices }: FilterSelectProps) {
  return (
    <NativeSelect
      label={label}
      value={state.get(name)}
      onChange={({ currentTarget }) => state.set({ [name]: currentTarget.value })}
      data={[{ value: '', label: all }, ...choices]}
    />
  );
}
