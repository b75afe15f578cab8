/** The whole log as a file that is proved without the server. */
import { Button } from '@mantine/core';
import { useClient } from '../../operations.ts';
import { useSaveFile } from '../../save-file.ts';
import { useTexts } from '../../texts/index.ts';

export function ExportButton() {
  const { audit_log: texts } = useTexts();
  const client = useClient();
  const { isBusy, save } = useSaveFile({
    name: 'audit-log.jsonl',
    media_type: 'application/jsonl',
    fetch: () => client.callLines('exportAuditLog', { query: {} }),
  });
  return (
    <Button variant="default" loading={isBusy} onClick={save}>
      {texts.export}
    </Button>
  );
}
