/** Asks which of many are assigned to something from now on, and sends all of them. */
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { AssignmentEditor } from './assignment-editor.tsx';
import type { Choices } from './choices.ts';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Form } from './form.tsx';
import { FormButtons } from './form-buttons.tsx';
import type { Choice } from './picker.tsx';

interface AssignmentDialogProps {
  readonly title: string;
  /** What the list means. */
  readonly text: string;
  readonly label: string;
  readonly empty: string;
  /** What is assigned now. */
  readonly assigned: readonly Choice[];
  /** Finds what can be assigned. */
  useChoices(typed: string): Choices;
  readonly isBusy: boolean;
  readonly error: unknown;
  onSave(ids: readonly string[]): void;
  onClose(): void;
}

export function AssignmentDialog({
  title,
  text,
  label,
  empty,
  assigned,
  useChoices,
  isBusy,
  error,
  onSave,
  onClose,
}: AssignmentDialogProps) {
  const [items, setItems] = useState(assigned);
  const [typed, setTyped] = useState('');
  const found = useChoices(typed);
  return (
    <Dialog title={title} onClose={onClose}>
      <Form error={error} onSubmit={() => onSave(items.map(({ id }) => String(id)))}>
        <Stack>
          <Text size="sm">{text}</Text>
          <AssignmentEditor
            label={label}
            empty={empty}
            items={items}
            typed={typed}
            found={found}
            onType={setTyped}
            onChange={setItems}
          />
          <ErrorNotice error={error} />
          <FormButtons isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}
