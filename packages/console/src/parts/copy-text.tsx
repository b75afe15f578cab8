/** Copies a text that people keep somewhere else. */
import { Button } from '@mantine/core';
import { useTexts } from '../texts/index.ts';
import { useToast } from './toast.tsx';

/** @param label what the button says: which text it copies */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const { parts } = useTexts();
  const show = useToast();
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => show(parts.copied),
          () => show(parts.copy_failed),
        )
      }
    >
      {label}
    </Button>
  );
}
