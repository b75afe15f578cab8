/** Some of many, as a list that somebody adds to and takes from before it is sent. */
import { Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts/index.ts';
import type { Choices } from './choices.ts';
import { type Choice, Picker } from './picker.tsx';

interface AssignmentEditorProps {
  /** What the field is for, which finds one more. */
  readonly label: string;
  /** What it means that none is in the list. */
  readonly empty: string;
  readonly items: readonly Choice[];
  readonly typed: string;
  readonly found: Choices;
  onType(typed: string): void;
  onChange(items: readonly Choice[]): void;
}

export function AssignmentEditor({
  label,
  empty,
  items,
  typed,
  found: { choices, chosen },
  onType,
  onChange,
}: AssignmentEditorProps) {
  const { parts } = useTexts();
  const [isRefused, setRefused] = useState(false);
  const isNew = ({ id }: Choice) => items.every((item) => item.id !== id);
  const add = () => {
    setRefused(chosen === undefined);
    if (chosen !== undefined) {
      onChange(isNew(chosen) ? [...items, chosen] : items);
      onType('');
    }
  };
  return (
    <Stack gap="xs">
      <Group align="end" gap="xs" wrap="nowrap">
        <Picker
          label={label}
          style={{ flex: 1 }}
          value={typed}
          choices={choices.filter(isNew)}
          error={isRefused && chosen === undefined && parts.choose_one}
          onChange={onType}
          onKeyDown={(event) => {
            // Enter adds what was typed; it does not yet send the form that this is a part of.
            if (event.key === 'Enter' && typed !== '') {
              event.preventDefault();
              add();
            }
          }}
        />
        <Button variant="default" onClick={add}>
          {parts.add}
        </Button>
      </Group>
      {items.length === 0 ? (
        <Text size="sm" className="quiet">
          {empty}
        </Text>
      ) : (
        <ul className="chosen" aria-label={parts.chosen}>
          {items.map((item) => (
            <li key={item.id}>
              {item.label}
              <CloseButton
                size="sm"
                aria-label={parts.remove(item.label)}
                onClick={() => onChange(items.filter(({ id }) => id !== item.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
