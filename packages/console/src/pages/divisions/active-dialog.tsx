/** Makes a division with all below it inactive, or active again. */
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Division } from './tree.ts';

interface ActiveDialogProps {
  readonly division: Division;
  /** All that are below it. */
  readonly below: readonly Division[];
  onClose(): void;
}

export function ActiveDialog({ division, below, onClose }: ActiveDialogProps) {
  const { divisions: texts } = useTexts();
  const show = useToast();
  const { id: container_id, name, is_active } = division;
  const { mutate, error, isPending } = useChange(
    is_active ? 'deactivateContainer' : 'activateContainer',
  );
  const change = () =>
    mutate(
      { params: { container_id } },
      {
        onSuccess: () => {
          show(is_active ? texts.deactivated(name) : texts.activated(name));
          onClose();
        },
      },
    );
  const count = below.filter((one) => one.is_active === is_active).length;
  return (
    <Confirmation
      title={is_active ? texts.deactivate_title(name) : texts.activate_title(name)}
      text={is_active ? texts.deactivate_text(name, count) : texts.activate_text(name, count)}
      action={is_active ? texts.deactivate : texts.activate}
      isBusy={isPending}
      error={error}
      onConfirm={change}
      onClose={onClose}
    />
  );
}
