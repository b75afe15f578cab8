/** The whole list, as it is filtered and sorted, as a file. */
import { Button } from '@mantine/core';
import type { CsvOperationName } from '@orgvet/client';
import type { RequestOf } from '@orgvet/contract';
import { useClient } from '../operations.ts';
import { useSaveFile } from '../save-file.ts';
import { useTexts } from '../texts/index.ts';

export function CsvButton<Name extends CsvOperationName>({
  name,
  request,
  file_name,
}: {
  readonly name: Name;
  readonly request: RequestOf<Name>;
  readonly file_name: `${string}.csv`;
}) {
  const { parts } = useTexts();
  const client = useClient();
  const { isBusy, save } = useSaveFile({
    name: file_name,
    media_type: 'text/csv',
    fetch: () => client.callCsv(name, request),
  });
  return (
    <Button variant="default" loading={isBusy} onClick={save}>
      {parts.csv}
    </Button>
  );
}
