/**
 * Recording evidence: its file is sent, its source registered where that is new, then it is recorded. What
 * was done before something was refused is not done again.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useClient } from '../../operations.ts';
import {
  type EvidenceKind,
  NEW_SOURCE,
  planEvidence,
  planSource,
  type RecordValues,
} from './record-draft.ts';
import type { Evidence } from './types.ts';

/** What is being done, or was refused. */
export type RecordStep = 'file' | 'source' | 'evidence';

interface RecordRequest {
  readonly values: RecordValues;
  readonly kind: EvidenceKind;
  readonly file: File | undefined;
}

/** @param onSource told of a source that was registered on the way */
export function useRecordEvidence(organization_id: number, onSource: (source_id: number) => void) {
  const client = useClient();
  const queries = useQueryClient();
  const [step, setStep] = useState<RecordStep>('evidence');
  const sent = useRef<{ readonly file: File; readonly digest: string }>(undefined);
  const params = { organization_id };
  const sendFile = async (file: File) => {
    if (sent.current?.file !== file) {
      setStep('file');
      const { digest } = await client.sendFile('storeFile', { params }, file);
      sent.current = { file, digest };
    }
    return { digest: sent.current.digest, name: file.name };
  };
  const registerSource = async (values: RecordValues, kind: EvidenceKind) => {
    setStep('source');
    const { id } = await client.call('createSource', { body: planSource(values, kind) });
    onSource(id);
    return String(id);
  };
  const mutation = useMutation<Evidence, Error, RecordRequest>({
    async mutationFn({ values, kind, file }) {
      const stored = file && (await sendFile(file));
      const source_id =
        values.source_id === NEW_SOURCE ? await registerSource(values, kind) : values.source_id;
      setStep('evidence');
      const body = planEvidence({ ...values, source_id }, kind, stored);
      return await client.call('recordEvidence', { params, body });
    },
    onSuccess: () => queries.invalidateQueries(),
  });
  return { ...mutation, step };
}
