/** Somebody who approves for an organization: for what, what they were asked, and what they answered. */
import { Anchor, Button, Group } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { useChange } from '../../operations.ts';
import { Moment } from '../../parts/moment.tsx';
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeError } from '../../problems.ts';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { Fact } from './details.tsx';
import { useOpenDialog } from './dialogs.ts';
import { Requests } from './requests.tsx';
import { Withdrawal } from './withdrawal.tsx';

export type VerifiedContact = ResponseOf<'listVerifiedContacts'>['verified_contacts'][number];

type RoleStatus = VerifiedContact['verified_roles'][number]['status'];

const TONES: Readonly<Record<RoleStatus, Tone>> = {
  pending: 'waiting',
  active: 'good',
  declined: 'ended',
  withdrawn: 'off',
};

interface VerifiedContactProps {
  readonly organization_id: number;
  readonly contact: VerifiedContact;
}

export function VerifiedContactCard({ organization_id, contact }: VerifiedContactProps) {
  const { organization_contacts: texts } = useTexts();
  const mayEdit = usePermissions()('edit_organizations');
  const { open } = useOpenDialog();
  const { id, name, verified_roles, confirmations, withdrawn_at } = contact;
  return (
    <article className="organization-card" aria-labelledby={`contact-${id}`}>
      <div className="organization-card-head">
        <h3 id={`contact-${id}`}>{name}</h3>
        <Group gap={6} justify="end">
          {verified_roles.map(({ validation_type, status }) => (
            <StatusChip key={validation_type} tone={TONES[status]}>
              {texts.states[status](validation_type.replace('_', ' '))}
            </StatusChip>
          ))}
        </Group>
      </div>
      <ContactFacts contact={contact} />
      {confirmations.length > 0 && <Requests name={name} confirmations={confirmations} />}
      {mayEdit && withdrawn_at === undefined && (
        <Actions organization_id={organization_id} contact={contact} />
      )}
      {mayEdit && open === withdrawalOf(contact) && (
        <Withdrawal organization_id={organization_id} contact={contact} />
      )}
    </article>
  );
}

/** The name of the dialog that asks before a contact is withdrawn. */
function withdrawalOf({ id }: VerifiedContact): string {
  return `withdraw_${id}`;
}

function ContactFacts({ contact }: { readonly contact: VerifiedContact }) {
  const { organization_contacts: texts } = useTexts();
  const { job_title, email, telephone, telephone_extension, user_id } = contact;
  const { withdrawn_at, withdrawal_reason, verified_roles } = contact;
  const isWithdrawn = verified_roles.every(({ status }) => status === 'withdrawn');
  return (
    <dl className="facts">
      {job_title && <Fact label={texts.fields.job_title}>{job_title}</Fact>}
      <Fact label={texts.fields.email}>{email}</Fact>
      {telephone && (
        <Fact label={texts.fields.telephone}>
          {telephone}
          {telephone_extension && `, ${texts.extension(telephone_extension)}`}
        </Fact>
      )}
      {user_id > 0 && (
        <Fact label={texts.user}>
          <UserLink user_id={user_id} />
        </Fact>
      )}
      {withdrawn_at && (
        <Fact label={isWithdrawn ? texts.withdrawn : texts.withdrawn_from}>
          <Moment time={withdrawn_at} />: {withdrawal_reason}
        </Fact>
      )}
    </dl>
  );
}

function UserLink({ user_id }: { readonly user_id: number }) {
  const maySee = usePermissions()('view_users');
  return maySee ? (
    <Anchor component={Link} href={`/users/${user_id}`} size="sm">
      {user_id}
    </Anchor>
  ) : (
    user_id
  );
}

function Actions({ organization_id, contact }: VerifiedContactProps) {
  const texts = useTexts();
  const { organization_contacts } = texts;
  const dialogs = useOpenDialog();
  const show = useToast();
  const { mutate, isPending } = useChange('resendConfirmation');
  const { id, name, verified_roles } = contact;
  const resend = () =>
    mutate(
      { params: { organization_id, verified_contact_id: id } },
      {
        onSuccess: () => show(organization_contacts.resent(name)),
        onError: (error) => show(describeError(error, texts).join(' ')),
      },
    );
  return (
    <Group gap="xs">
      {verified_roles.some(({ status }) => status === 'pending') && (
        <Button
          variant="default"
          size="compact-sm"
          loading={isPending}
          aria-label={organization_contacts.resend_to(name)}
          onClick={resend}
        >
          {organization_contacts.resend}
        </Button>
      )}
      <Button
        variant="default"
        size="compact-sm"
        aria-label={organization_contacts.withdraw_one(name)}
        onClick={() => dialogs.show(withdrawalOf(contact))}
      >
        {organization_contacts.withdraw}
      </Button>
    </Group>
  );
}
