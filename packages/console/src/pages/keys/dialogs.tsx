/** What can be done about keys: each deed asks in a dialog of its own. */
import { useState } from 'react';
import type { DialogState } from '../../dialog-state.ts';
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { KeyOnce } from '../../parts/key-once.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { EditKey } from './edit-key.tsx';
import type { ApiKey } from './key-status.tsx';
import { type CreatedKey, NewKey } from './new-key.tsx';
import { userOf } from './selection.ts';

interface DialogsProps {
  readonly dialog: DialogState;
  readonly keys: readonly ApiKey[];
  /** Whose keys are shown, if only those of one. */
  readonly user_id: number | undefined;
}

export function Dialogs({ dialog, keys, user_id }: DialogsProps) {
  const isPermitted = usePermissions();
  const [created, setCreated] = useState<CreatedKey>();
  const about = keys.find(({ id }) => id === dialog.about_id);
  const finish = (key: CreatedKey) => {
    dialog.close();
    setCreated(key);
  };
  return (
    <>
      {isPermitted('create_api_keys') && dialog.isOpen('new') && (
        <NewKey user_id={user_id} onCreated={finish} onClose={dialog.close} />
      )}
      {created !== undefined && <KeyOnce {...created} onStored={() => setCreated(undefined)} />}
      {isPermitted('manage_api_access') && about !== undefined && (
        <>
          {dialog.isOpen('edit') && <EditKey apiKey={about} onClose={dialog.close} />}
          {dialog.isOpen('revoke') && <Revoke apiKey={about} onClose={dialog.close} />}
          {dialog.isOpen('restore') && <Restore apiKey={about} onClose={dialog.close} />}
        </>
      )}
    </>
  );
}

interface StatusDialogProps {
  readonly apiKey: ApiKey;
  onClose(): void;
}

function Revoke({ apiKey, onClose }: StatusDialogProps) {
  const { keys: texts } = useTexts();
  const { name } = apiKey;
  const change = useStatusChange(apiKey, 'revoked', texts.revoked_now(name), onClose);
  return (
    <Confirmation
      title={texts.revoke_title(name)}
      text={texts.revoke_text(name, userOf(apiKey))}
      action={texts.revoke_action}
      {...change}
      onClose={onClose}
    />
  );
}

function Restore({ apiKey, onClose }: StatusDialogProps) {
  const { keys: texts } = useTexts();
  const { name } = apiKey;
  const change = useStatusChange(apiKey, 'active', texts.restored(name), onClose);
  return (
    <Confirmation
      title={texts.restore_title(name)}
      text={texts.restore_text(name, userOf(apiKey))}
      action={texts.restore_action}
      {...change}
      onClose={onClose}
    />
  );
}

function useStatusChange(
  { id: key_id }: ApiKey,
  status: ApiKey['status'],
  notice: string,
  onClose: () => void,
) {
  const show = useToast();
  const { mutate, error, isPending } = useChange('changeApiKeyStatus');
  const onSuccess = () => {
    show(notice);
    onClose();
  };
  return {
    error,
    isBusy: isPending,
    onConfirm: () => mutate({ params: { key_id }, body: { status } }, { onSuccess }),
  };
}
