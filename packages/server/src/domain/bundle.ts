/**
 * Evidence bundles: an archive of everything that a completed validation stood on, with a manifest of all
 * that is in it. Nothing in one tells when it was made or for whom, so that the same records give the
 * same bytes, and two bundles can be compared. Pure.
 */

import { createHash } from 'node:crypto';
import type { Outcome, Person, ValidationTypeName } from '@orgvet/contract';
import { type ArchiveMember, writeArchive } from './archive.ts';
import type { RecordedEvent } from './audit-chain.ts';
import type { ReliedOn } from './rules/validity.ts';

export const MANIFEST_NAME = 'manifest.json';
export const BUNDLE_FORMAT = 'orgvet-bundle';
export const BUNDLE_FORMAT_VERSION = 1;

/** What a bundle is of. */
export interface BundleSubject {
  readonly account_id: number;
  readonly organization: { readonly id: number; readonly name: string };
  readonly validation_type: ValidationTypeName;
  readonly completion_id: number;
  readonly completed_at: string;
  readonly completed_by?: Person;
}

/** A member as the manifest has it. */
export interface ManifestMember {
  readonly name: string;
  readonly size_bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The last member of a bundle, which tells of all others. */
export interface BundleManifest extends BundleSubject {
  readonly format: typeof BUNDLE_FORMAT;
  readonly format_version: typeof BUNDLE_FORMAT_VERSION;
  /** In the order in which they are in the archive. */
  readonly members: readonly ManifestMember[];
}

/** Writes a bundle. @param members all but the manifest */
export function writeBundle(
  subject: BundleSubject,
  members: AsyncIterable<ArchiveMember>,
): AsyncGenerator<Uint8Array> {
  return writeArchive(addManifest(subject, members));
}

async function* addManifest(
  subject: BundleSubject,
  members: AsyncIterable<ArchiveMember>,
): AsyncGenerator<ArchiveMember> {
  const read: ManifestMember[] = [];
  for await (const { name, content } of members) {
    yield { name, content: measure(name, content, (member) => read.push(member)) };
  }
  const manifest: BundleManifest = {
    format: BUNDLE_FORMAT,
    format_version: BUNDLE_FORMAT_VERSION,
    ...subject,
    members: read,
  };
  yield jsonMember(MANIFEST_NAME, manifest);
}

/** Passes content on, and tells at its end how much it was and what. */
async function* measure(
  name: string,
  content: AsyncIterable<Uint8Array>,
  tell: (member: ManifestMember) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size_bytes = 0;
  for await (const piece of content) {
    hash.update(piece);
    size_bytes += piece.length;
    yield piece;
  }
  tell({ name, size_bytes, sha256: hash.digest('hex') });
}

/** A member that is a JSON document, as people read it. */
export function jsonMember(name: string, document: object): ArchiveMember {
  return textMember(name, [`${JSON.stringify(document, null, 2)}\n`]);
}

/** A member that is text. */
export function textMember(
  name: string,
  pieces: AsyncIterable<string> | readonly string[],
): ArchiveMember {
  return { name, content: encode(pieces) };
}

async function* encode(pieces: AsyncIterable<string> | readonly string[]) {
  for await (const piece of pieces) {
    yield Buffer.from(piece);
  }
}

/** What tells a decision from the others. */
interface AboutCheck {
  readonly id: number;
  readonly validation_type: ValidationTypeName;
  readonly check_id: string;
  readonly outcome: Outcome;
  readonly decided_at: string;
}

/** What is kept of a completion of a type. */
interface Completed {
  readonly type: ValidationTypeName;
  readonly completed_at: string;
  /** Empty where no decision led to it. */
  readonly relied_on: readonly ReliedOn[];
}

/**
 * The decisions that a completed validation stood on: those it relied on, and of what is not among them
 * the last ones by which a check does not apply.
 *
 * @param decisions about the organization, oldest first
 */
export function listStoodOn<One extends AboutCheck>(
  { type, completed_at, relied_on }: Completed,
  decisions: readonly One[],
): One[] {
  if (relied_on.length === 0) {
    return [];
  }
  const ids = new Set(relied_on.map(({ decision_id }) => decision_id));
  const met = new Set(relied_on.map(({ check_id }) => check_id));
  const waived = decisions.filter(
    (one) =>
      one.outcome === 'not_applicable' &&
      one.validation_type === type &&
      one.decided_at <= completed_at &&
      !met.has(one.check_id),
  );
  const last = new Map(waived.map(({ check_id, id }) => [check_id, id]));
  return decisions.filter((one) => ids.has(one.id) || last.get(one.check_id) === one.id);
}

/** A version of a pack or a policy. */
export interface RulesVersion {
  readonly id: string;
  readonly version: string;
}

/** The packs and policies that some texts of `describeRules` name, each once, by name. */
export function listRulesVersions(texts: readonly string[]): RulesVersion[] {
  const names = new Set(texts.flatMap((text) => text.split(', ')));
  return [...names].sort().flatMap((name) => {
    const [id = '', version = ''] = name.split(' ');
    return version === '' ? [] : [{ id, version }];
  });
}

/** A line as the audit log has it, without what chains it to its neighbours there. */
export function renderEvent(event: RecordedEvent): string {
  const { id, account_id, occurred_at, actor_user_id, api_key_id, ip_address } = event;
  const { request_id, action, object_type, object_id, before, after } = event;
  const line = {
    ...{ id, account_id, occurred_at, actor_user_id, api_key_id, ip_address },
    ...{ request_id, action, object_type, object_id },
    before: before === '' ? undefined : JSON.parse(before),
    after: after === '' ? undefined : JSON.parse(after),
  };
  return `${JSON.stringify(line)}\n`;
}

/** Whether an event tells of a completion. */
export function isCompletionOf({ action, after }: RecordedEvent, completion_id: number): boolean {
  return (
    action === 'validation_completed' &&
    (JSON.parse(after) as { completion_id?: number }).completion_id === completion_id
  );
}
