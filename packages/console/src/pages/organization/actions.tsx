/** What can be done with an organization as a whole. */
import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeError } from '../../problems.ts';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { useOpenDialog } from './dialogs.ts';
import type { Organization } from './frame.tsx';

interface OfOrganization {
  readonly organization: Organization;
}

export function OrganizationActions({ organization }: OfOrganization) {
  const { organization: texts } = useTexts();
  const isPermitted = usePermissions();
  const dialogs = useOpenDialog();
  const mayEdit = isPermitted('edit_organizations');
  const maySwitch = isPermitted('activate_organizations');
  const mayDelete = isPermitted('delete_organizations');
  return (
    <>
      {mayEdit && (
        <>
          <Button onClick={() => dialogs.show('submit')}>{texts.submit}</Button>
          <Button
            component={Link}
            href={`/organizations/${organization.id}/edit`}
            variant="default"
          >
            {texts.edit}
          </Button>
        </>
      )}
      {maySwitch && <Switch organization={organization} />}
      {mayDelete && (
        <Button variant="default" onClick={() => dialogs.show('delete')}>
          {texts.delete}
        </Button>
      )}
      {maySwitch && dialogs.open === 'deactivate' && <Deactivation organization={organization} />}
      {mayDelete && dialogs.open === 'delete' && <Deletion organization={organization} />}
    </>
  );
}

/** Activates at once, and asks before it deactivates: from then on nothing can be ordered. */
function Switch({ organization }: OfOrganization) {
  const texts = useTexts();
  const dialogs = useOpenDialog();
  const show = useToast();
  const { mutate, isPending } = useChange('activateOrganization');
  const { id, display_name, is_active } = organization;
  if (is_active) {
    return (
      <Button variant="default" onClick={() => dialogs.show('deactivate')}>
        {texts.organization.deactivate}
      </Button>
    );
  }
  const activate = () =>
    mutate(
      { params: { organization_id: id } },
      {
        onSuccess: () => show(texts.organization.activated(display_name)),
        onError: (error) => show(describeError(error, texts).join(' ')),
      },
    );
  return (
    <Button variant="default" loading={isPending} onClick={activate}>
      {texts.organization.activate}
    </Button>
  );
}

function Deactivation({ organization: { id, display_name } }: OfOrganization) {
  const { organization: texts } = useTexts();
  const { close } = useOpenDialog();
  const show = useToast();
  const { mutate, isPending, error } = useChange('deactivateOrganization');
  const onSuccess = () => {
    close();
    show(texts.deactivated(display_name));
  };
  return (
    <Confirmation
      title={texts.deactivate_title}
      text={texts.deactivate_text(display_name)}
      action={texts.deactivate}
      isBusy={isPending}
      error={error}
      onConfirm={() => mutate({ params: { organization_id: id } }, { onSuccess })}
      onClose={close}
    />
  );
}

function Deletion({ organization: { id, display_name } }: OfOrganization) {
  const { organization: texts } = useTexts();
  const { close } = useOpenDialog();
  const [, navigate] = useLocation();
  const show = useToast();
  const { mutate, isPending, error } = useChange('deleteOrganization');
  const onSuccess = () => {
    navigate('/organizations');
    show(texts.deleted(display_name));
  };
  return (
    <Confirmation
      title={texts.delete_title}
      text={texts.delete_text(display_name, id)}
      action={texts.delete}
      isBusy={isPending}
      error={error}
      onConfirm={() => mutate({ params: { organization_id: id } }, { onSuccess })}
      onClose={close}
    />
  );
}
