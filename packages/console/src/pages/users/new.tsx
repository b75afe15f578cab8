/** A new user, or a new service user with its key. */
import { Anchor, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { KeyOnce } from '../../parts/key-once.tsx';
import { Page } from '../../parts/page.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { type CreatedUser, PersonForm } from './person-form.tsx';
import { ServiceForm } from './service-form.tsx';

/** A service user that was made, with the key that is shown this once. */
interface CreatedService extends CreatedUser {
  readonly api_key: string;
}

export function NewUserPage() {
  const { users: texts } = useTexts();
  const isPermitted = usePermissions();
  const show = useToast();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const [created, setCreated] = useState<CreatedService>();
  const isService = params.get('kind') === 'service' && isPermitted('create_api_keys');
  const goTo = ({ id, name }: CreatedUser, dialog = '') => {
    show(texts.created(name));
    navigate(`/users/${id}${dialog}`);
  };
  return (
    <Page title={texts.new_title} above={<BackToUsers />}>
      <Stack maw="46rem">
        {isPermitted('create_api_keys') && <Kind isService={isService} />}
        {isService ? (
          <ServiceForm onCreated={setCreated} />
        ) : (
          <PersonForm onCreated={(user) => goTo(user, '?dialog=invite')} />
        )}
      </Stack>
      {created !== undefined && (
        <KeyOnce name={created.name} api_key={created.api_key} onStored={() => goTo(created)} />
      )}
    </Page>
  );
}

export function BackToUsers() {
  const { users: texts } = useTexts();
  return (
    <Anchor component={Link} href="/users" size="sm">
      {texts.back}
    </Anchor>
  );
}

/** Service users hold a key of an administrator, so only who makes keys makes them. */
function Kind({ isService }: { readonly isService: boolean }) {
  const { users: texts } = useTexts();
  const [, navigate] = useLocation();
  return (
    <Radio.Group
      label={texts.kind}
      value={isService ? 'service' : 'person'}
      onChange={(kind) => navigate(`/users/new${kind === 'service' ? '?kind=service' : ''}`)}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="person" label={texts.kind_person} description={texts.kind_person_hint} />
        <Radio value="service" label={texts.kind_service} description={texts.kind_service_hint} />
      </Stack>
    </Radio.Group>
  );
}
