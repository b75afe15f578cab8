/** Everything about one user: details and access, keys, signing in, what is validated, the end. */
import { Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useParams } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { Page } from '../../parts/page.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { Appointments } from './appointments.tsx';
import { DeleteUser } from './delete-user.tsx';
import { Details } from './details.tsx';
import { Keys } from './keys.tsx';
import { BackToUsers } from './new.tsx';
import { Sessions } from './sessions.tsx';
import { SignIn } from './sign-in.tsx';

export type User = ResponseOf<'getUser'>;

export function UserPage() {
  const { users: texts } = useTexts();
  const user_id = Number(useParams<{ user_id: string }>().user_id);
  const query = useOperation('getUser', { params: { user_id } });
  const name = query.data === undefined ? texts.title : nameOf(query.data);
  return (
    <Page title={name} above={<BackToUsers />}>
      <Answer query={query}>{(user) => <Sections user={user} />}</Answer>
    </Page>
  );
}

function Sections({ user }: { readonly user: User }) {
  const { users: texts } = useTexts();
  const isPermitted = usePermissions();
  const isService = useIsService(user);
  return (
    <>
      {isService === true && <Text className="quiet">{texts.service_user_note}</Text>}
      <Details user={user} isService={isService === true} />
      {isPermitted('view_api_access') && <Keys user={user} />}
      {isService !== undefined && <SignIn user={user} isService={isService} />}
      {isService === false && <Sessions user={user} />}
      {isService === false && isPermitted('view_requirements') && <Appointments user={user} />}
      <DeleteUser user={user} />
    </>
  );
}

/** The API says it of a user by the list that the user is in. @returns undefined until it has */
function useIsService({ id, username }: User): boolean | undefined {
  const query = { 'filters[search]': username };
  const { data } = useOperation('listServiceUsers', { query });
  return data?.users.some((one) => one.id === id);
}

export function nameOf({ first_name, last_name }: User): string {
  return `${first_name} ${last_name}`;
}
