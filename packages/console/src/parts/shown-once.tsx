/** A secret that was just made: shown this once, to be copied, and gone when whoever made it says so. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyText } from './copy-text.tsx';
import { Dialog } from './dialog.tsx';

interface ShownOnceProps {
  readonly title: string;
  /** Whose it is, and what can be done with it. */
  readonly text: ReactNode;
  readonly label: string;
  readonly secret: string;
  /** What the buttons say. */
  readonly copy: string;
  readonly done: string;
  onDone(): void;
}

export function ShownOnce({ title, text, label, secret, copy, done, onDone }: ShownOnceProps) {
  return (
    <Dialog title={title} hasToBeAnswered onClose={onDone}>
      <Stack>
        <Text>{text}</Text>
        <TextInput
          label={label}
          value={secret}
          readOnly
          onFocus={({ currentTarget }) => currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group justify="space-between">
          <CopyText text={secret} label={copy} />
          <Button onClick={onDone}>{done}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
