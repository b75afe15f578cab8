/** The form of a contact of an organization. */
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Contact, ContactKind } from './contact-panel.tsx';
import { useOpenDialog } from './dialogs.ts';
import { describePersonErrors, listPersonCodes, NOBODY, personOf } from './person.ts';
import { PersonFields } from './person-fields.tsx';

/** Where a request has its contacts, as codes say it. */
const PATH = 'contacts';

interface ContactDialogProps {
  readonly organization_id: number;
  readonly kind: ContactKind;
  readonly contact: Contact | undefined;
}

export function ContactDialog({ organization_id, kind, contact }: ContactDialogProps) {
  const { organization_contacts: texts } = useTexts();
  const { close } = useOpenDialog();
  const show = useToast();
  const [person, setPerson] = useState(contact ? personOf(contact) : NOBODY);
  const { mutate, isPending, error } = useChange('changeOrganizationContacts');
  const name = texts.kinds[kind];
  const onSuccess = () => {
    close();
    show(texts.saved(name));
  };
  const save = () =>
    mutate(
      { params: { organization_id }, body: { contacts: [{ ...person, contact_type: kind }] } },
      { onSuccess },
    );
  return (
    <Dialog title={contact ? texts.edit_one(name) : texts.add_one(name)} onClose={close}>
      <Form error={error} onSubmit={save}>
        <Stack>
          <ErrorNotice error={error} fields={listPersonCodes(PATH)} />
          <PersonFields
            person={person}
            required={['first_name', 'last_name', 'email']}
            errors={describePersonErrors(error, PATH, texts.fields)}
            onChange={setPerson}
          />
          <p className="hint">{texts.form_hint}</p>
          <FormButtons isBusy={isPending} onCancel={close} />
        </Stack>
      </Form>
    </Dialog>
  );
}
