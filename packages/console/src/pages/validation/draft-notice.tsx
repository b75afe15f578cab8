/** Says that what stands in a form was found here, and lets it go. */
import { Button } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';

interface DraftNoticeProps {
  readonly draft: { readonly isBegun: boolean; readonly isRestored: boolean; discard(): void };
}

export function DraftNotice({ draft }: DraftNoticeProps) {
  const { work: texts } = useTexts();
  if (!draft.isBegun) {
    return null;
  }
  return (
    <p className="draft-notice" role="status">
      {draft.isRestored ? texts.draft.restored : texts.draft.kept}{' '}
      <Button variant="subtle" size="compact-sm" onClick={draft.discard}>
        {texts.draft.discard}
      </Button>
    </p>
  );
}
