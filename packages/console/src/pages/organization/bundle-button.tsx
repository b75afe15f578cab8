/** Everything that a completed validation stood on, as a file to keep. */
import { Button } from '@mantine/core';
import { useClient } from '../../operations.ts';
import { useSaveFile } from '../../save-file.ts';
import { useTexts } from '../../texts/index.ts';
import type { TypeRequirements } from './overview.tsx';

export function BundleButton({
  organization_id,
  type,
}: {
  readonly organization_id: number;
  readonly type: TypeRequirements['type'];
}) {
  const texts = useTexts();
  const { validations } = texts.organization;
  const client = useClient();
  const params = { organization_id, validation_type: type };
  const { isBusy, save } = useSaveFile({
    name: `organization-${organization_id}-${type}.zip`,
    media_type: 'application/zip',
    fetch: () => client.callFile('getBundle', { params, query: {} }),
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={isBusy}
      title={validations.bundle_of(texts.words.validation_types[type])}
      onClick={save}
    >
      {validations.bundle}
    </Button>
  );
}
