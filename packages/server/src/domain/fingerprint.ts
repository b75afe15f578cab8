/**
 * When two organizations are the same on paper: the fingerprint of the details that are compared.
 *
 * Equal are name, assumed name, address, address2, city, state, zip and country after normalizing; the
 * name alone never decides. (Create organization, "Skip duplicate organization check"; the field list is
 * Orgvet's reading, see docs/wire-compatibility.md.)
 */
import { hash } from 'node:crypto';
import { normalize } from './normalize.ts';
import type { OrganizationDetails } from './organization.ts';
import { findSubdivision } from './subdivision.ts';

/** @returns 22 characters that are equal exactly when the compared details are */
export function computeFingerprint(details: OrganizationDetails): string {
  const compared = [
    normalize(details.name),
    normalize(details.assumed_name),
    normalize(details.address),
    normalize(details.address2),
    normalize(details.city),
    findSubdivision(details.country, details.state)?.code ?? normalize(details.state),
    normalize(details.zip),
    details.country,
  ];
  // 128 bits: no two organizations will ever meet by chance, and the index stays small.
  return hash('sha256', compared.join('\u001F'), 'base64url').slice(0, 22);
}
