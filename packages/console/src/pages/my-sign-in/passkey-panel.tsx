/** The passkeys: which there are, another one, and one less. */
import { Button, Stack, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { AddPasskey } from '../sign-in/add-passkey.tsx';
import { CurrentPassword } from './current-password.tsx';
import { Panel } from './panel.tsx';
import { RemoveCredential } from './remove-credential.tsx';

type Credentials = ResponseOf<'listCredentials'>;
type Passkey = Credentials['passkeys'][number];

export function PasskeyPanel({ credentials }: { readonly credentials: Credentials }) {
  const { my_sign_in: texts, sign_in } = useTexts();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Passkey | undefined>(undefined);
  const { passkeys, has_password } = credentials;
  return (
    <Panel title={texts.passkeys}>
      {passkeys.length === 0 ? (
        <Text>{texts.no_passkeys}</Text>
      ) : (
        <DataTable
          caption={texts.passkeys}
          columns={listColumns(texts, setRemoved)}
          rows={passkeys}
          keyOf={({ id }) => id}
        />
      )}
      <Button variant="default" onClick={() => setAdding(true)}>
        {sign_in.add_passkey}
      </Button>
      {isAdding && <AddDialog hasPassword={has_password} onClose={() => setAdding(false)} />}
      {removed !== undefined && (
        <RemoveCredential
          name="removePasskey"
          request={{ params: { passkey_id: removed.id } }}
          title={texts.remove_passkey(removed.name)}
          text={texts.remove_passkey_text(removed.name)}
          done={texts.passkey_removed(removed.name)}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Panel>
  );
}

function AddDialog({ hasPassword, onClose }: { readonly hasPassword: boolean; onClose(): void }) {
  const { my_sign_in: texts, sign_in } = useTexts();
  const show = useToast();
  const [password, setPassword] = useState('');
  return (
    <Dialog title={sign_in.add_passkey} onClose={onClose}>
      <Stack>
        {hasPassword && (
          <CurrentPassword value={password} error={undefined} onChange={setPassword} />
        )}
        <AddPasskey
          current_password={password}
          onAdded={(name) => {
            show(texts.passkey_added(name));
            onClose();
          }}
        />
      </Stack>
    </Dialog>
  );
}

function listColumns(
  texts: Texts['my_sign_in'],
  remove: (passkey: Passkey) => void,
): Column<Passkey>[] {
  return [
    { key: 'name', label: texts.name, render: ({ name }) => name },
    {
      key: 'created_at',
      label: texts.created,
      render: ({ created_at }) => <Moment time={created_at} />,
    },
    {
      key: 'last_used_at',
      label: texts.last_used,
      render: ({ last_used_at }) =>
        last_used_at === undefined ? texts.never : <Moment time={last_used_at} />,
    },
    {
      key: 'actions',
      label: texts.actions,
      render: (passkey) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={texts.remove_passkey(passkey.name)}
          onClick={() => remove(passkey)}
        >
          {texts.remove}
        </Button>
      ),
    },
  ];
}
