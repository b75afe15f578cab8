/** The file of a piece of evidence: a picture is shown here, everything is to be saved. */
import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useClient } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { saveFile } from '../../save-file.ts';
import { useTexts } from '../../texts/index.ts';
import type { Evidence } from './types.ts';

type File = NonNullable<Evidence['file']>;

interface EvidenceFileProps {
  readonly organization_id: number;
  readonly file: File;
}

/** What browsers show as pictures; the server has looked into the bytes. */
const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

const KILOBYTE = 1_000;

export function EvidenceFile({ organization_id, file }: EvidenceFileProps) {
  const { evidence: texts } = useTexts();
  const { name, media_type, size_bytes } = file;
  const fetchFile = useFile(organization_id, file);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [picture, setPicture] = usePicture();
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    await deed().catch(setError);
    setBusy(false);
  };
  const view = async () => setPicture(await collect(media_type, await fetchFile()));
  const save = async () => saveFile(name, media_type, await fetchFile());
  const size = texts.size(String(Math.ceil(size_bytes / KILOBYTE)));
  return (
    <div className="evidence-file">
      <Group gap="xs">
        <span>
          {texts.file}: {name} <span className="quiet">({size})</span>
        </span>
        {PICTURES.includes(media_type) && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={picture === undefined ? texts.view_of(name) : texts.hide_of(name)}
            loading={isBusy}
            onClick={() => (picture === undefined ? attempt(view) : setPicture(undefined))}
          >
            {picture === undefined ? texts.view : texts.hide}
          </Button>
        )}
        <Button
          variant="default"
          size="compact-sm"
          aria-label={texts.download_of(name)}
          loading={isBusy}
          onClick={() => attempt(save)}
        >
          {texts.download}
        </Button>
        {isBusy && <span role="status">{texts.fetching}</span>}
      </Group>
      <ErrorNotice error={error} />
      {picture !== undefined && (
        <img className="evidence-picture" src={picture} alt={texts.picture(name)} />
      )}
    </div>
  );
}

/** Asks for the bytes, which come in pieces. */
function useFile(
  organization_id: number,
  { digest }: File,
): () => Promise<AsyncIterable<Uint8Array>> {
  const client = useClient();
  return () => client.callFile('getFile', { params: { organization_id, digest } });
}

/** All of it, or nothing. */
async function collect(media_type: string, pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const piece of pieces) {
    parts.push(new Uint8Array(piece));
  }
  return new Blob(parts, { type: media_type });
}

/** An address for a picture in this page, given back when it is shown no more. */
function usePicture(): [string | undefined, (picture: Blob | undefined) => void] {
  const [address, setAddress] = useState<string>();
  useEffect(
    () => () => {
      if (address !== undefined) {
        URL.revokeObjectURL(address);
      }
    },
    [address],
  );
  return [address, (picture) => setAddress(picture && URL.createObjectURL(picture))];
}
