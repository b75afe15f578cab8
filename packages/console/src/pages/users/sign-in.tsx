/** How a user gets in: by an invitation, and by what an identity provider says of them. */
import { Group, Text } from '@mantine/core';
import { useDialogState } from '../../dialog-state.ts';
import { useOperation } from '../../operations.ts';
import { OpenButton } from '../../parts/open-button.tsx';
import { usePermissions, useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { Identities } from './identities.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { useEditRights } from './roles.ts';
import { nameOf, type User } from './user.tsx';

interface SignInProps {
  readonly user: User;
  readonly isService: boolean;
}

export function SignIn({ user, isService }: SignInProps) {
  const { users: texts } = useTexts();
  const dialog = useDialogState();
  const { canEdit } = useEditRights(user);
  const reason = useReasonAgainst({ user, isService });
  const isOffered = canEdit && reason === undefined;
  return (
    <section className="panel" aria-labelledby="sign-in">
      <h2 id="sign-in">{texts.sign_in}</h2>
      <Text size="sm" className="quiet">
        {reason ?? (canEdit ? texts.invite_hint(nameOf(user)) : texts.invite_others)}
      </Text>
      {isOffered && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="invite" label={texts.invite} />
        </Group>
      )}
      {!isService && <Identities user={user} />}
      {isOffered && dialog.isOpen('invite') && <InviteDialog user={user} onClose={dialog.close} />}
    </section>
  );
}

/** Why a user cannot be invited, as far as this page knows. The server decides again. */
function useReasonAgainst({ user, isService }: SignInProps): string | undefined {
  const { users: texts } = useTexts();
  const isPermitted = usePermissions();
  const { account } = useSession();
  // The account's own link would let it take up the work of those who validate.
  const isTheirs = account.mode === 'live' && isPermitted('view_requirements');
  const { data } = useOperation('listAppointments', {}, { enabled: isTheirs });
  if (isService) {
    return texts.no_invitation.service;
  }
  if (user.status !== 'active') {
    return texts.no_invitation.inactive;
  }
  if (user.is_saml_sso_only) {
    return texts.no_invitation.provider_only;
  }
  const isAppointed = data?.people.some(({ user_id }) => user_id === user.id) === true;
  return isAppointed ? texts.no_invitation.appointed : undefined;
}
