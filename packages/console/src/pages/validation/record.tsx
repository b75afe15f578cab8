/** Recording evidence: what was seen, where, when, with its file. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useDraft } from '../../drafts.ts';
import { useOperation } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { useRecordEvidence } from './record-change.ts';
import { EMPTY_RECORD, fieldTimeOf, NEW_SOURCE, type RecordValues } from './record-draft.ts';
import { isTooLarge, listRecordFields, useRecordErrors } from './record-errors.ts';
import { EvidenceFields, KindField } from './record-fields.tsx';
import { SourceField, SourceFields } from './record-source.tsx';
import type { Evidence, Requirement, ValidationPlace } from './types.ts';
import { hasWord } from './words.ts';

interface RecordDialogProps {
  readonly place: ValidationPlace;
  readonly requirement: Requirement;
  onRecorded(evidence: Evidence): void;
  onClose(): void;
}

export function RecordDialog({ place, requirement, onRecorded, onClose }: RecordDialogProps) {
  const { evidence: texts, words, parts } = useTexts();
  const show = useToast();
  const draft = useDraft(`${place.organization_id}.evidence`, EMPTY_RECORD);
  const [file, setFile] = useState<File>();
  const values = withDefaults(draft.values, useNow(), requirement);
  const change = useRecordEvidence(place.organization_id, (source_id) =>
    draft.change({ source_id: String(source_id) }),
  );
  const { error, isPending, step } = change;
  const errors = useRecordErrors(error, step, file);
  const record = async () => {
    const { kind } = values;
    if (!hasWord(words.evidence_kinds, kind) || isTooLarge(file)) {
      return;
    }
    try {
      const evidence = await change.mutateAsync({ values, kind, file });
      draft.discard();
      show(texts.recorded(words.evidence_kinds[kind], evidence.reference));
      onRecorded(evidence);
      onClose();
    } catch {
      // The form says why.
    }
  };
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    change.reset();
  };
  const fields = { values, errors, onChange: draft.change };
  return (
    <Dialog title={texts.record} onClose={onClose}>
      <Form error={error} onSubmit={record}>
        <Stack>
          <KindField {...fields} accepts={requirement.next?.accepts ?? []} />
          <SourceField {...fields} />
          {values.source_id === NEW_SOURCE && <SourceFields {...fields} />}
          <EvidenceFields {...fields} onFile={choose} />
          <ErrorNotice error={error} fields={listRecordFields(step)} />
          <Text size="sm" className="quiet">
            {texts.draft_note}
          </Text>
          <Group justify="end">
            <span role="status">{isPending && texts.steps[step]}</span>
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button type="submit" loading={isPending}>
              {texts.record}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** What the clock of the account shows, as a field of day and time has it: asked for as the dialog opens. */
function useNow(): string {
  const { data: session } = useOperation('getSession', {});
  return fieldTimeOf(session?.now === undefined ? new Date() : new Date(session.now));
}

/** What was not chosen yet is what the check asks for first, and now. */
function withDefaults(values: RecordValues, now: string, { next }: Requirement): RecordValues {
  return {
    ...values,
    kind: values.kind === '' ? (next?.accepts[0]?.[0] ?? 'other') : values.kind,
    obtained_at: values.obtained_at === '' ? now : values.obtained_at,
  };
}
