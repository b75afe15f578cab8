/** The source of evidence: one of the register, or a new one. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import { useCountries } from './countries.ts';
import { useSources } from './facts.ts';
import { NEW_SOURCE } from './record-draft.ts';
import type { RecordFieldsProps } from './record-fields.tsx';

/** Of the kind of the evidence, and those only that were not withdrawn. */
export function SourceField({ values, errors, onChange }: RecordFieldsProps) {
  const { evidence: texts } = useTexts();
  const sources = useSources().filter(
    ({ kind, withdrawn_at }) => kind === values.kind && withdrawn_at === undefined,
  );
  return (
    <NativeSelect
      label={texts.source}
      value={values.source_id}
      error={errors.evidence.source_id}
      onChange={({ currentTarget }) => onChange({ source_id: currentTarget.value })}
      data={[
        { value: '', label: texts.source_none },
        ...sources.map(({ id, name }) => ({ value: String(id), label: name })),
        { value: NEW_SOURCE, label: texts.source_new },
      ]}
    />
  );
}

/** What the register says of a source. */
export function SourceFields({ values, errors, onChange }: RecordFieldsProps) {
  const { evidence: texts, work } = useTexts();
  const countries = useCountries();
  return (
    <fieldset className="choice work-source">
      <legend>{texts.new_source}</legend>
      <TextInput
        label={texts.source_name}
        value={values.source_name}
        error={errors.source.name}
        onChange={({ currentTarget }) => onChange({ source_name: currentTarget.value })}
      />
      <NativeSelect
        label={texts.source_country}
        value={values.source_country}
        error={errors.source.jurisdiction_country}
        onChange={({ currentTarget }) => onChange({ source_country: currentTarget.value })}
        data={[{ value: '', label: work.profile.unknown }, ...countries]}
      />
      <TextInput
        label={texts.source_url}
        value={values.source_url}
        error={errors.source.url}
        onChange={({ currentTarget }) => onChange({ source_url: currentTarget.value })}
      />
      <TextInput
        label={texts.source_number_format}
        description={texts.source_number_format_hint}
        value={values.source_number_format}
        error={errors.source.number_format}
        onChange={({ currentTarget }) => onChange({ source_number_format: currentTarget.value })}
      />
      <Textarea
        label={texts.source_note}
        rows={2}
        value={values.source_note}
        error={errors.source.note}
        onChange={({ currentTarget }) => onChange({ source_note: currentTarget.value })}
      />
    </fieldset>
  );
}
