/** Asks before something is destroyed, and names what it is. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useTexts } from '../texts/index.ts';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

interface ConfirmationProps {
  readonly title: string;
  /** What will be gone, by its name, and what stays. */
  readonly text: string;
  /** What the button says: the deed, not "OK". */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  onConfirm(): void;
  onClose(): void;
}

export function Confirmation({
  title,
  text,
  action,
  isBusy,
  error,
  onConfirm,
  onClose,
}: ConfirmationProps) {
  const { parts } = useTexts();
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack>
        <Text>{text}</Text>
        <ErrorNotice error={error} />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {parts.cancel}
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
