/** Gives whoever looks at a page a file to keep. */
import { useState } from 'react';
import { useToast } from './parts/toast.tsx';
import { describeError } from './problems.ts';
import { useTexts } from './texts/index.ts';

/** What a file is called, what it is, and how to get what is in it. */
interface FileToSave {
  readonly name: string;
  readonly media_type: string;
  fetch(): Promise<AsyncIterable<string | Uint8Array>>;
}

/** For a button that saves a file: whether it is on its way; a notice says why it does not come. */
export function useSaveFile(file: FileToSave): { readonly isBusy: boolean; save(): Promise<void> } {
  const texts = useTexts();
  const show = useToast();
  const [isBusy, setBusy] = useState(false);
  return {
    isBusy,
    async save() {
      setBusy(true);
      try {
        await saveFile(file.name, file.media_type, await file.fetch());
      } catch (error) {
        show(describeError(error, texts).join(' '));
      } finally {
        setBusy(false);
      }
    },
  };
}

/** @throws what comes in the way of the pieces: half a file is not given */
export async function saveFile(
  name: string,
  media_type: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const parts: BlobPart[] = [];
  for await (const piece of pieces) {
    parts.push(typeof piece === 'string' ? piece : new Uint8Array(piece));
  }
  const url = URL.createObjectURL(new Blob(parts, { type: media_type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
