/** Withdrawing evidence: it says beforehand what stands on it, and asks why. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { ReasonField } from './reason-field.tsx';
import type { Evidence, ValidationPlace } from './types.ts';

const FIELDS = ['reason'];

interface WithdrawDialogProps {
  readonly place: ValidationPlace;
  readonly evidence: Evidence;
  onClose(): void;
}

export function WithdrawDialog({ place, evidence, onClose }: WithdrawDialogProps) {
  const { evidence: texts, parts, words } = useTexts();
  const show = useToast();
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useChange('withdrawEvidence');
  const { organization_id } = place;
  const withdraw = () =>
    mutate(
      { params: { organization_id, evidence_id: evidence.id }, body: { reason } },
      {
        onSuccess: ({ affected }) => {
          show(texts.withdrawn_done(affected.length));
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.withdraw_title} onClose={onClose}>
      <Form error={error} onSubmit={withdraw}>
        <Stack>
          <Text>
            {texts.withdraw_text(words.evidence_kinds[evidence.kind], evidence.reference)}
          </Text>
          <Affected evidence={evidence} />
          <ReasonField
            label={texts.withdraw_reason}
            value={reason}
            error={describeFieldErrors(error, FIELDS).reason}
            onChange={setReason}
          />
          <ErrorNotice error={error} fields={FIELDS} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button type="submit" color="red" loading={isPending}>
              {texts.withdraw_action}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  );
}

function Affected({ evidence: { relied_on_by } }: { readonly evidence: Evidence }) {
  const { evidence: texts, words } = useTexts();
  if (relied_on_by.length === 0) {
    return <Text size="sm">{texts.withdraw_affects_none}</Text>;
  }
  return (
    <div>
      <Text size="sm">{texts.withdraw_affects}</Text>
      <ul>
        {relied_on_by.map(({ validation_type, check_id, decision_id }) => (
          <li key={decision_id}>
            {words.validation_types[validation_type]} {check_id.replaceAll('_', ' ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
