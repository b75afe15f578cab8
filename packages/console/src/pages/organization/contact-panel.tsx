/** The organization contact or the technical contact, with what can be done about it. */

import { Button, Group, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { ContactDialog } from './contact-dialog.tsx';
import { Fact } from './details.tsx';
import { useOpenDialog } from './dialogs.ts';

export type Contact = ResponseOf<'listOrganizationContacts'>['contacts'][number];
export type ContactKind = Contact['contact_type'];

interface ContactPanelProps {
  readonly organization_id: number;
  readonly kind: ContactKind;
  readonly contact: Contact | undefined;
}

export function ContactPanel({ organization_id, kind, contact }: ContactPanelProps) {
  const { organization_contacts: texts } = useTexts();
  const mayEdit = usePermissions()('edit_organizations');
  const dialogs = useOpenDialog();
  // Asked for here: the dialog is gone as soon as the contact is.
  const removal = useChange('changeOrganizationContacts');
  return (
    <Panel title={texts.kinds[kind]}>
      <p className="hint">{texts.hints[kind]}</p>
      {contact ? <ContactFacts contact={contact} /> : <Text size="sm">{texts.none}</Text>}
      {mayEdit && <Actions kind={kind} contact={contact} />}
      {mayEdit && dialogs.open === kind && (
        <ContactDialog organization_id={organization_id} kind={kind} contact={contact} />
      )}
      {mayEdit && contact && dialogs.open === removalOf(kind) && (
        <Removal organization_id={organization_id} contact={contact} removal={removal} />
      )}
    </Panel>
  );
}

/** The name of the dialog that asks before a contact is removed. */
function removalOf(kind: ContactKind): string {
  return `remove_${kind}`;
}

function Actions({ kind, contact }: Pick<ContactPanelProps, 'kind' | 'contact'>) {
  const { organization_contacts: texts } = useTexts();
  const dialogs = useOpenDialog();
  const name = texts.kinds[kind];
  return (
    <Group gap="xs" mt="sm">
      <Button
        variant="default"
        size="compact-sm"
        aria-label={contact ? texts.edit_one(name) : texts.add_one(name)}
        onClick={() => dialogs.show(kind)}
      >
        {contact ? texts.edit : texts.add}
      </Button>
      {contact && kind === 'technical_contact' && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={texts.remove_one(name)}
          onClick={() => dialogs.show(removalOf(kind))}
        >
          {texts.remove}
        </Button>
      )}
    </Group>
  );
}

function ContactFacts({ contact }: { readonly contact: Contact }) {
  const { language, organization_contacts: texts } = useTexts();
  const { name, job_title, email, telephone, telephone_extension, locale } = contact;
  const languages = new Intl.DisplayNames(language, { type: 'language' });
  return (
    <>
      <Text fw={600} mb={4}>
        {name}
      </Text>
      <dl className="facts organization-facts">
        {job_title && <Fact label={texts.fields.job_title}>{job_title}</Fact>}
        <Fact label={texts.fields.email}>{email}</Fact>
        {telephone && (
          <Fact label={texts.fields.telephone}>
            {telephone}
            {telephone_extension && `, ${texts.extension(telephone_extension)}`}
          </Fact>
        )}
        <Fact label={texts.fields.language}>{languages.of(locale.replace('_', '-'))}</Fact>
      </dl>
    </>
  );
}

function Removal({
  organization_id,
  contact: { name, contact_type },
  removal: { mutate, isPending, error },
}: {
  readonly organization_id: number;
  readonly contact: Contact;
  readonly removal: ReturnType<typeof useChange<'changeOrganizationContacts'>>;
}) {
  const { organization_contacts: texts } = useTexts();
  const { close } = useOpenDialog();
  const show = useToast();
  const remove = () =>
    mutate(
      // Nothing but its kind: so the wire says that it is to be removed.
      { params: { organization_id }, body: { contacts: [{ contact_type }] } },
      {
        onSuccess: () => {
          close();
          show(texts.removed(name));
        },
      },
    );
  return (
    <Confirmation
      title={texts.remove_one(texts.kinds[contact_type])}
      text={texts.remove_text(name)}
      action={texts.remove}
      isBusy={isPending}
      error={error}
      onConfirm={remove}
      onClose={close}
    />
  );
}
