/** Makes a division below another, or changes one. */
import { Stack, Textarea, TextInput } from '@mantine/core';
import { useLocation } from 'wouter';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Division } from './tree.ts';

/** What divisions below others are made from: the API has no other template for them. */
const TEMPLATE_ID = 6;

const EMPTY = { name: '', description: '', allowed_domain_names: '' };

type Values = typeof EMPTY;

export function DivisionForm({ parent, onClose }: { readonly parent: Division; onClose(): void }) {
  const { divisions: texts } = useTexts();
  const show = useToast();
  const [, navigate] = useLocation();
  const { mutate, error, isPending } = useChange('createChildContainer');
  const create = (values: Values) => {
    const body = { ...readValues(values), template_id: TEMPLATE_ID };
    mutate(
      { params: { container_id: parent.id }, body },
      {
        onSuccess: ({ id }) => {
          show(texts.created(values.name));
          navigate(`/divisions/${id}`);
        },
      },
    );
  };
  return (
    <FormDialog
      title={texts.create_below(parent.name)}
      action={texts.submit}
      initial={EMPTY}
      error={error}
      isBusy={isPending}
      onSubmit={create}
      onClose={onClose}
    />
  );
}

export function EditDivision({
  division,
  onClose,
}: {
  readonly division: Division;
  onClose(): void;
}) {
  const { divisions: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('changeContainer');
  const { id: container_id, name, description = '', allowed_domain_names = [] } = division;
  const save = (values: Values) =>
    mutate(
      { params: { container_id }, body: readValues(values) },
      {
        onSuccess: () => {
          show(texts.saved);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={texts.edit_title(name)}
      initial={{ name, description, allowed_domain_names: allowed_domain_names.join('\n') }}
      error={error}
      isBusy={isPending}
      onSubmit={save}
      onClose={onClose}
    />
  );
}

interface FormDialogProps {
  readonly title: string;
  readonly action?: string;
  readonly initial: Values;
  readonly error: unknown;
  readonly isBusy: boolean;
  onSubmit(values: Values): void;
  onClose(): void;
}

function FormDialog({ title, action, initial, error, isBusy, onSubmit, onClose }: FormDialogProps) {
  const { divisions: texts } = useTexts();
  const form = useFormState(initial, { error });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form error={error} onSubmit={() => onSubmit(form.values)}>
        <Stack>
          <TextInput {...form.field('name')} label={texts.name} autoComplete="off" required />
          <TextInput {...form.field('description')} label={texts.description} autoComplete="off" />
          <Textarea
            {...form.field('allowed_domain_names')}
            label={texts.domains}
            description={texts.domains_hint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            rows={3}
          />
          <ErrorNotice error={error} fields={form.shown} />
          <FormButtons {...(action && { action })} isBusy={isBusy} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}

function readValues({ name, description, allowed_domain_names }: Values) {
  const domains = allowed_domain_names.split(/\s+/).filter((one) => one !== '');
  return { name, description, allowed_domain_names: domains };
}
