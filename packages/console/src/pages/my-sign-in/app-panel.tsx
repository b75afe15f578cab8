/** The authenticator app: whether there is one, another one, or none. */
import { Button, Group, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { AddApp } from '../sign-in/add-app.tsx';
import { Panel } from './panel.tsx';
import { RemoveCredential } from './remove-credential.tsx';

/** Without a password there is nothing to keep the key of an app safe with. */
export function AppPanel({ credentials }: { readonly credentials: ResponseOf<'listCredentials'> }) {
  const { my_sign_in: texts, sign_in } = useTexts();
  const [open, setOpen] = useState<'add' | 'remove' | undefined>(undefined);
  const show = useToast();
  const { totp_confirmed_at, has_password } = credentials;
  const close = () => setOpen(undefined);
  return (
    <Panel title={texts.app}>
      <Text>
        {totp_confirmed_at === undefined ? texts.app_none : texts.app_set}{' '}
        {totp_confirmed_at !== undefined && <Moment time={totp_confirmed_at} />}
      </Text>
      {has_password && (
        <Group>
          <Button variant="default" onClick={() => setOpen('add')}>
            {sign_in.use_app}
          </Button>
          {totp_confirmed_at !== undefined && (
            <Button variant="default" onClick={() => setOpen('remove')}>
              {texts.remove_app}
            </Button>
          )}
        </Group>
      )}
      {open === 'add' && (
        <Dialog title={sign_in.app_title} onClose={close}>
          <AddApp
            onAdded={() => {
              show(texts.app_added);
              close();
            }}
          />
        </Dialog>
      )}
      {open === 'remove' && (
        <RemoveCredential
          name="removeTotp"
          request={{}}
          title={texts.remove_app}
          text={texts.remove_app_text}
          done={texts.app_removed}
          onClose={close}
        />
      )}
    </Panel>
  );
}
