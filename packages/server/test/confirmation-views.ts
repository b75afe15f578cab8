/** What the tests of mails and of the confirmation page render, and how they take the result apart. */
import fc from 'fast-check';
import type { ConfirmationView } from '../src/domain/confirmation.ts';
import { TEXT_LOCALES } from '../src/domain/texts/index.ts';

export const EVERY_LOCALE = TEXT_LOCALES;

/** A request as a contact sees it, with what a test changes. */
export function exampleView(changes: Partial<ConfirmationView> = {}): ConfirmationView {
  return {
    state: 'open',
    contact: {
      first_name: 'John',
      last_name: 'Doe',
      job_title: 'Site Reliability Engineer',
      telephone: '555-555-1001',
      email: 'john.doe@example.com',
    },
    organization: {
      name: 'Example Organization, LLC',
      assumed_name: 'Example Assumed',
      address: '932 Prospect Street',
      address2: 'Floor 08',
      city: 'Springfield',
      state: 'Virginia',
      zip: '22162',
      country: 'US',
    },
    requester_name: 'Jane Roe',
    account_name: 'Roe Hosting',
    validation_types: ['ev'],
    locale: undefined,
    requested_at: '2026-11-21T12:00:00+00:00',
    expires_at: '2026-12-21T12:34:56+00:00',
    answered_at: '',
    is_approved_by_other: false,
    ...changes,
  };
}

/** What nobody should call themselves, behind a letter so that it is never empty. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom('<', '>', '&', '"', "'", '</', '-->', '<script>', '&lt;', '\r\nBcc: '),
      fc.constantFrom('\u2028', '\u202E', '\0', '\u{1F512}', '`', '$', '{name}'),
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `x${parts.join('')}x`);

/** A request in which everything that somebody wrote is hostile. */
export const hostileView: fc.Arbitrary<ConfirmationView> = fc
  .record({
    contact: fc.record({
      first_name: hostileText,
      last_name: hostileText,
      job_title: hostileText,
      telephone: hostileText,
      email: hostileText,
    }),
    organization: fc.record({
      name: hostileText,
      assumed_name: hostileText,
      address: hostileText,
      address2: hostileText,
      city: hostileText,
      state: hostileText,
      zip: hostileText,
      country: hostileText,
    }),
    requester_name: hostileText,
    account_name: hostileText,
  })
  .map(exampleView);

/** The tags of a page, in order: its structure. */
export function listTags(html: string): string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

/** What a page says, as somebody reads it who sees no styles. */
export function readText(html: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&([^;]*);/g, (entity, name) => entities[name] ?? entity)
    .replaceAll(/\n+/g, '\n')
    .trim();
}

/** What shows that a text was put together wrongly. */
export const LEFTOVER = /undefined|null|NaN|\[object|Invalid|[{}]|\$\(/;
