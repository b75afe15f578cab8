/**
 * Remembers what was found by a secret, for as long as nothing at all has been committed since: what was
 * taken back is refused from then on. Secrets are remembered by their hashes, and never more than a few.
 * Where the database does not tell whether anything was committed, nothing is remembered.
 */
import { hashSecret } from '../domain/api-key.ts';
import type { Handle } from '../store/database.ts';

const REMEMBERED_MAX = 1000;

type Find<Found> = (text: string) => Promise<Found | undefined>;

/** @param read what finds it in the database */
export function remember<Found>(reader: Handle, read: Find<Found>): Find<Found> {
  const remembered = new Map<string, Found>();
  let rememberedVersion: number | undefined;
  return async (text) => {
    const version = reader.findVersion();
    if (version === undefined) {
      return await read(text);
    }
    if (version !== rememberedVersion) {
      remembered.clear();
      rememberedVersion = version;
    }
    const digest = hashSecret(text);
    const known = remembered.get(digest);
    if (known !== undefined) {
      return known;
    }
    const found = await read(text);
    // Only under the version that it was read under: a commit may have come between.
    const isCurrent = reader.findVersion() === version;
    if (found !== undefined && isCurrent && remembered.size < REMEMBERED_MAX) {
      remembered.set(digest, found);
    }
    return found;
  };
}
