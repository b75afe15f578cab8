/** Opens a dialog of the page. */
import { Button } from '@mantine/core';
import type { DialogState } from '../dialog-state.ts';

interface OpenButtonProps {
  readonly dialog: DialogState;
  /** Which dialog. */
  readonly name: string;
  readonly label: string;
}

export function OpenButton({ dialog, name, label }: OpenButtonProps) {
  return (
    <Button variant="default" size="compact-sm" onClick={() => dialog.open(name)}>
      {label}
    </Button>
  );
}
