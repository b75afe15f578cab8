/** Rejecting a validation: it names what ends, and asks for the reasons that the applicant reads. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDraft } from '../../drafts.ts';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { DraftNotice } from './draft-notice.tsx';
import { ReasonField } from './reason-field.tsx';
import type { ValidationPlace } from './types.ts';

const FIELDS = ['reasons'];

const EMPTY = { reasons: '' };

interface RejectDialogProps {
  readonly place: ValidationPlace;
  onClose(): void;
}

export function RejectDialog({ place, onClose }: RejectDialogProps) {
  const { work, words, parts } = useTexts();
  const texts = work.rejection;
  const show = useToast();
  const { organization_id, organization_name, type } = place;
  const draft = useDraft(`${organization_id}.${type}.rejection`, EMPTY);
  const { mutate, isPending, error } = useChange('rejectValidation');
  const name = words.validation_types[type];
  const reject = () =>
    mutate(
      {
        params: { organization_id, validation_type: type },
        body: { reasons: splitLines(draft.values.reasons) },
      },
      {
        onSuccess: () => {
          draft.discard();
          show(texts.done(organization_name, name));
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.title(organization_name, name)} onClose={onClose}>
      <Form error={error} onSubmit={reject}>
        <Stack>
          <Text>{texts.text(name)}</Text>
          <ReasonField
            label={texts.reasons}
            description={texts.reasons_hint}
            value={draft.values.reasons}
            error={describeFieldErrors(error, FIELDS).reasons}
            onChange={(reasons) => draft.change({ reasons })}
          />
          <ErrorNotice error={error} fields={FIELDS} />
          <DraftNotice draft={draft} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button type="submit" color="red" loading={isPending}>
              {texts.action}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  );
}

function splitLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
