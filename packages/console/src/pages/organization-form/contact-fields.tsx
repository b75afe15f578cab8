/** The organization contact: whom Orgvet writes to about the organization. */
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Draft } from './draft.ts';
import { type FormState, TextField } from './text-field.tsx';

export function ContactFields({ form }: { readonly form: FormState<Draft> }) {
  const { organization_form: texts } = useTexts();
  return (
    <Panel title={texts.contact}>
      <div className="fields">
        <TextField form={form} field="organization_contact_first_name" isRequired />
        <TextField form={form} field="organization_contact_last_name" isRequired />
        <TextField form={form} field="organization_contact_job_title" />
        <TextField form={form} field="organization_contact_email" type="email" isRequired />
        <TextField form={form} field="organization_contact_telephone" type="tel" />
        <TextField form={form} field="organization_contact_telephone_extension" type="tel" />
      </div>
    </Panel>
  );
}
