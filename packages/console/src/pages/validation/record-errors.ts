/** What was wrong with evidence that was to be recorded, by the fields of its form. */
import { ROUTES } from '@orgvet/contract';
import { describeFieldErrors, problemsOf } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import type { RecordStep } from './record-change.ts';

/** The fields of the API, by the step that sends them. */
const FIELDS: Readonly<Record<RecordStep, readonly string[]>> = {
  file: [],
  source: ['name', 'jurisdiction_country', 'url', 'number_format', 'note'],
  evidence: ['kind', 'source_id', 'reference', 'obtained_at', 'note'],
};

export interface RecordErrors {
  readonly evidence: Readonly<Record<string, string>>;
  readonly source: Readonly<Record<string, string>>;
  readonly file: string | undefined;
}

/** The fields that say themselves what is wrong with them. */
export function listRecordFields(step: RecordStep): readonly string[] {
  return step === 'file' ? ['file_type_not_accepted'] : FIELDS[step];
}

export function useRecordErrors(
  error: unknown,
  step: RecordStep,
  file: File | undefined,
): RecordErrors {
  const { evidence: texts } = useTexts();
  const refused = problemsOf(error).find(({ code }) => code === 'file_type_not_accepted');
  const ofEvidence = {
    kind: texts.kind,
    source_id: texts.source,
    reference: texts.reference,
    obtained_at: texts.obtained_at,
    note: texts.note,
  };
  const ofSource = {
    name: texts.source_name,
    jurisdiction_country: texts.source_country,
    url: texts.source_url,
    number_format: texts.source_number_format,
    note: texts.source_note,
  };
  const labels = step === 'source' ? ofSource : ofEvidence;
  const errors = describeFieldErrors(error, FIELDS[step], labels);
  return {
    evidence: step === 'evidence' ? errors : {},
    source: step === 'source' ? errors : {},
    file: isTooLarge(file) ? texts.file_too_large : refused?.message,
  };
}

export function isTooLarge(file: File | undefined): boolean {
  return file !== undefined && file.size > ROUTES.storeFile.file_max_bytes;
}
