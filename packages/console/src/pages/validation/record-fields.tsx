/** The fields of evidence itself. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import type { EvidenceKind, RecordValues } from './record-draft.ts';
import type { RecordErrors } from './record-errors.ts';

/** What a browser offers to choose from; what it is the server tells by the bytes. */
const OFFERED = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp,.eml,.txt';

/** What every part of the form gets. */
export interface RecordFieldsProps {
  readonly values: RecordValues;
  readonly errors: RecordErrors;
  onChange(changes: Partial<RecordValues>): void;
}

/** The kinds that the check accepts stand first. */
export function KindField({
  values,
  errors,
  accepts,
  onChange,
}: RecordFieldsProps & { readonly accepts: readonly (readonly EvidenceKind[])[] }) {
  const { evidence: texts, words } = useTexts();
  const kinds = Object.keys(words.evidence_kinds) as EvidenceKind[];
  const accepted = new Set(accepts.flat());
  const groupOf = (group: string, isAccepted: boolean) => ({
    group,
    items: kinds
      .filter((kind) => accepted.has(kind) === isAccepted)
      .map((kind) => ({ value: kind, label: words.evidence_kinds[kind] })),
  });
  return (
    <NativeSelect
      label={texts.kind}
      value={values.kind}
      error={errors.evidence.kind}
      onChange={({ currentTarget }) => onChange({ kind: currentTarget.value, source_id: '' })}
      data={[
        ...(accepted.size > 0 ? [groupOf(texts.kinds_accepted, true)] : []),
        groupOf(texts.kinds_other, false),
      ]}
    />
  );
}

export function EvidenceFields({
  values,
  errors,
  onChange,
  onFile,
}: RecordFieldsProps & { onFile(file: File | undefined): void }) {
  const { evidence: texts } = useTexts();
  return (
    <>
      <TextInput
        label={texts.reference}
        description={texts.reference_hint}
        value={values.reference}
        error={errors.evidence.reference}
        onChange={({ currentTarget }) => onChange({ reference: currentTarget.value })}
      />
      <TextInput
        type="datetime-local"
        label={texts.obtained_at}
        value={values.obtained_at}
        error={errors.evidence.obtained_at}
        onChange={({ currentTarget }) => onChange({ obtained_at: currentTarget.value })}
      />
      <Textarea
        label={texts.note}
        description={texts.note_hint}
        rows={2}
        value={values.note}
        error={errors.evidence.note}
        onChange={({ currentTarget }) => onChange({ note: currentTarget.value })}
      />
      <TextInput
        type="file"
        label={texts.file_to_send}
        description={texts.file_hint}
        accept={OFFERED}
        error={errors.file}
        onChange={({ currentTarget }) => onFile(currentTarget.files?.[0])}
      />
    </>
  );
}
