/** What a person is told when the server is up: where it is, with which key, and what to try. */
import { BASE_PATH } from '@orgvet/contract';
import type { App } from './app.ts';
import type { LinkPurpose } from './domain/session.ts';
import { describeLocation, type ServeSettings } from './settings.ts';

/** Where the console is, or a link to it with what the link is for, and as whom it signs in. */
export interface ConsolePage {
  readonly url: string;
  readonly label: 'Console' | 'Specialist' | 'Reviewer';
  readonly purpose?: LinkPurpose;
}

const LINK_NOTES: Readonly<Record<LinkPurpose, string>> = {
  sign_in: '  (signs in once)',
  demo: '  (signs in once)',
  enrolment: '  (sets a password; works once, for 72 hours)',
};

export function renderWelcome(
  origin: string,
  { accounts, is_first_start }: Pick<App, 'accounts' | 'is_first_start'>,
  { database, seed, host }: ServeSettings,
  version: string,
  console_pages: readonly ConsolePage[],
): string {
  const base_url = `${origin}${BASE_PATH}`;
  const lines = [
    `Orgvet ${version} is running${seed === 'demo' ? ' with demo data' : ''}.`,
    '',
    ...console_pages.map(
      ({ label, url, purpose }) =>
        `  ${label.padEnd(14)} ${url}${purpose === undefined ? '' : LINK_NOTES[purpose]}`,
    ),
    `  Base URL       ${base_url}`,
    `  API reference  ${origin}/docs`,
    `  Data           ${describeLocation(database)}`,
  ];
  const { administrator, view_only } = accounts[0]?.keys ?? {};
  if (administrator !== undefined) {
    lines.push(`  Administrator  ${administrator}`);
  }
  if (view_only !== undefined) {
    lines.push(`  View only      ${view_only}`);
  }
  if (is_first_start) {
    lines.push('', 'This key is shown this once and kept nowhere. Keep it safe.');
  }
  if (seed === 'demo' && !isLoopback(host)) {
    lines.push(
      '',
      `WARNING: the demo's keys are the same everywhere, and ${host} is not only this machine.`,
    );
  }
  if (administrator !== undefined) {
    lines.push('', 'Try:', ...renderExamples(base_url, administrator));
  }
  return [...lines, '', 'Ctrl-C stops it.'].join('\n');
}

/** Lines that work when pasted into a shell. */
function renderExamples(base_url: string, key: string): string[] {
  const curl = `  curl -sS -H 'X-DC-DEVKEY: ${key}'`;
  const body = JSON.stringify({
    name: 'Example Organization, LLC',
    country: 'us',
    address: '1 Example Way',
    city: 'Springfield',
    state: 'Virginia',
    zip: '22162',
    telephone: '555-555-0100',
    organization_contact: {
      first_name: 'Jane',
      last_name: 'Doe',
      email: 'jane.doe@example.com',
    },
  });
  return [
    `${curl} '${base_url}/user/me'`,
    `${curl} -g '${base_url}/organization?filters[search]=%25institut&sort=name&limit=3'`,
    `${curl} -H 'Accept: text/csv' '${base_url}/organization?sort=country,name'`,
    `${curl} '${base_url}/organization/112233'`,
    `${curl} -X POST '${base_url}/organization' -d '${body}'`,
  ];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
