/** Evidence that somebody has begun to record, and the requests that it becomes. */
import type { RequestOf } from '@orgvet/contract';
import type { Evidence } from './types.ts';

export type EvidenceKind = Evidence['kind'];

export interface RecordValues {
  /** Empty where the one is meant that the check asks for first. */
  readonly kind: string;
  /** Empty for none of the register. */
  readonly source_id: string;
  readonly reference: string;
  /** As a field of day and time has it, in the reader's zone; empty for now. */
  readonly obtained_at: string;
  readonly note: string;
  readonly source_name: string;
  readonly source_country: string;
  readonly source_url: string;
  readonly source_number_format: string;
  readonly source_note: string;
}

export const EMPTY_RECORD: RecordValues = {
  kind: '',
  source_id: '',
  reference: '',
  obtained_at: '',
  note: '',
  source_name: '',
  source_country: '',
  source_url: '',
  source_number_format: '',
  source_note: '',
};

/** In the place of a source's id: one that is not in the register yet. */
export const NEW_SOURCE = 'new';

export function planSource(
  values: RecordValues,
  kind: EvidenceKind,
): RequestOf<'createSource'>['body'] {
  const { source_name, source_country, source_url, source_number_format, source_note } = values;
  return {
    name: source_name,
    kind,
    ...(source_country !== '' && { jurisdiction_country: source_country }),
    ...(source_url !== '' && { url: source_url }),
    ...(source_number_format !== '' && { number_format: source_number_format }),
    ...(source_note !== '' && { note: source_note }),
  };
}

/** @param file that was sent, with the name that it has for people */
export function planEvidence(
  { source_id, reference, obtained_at, note }: RecordValues,
  kind: EvidenceKind,
  file: { readonly digest: string; readonly name: string } | undefined,
): RequestOf<'recordEvidence'>['body'] {
  return {
    kind,
    ...(source_id !== '' && { source_id: Number(source_id) }),
    reference,
    obtained_at: obtained_at === '' ? '' : new Date(obtained_at).toISOString(),
    ...(note !== '' && { note }),
    ...(file !== undefined && { file_digest: file.digest, file_name: file.name }),
  };
}

/** A moment as a field of day and time has it. */
export function fieldTimeOf(moment: Date): string {
  const shifted = moment.getTime() - moment.getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
