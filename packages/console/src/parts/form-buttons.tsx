/** What ends a form in a dialog: sending it, or not. */
import { Button, Group } from '@mantine/core';
import { useTexts } from '../texts/index.ts';

interface FormButtonsProps {
  /** What the button that sends says: the deed; "Save" where it is left out. */
  readonly action?: string;
  readonly isBusy: boolean;
  onCancel(): void;
}

export function FormButtons({ action, isBusy, onCancel }: FormButtonsProps) {
  const { parts } = useTexts();
  return (
    <Group justify="end">
      <Button variant="default" onClick={onCancel}>
        {parts.cancel}
      </Button>
      <Button type="submit" loading={isBusy}>
        {action ?? parts.save}
      </Button>
    </Group>
  );
}
