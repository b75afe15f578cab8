/** Says that what was typed is kept, and lets it be thrown away. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Confirmation } from '../../parts/confirmation.tsx';
import { useTexts } from '../../texts/index.ts';

interface DraftNoteProps {
  /** Whose draft it is, for whoever is about to lose it. */
  readonly name: string;
  readonly isBegun: boolean;
  readonly isRestored: boolean;
  onDiscard(): void;
}

export function DraftNote({ name, isBegun, isRestored, onDiscard }: DraftNoteProps) {
  const { organization_form: texts } = useTexts();
  const [isAsking, setAsking] = useState(false);
  if (!isBegun) {
    // Of the same height: nothing jumps when somebody begins to type.
    return <p className="quiet draft-note">{texts.required_note}</p>;
  }
  return (
    <div className="quiet draft-note">
      <span>{isRestored ? texts.draft_found : texts.draft_kept}</span>
      <Button variant="subtle" size="compact-sm" onClick={() => setAsking(true)}>
        {texts.draft_discard}
      </Button>
      {isAsking && (
        <Confirmation
          title={texts.draft_discard_title}
          text={texts.draft_discard_text(name.trim())}
          action={texts.draft_discard}
          isBusy={false}
          error={null}
          onConfirm={onDiscard}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
