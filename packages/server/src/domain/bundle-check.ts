/**
 * Proves from the members of an evidence bundle alone that it is whole: every member that its manifest
 * tells of is there, as it was written, and nothing else is. It cannot prove who made the bundle: for that
 * it is made again by the registry, and the two compared. Pure: it is handed what was measured.
 */
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import {
  BUNDLE_FORMAT,
  BUNDLE_FORMAT_VERSION,
  type BundleManifest,
  MANIFEST_NAME,
  type ManifestMember,
} from './bundle.ts';

/** A member as it was found. */
export interface FoundMember extends ManifestMember {
  /** Whether it fits the check sum that the archive has of it. */
  readonly is_intact: boolean;
}

/** What was proved, or everything that does not fit. */
export interface BundleCheck {
  readonly faults: readonly string[];
  /** Absent where it cannot be read. */
  readonly manifest?: BundleManifest;
}

/** @param manifest_bytes those of the member `manifest.json`, if there is one */
export function checkBundle(
  found: readonly FoundMember[],
  manifest_bytes: Uint8Array | undefined,
): BundleCheck {
  if (manifest_bytes === undefined) {
    return {
      faults: [`${MANIFEST_NAME} is missing: this is no evidence bundle, or a part of one.`],
    };
  }
  const manifest = readManifest(manifest_bytes);
  if (manifest === undefined) {
    const form = `${BUNDLE_FORMAT}, version ${BUNDLE_FORMAT_VERSION}`;
    return { faults: [`${MANIFEST_NAME} cannot be read as that of ${form}.`] };
  }
  const faults = [...listTwice(found), ...listDamaged(found), ...listMisfits(found, manifest)];
  return { faults, manifest };
}

function listTwice(found: readonly FoundMember[]): string[] {
  return [...Map.groupBy(found, ({ name }) => name)].flatMap(([name, members]) =>
    members.length > 1 ? [`${name} is there ${members.length} times.`] : [],
  );
}

function listDamaged(found: readonly FoundMember[]): string[] {
  return found.flatMap(({ name, is_intact }) =>
    is_intact ? [] : [`${name} does not fit the check sum that the archive has of it.`],
  );
}

function listMisfits(found: readonly FoundMember[], { members }: BundleManifest): string[] {
  const told = new Map(members.map((member) => [member.name, member]));
  const names = new Set(found.map(({ name }) => name));
  const missing = members.filter(({ name }) => !names.has(name));
  const changed = found.flatMap(({ name, size_bytes, sha256 }) => {
    const member = told.get(name);
    if (name === MANIFEST_NAME) {
      return [];
    }
    if (member === undefined) {
      return [`${name} is not in the manifest.`];
    }
    if (member.size_bytes !== size_bytes) {
      return [`${name} has ${size_bytes} bytes, not ${member.size_bytes}.`];
    }
    return member.sha256 === sha256 ? [] : [`${name} was changed: it has another digest.`];
  });
  return [...missing.map(({ name }) => `${name} is missing.`), ...changed];
}

/** @returns undefined for what was not written here */
function readManifest(bytes: Uint8Array): BundleManifest | undefined {
  const value = parseObject(Buffer.from(bytes).toString());
  const { organization, members } = value;
  const isManifest =
    value.format === BUNDLE_FORMAT &&
    value.format_version === BUNDLE_FORMAT_VERSION &&
    (VALIDATION_TYPE_NAMES as readonly unknown[]).includes(value.validation_type) &&
    typeof value.completed_at === 'string' &&
    isObject(organization) &&
    typeof organization.id === 'number' &&
    typeof organization.name === 'string' &&
    Array.isArray(members) &&
    members.every(isMember);
  return isManifest ? (value as unknown as BundleManifest) : undefined;
}

function isMember(value: unknown): value is ManifestMember {
  return (
    isObject(value) &&
    typeof value.name === 'string' &&
    typeof value.size_bytes === 'number' &&
    typeof value.sha256 === 'string'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
