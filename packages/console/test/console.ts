/**
 * What the tests of the console stand on: a real Orgvet, a real Chromium, people who are signed in. Every
 * window is watched: what it asks of another server, what its policy forbids it, and what breaks in it
 * fails the file.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from '../../../test/browser.ts';
import { makeSignInLink } from '../../server/src/operations/sign-in-links.ts';
import { type StartOptions, startServer, type TestServer } from '../../server/test/harness.ts';
import { listUnreachable } from './keyboard.ts';

/** Which window, and whose. */
interface WindowOptions {
  /** Whom it is signed in as: the demo's administrator unless told otherwise; 0 for nobody. */
  readonly user_id?: number;
  readonly account_id?: number;
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** By the name of the own machine instead of its address: passkeys want a name. */
  readonly isByName?: true;
  /** Origins that it may go to beside the server's own. */
  readonly elsewhere?: readonly string[];
}

export interface TestConsole {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Opens a window of its own, signed in, at an address of the console. */
  open(path: string, options?: WindowOptions): Promise<Page>;
}

const DEMO_ACCOUNT_ID = 1;
const DEMO_ADMINISTRATOR_ID = 12;

/** Wide enough for every column, and as narrow as a telephone. */
const WIDTHS = { wide: 1280, narrow: 390 } as const;
const HEIGHT = 900;

/** How long a window may take to show something; a busy machine takes its time. */
const PATIENCE_MS = 20_000;

/** The browser says so of every answer that is an error, which tests bring about on purpose. */
const EXPECTED_COMPLAINT = /^Failed to load resource: the server responded with a status of [45]/;

export async function startConsole(options: StartOptions = {}): Promise<TestConsole> {
  const server = await startServer(options);
  const browser = await startBrowser();
  const faults: string[] = [];
  after(() => assert.deepEqual(faults, []));
  return {
    server,
    browser,
    async open(
      path,
      { user_id = DEMO_ADMINISTRATOR_ID, account_id = DEMO_ACCOUNT_ID, ...look } = {},
    ) {
      const context = await openContext(browser, look);
      const origin = originFor(server, look);
      watch(context, [origin, ...(look.elsewhere ?? [])], faults);
      if (user_id !== 0) {
        await signIn(server, context, origin, { account_id, user_id });
      }
      const page = await context.newPage();
      await page.goto(`${origin}${path}`);
      return page;
    },
  };
}

async function openContext(
  browser: Browser,
  { width = WIDTHS.wide, colorScheme = 'light' }: WindowOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHT },
    colorScheme,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

function originFor({ origin }: TestServer, { isByName }: WindowOptions): string {
  return isByName === true ? origin.replace('127.0.0.1', 'localhost') : origin;
}

function watch(context: BrowserContext, origins: readonly string[], faults: string[]): void {
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && !origins.includes(url.origin)) {
      faults.push(`asked ${url.href}`);
    }
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED_COMPLAINT.test(message.text())) {
      faults.push(message.text());
    }
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
}

/** By what the page of a link does, without the page: tests of signing in go there, all others need not. */
async function signIn(
  { app }: TestServer,
  context: BrowserContext,
  origin: string,
  { account_id, user_id }: { readonly account_id: number; readonly user_id: number },
): Promise<void> {
  const link = await makeSignInLink(app.environment, account_id, user_id, 'sign_in');
  assert.ok(link, `Nobody signs in as the user ${user_id} of the account ${account_id}.`);
  const answer = await context.request.post(`${origin}/access/v1/sign-in/link`, {
    headers: { 'sec-fetch-site': 'same-origin' },
    data: { token: new URL(link).hash.slice(1) },
  });
  assert.equal(answer.status(), 200, await answer.text());
}

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const RULES = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

interface Violation {
  readonly id: string;
  readonly nodes: readonly {
    readonly target: readonly string[];
    readonly failureSummary: string;
  }[];
}

/** What axe finds wrong with a page as it stands: rules, and where. */
async function findAccessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) {
    // By the debugger, past the page's policy, which lets no such script in.
    await page.evaluate(AXE);
  }
  const options = { runOnly: RULES, resultTypes: ['violations'] };
  const violations = (await page.evaluate(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
  )) as readonly Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** How a page may look: each colour and each width, and with `ORGVET_TEST_LOOKS=all` each with each. */
const LOOKS = (
  [
    { width: 'wide', colorScheme: 'light' },
    { width: 'narrow', colorScheme: 'dark' },
    { width: 'narrow', colorScheme: 'light' },
    { width: 'wide', colorScheme: 'dark' },
  ] as const
).slice(0, process.env.ORGVET_TEST_LOOKS === 'all' ? 4 : 2);

/**
 * Looks at a page in both colours and both widths.
 *
 * @throws where axe finds anything in any of them, or something cannot be worked by keyboard
 */
export async function assertAccessible(page: Page): Promise<void> {
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width: WIDTHS[width], height: HEIGHT });
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    const faults = await findAccessibilityFaults(page);
    const all = [...faults, ...(await listUnreachable(page))];
    assert.deepEqual(all, [], `${page.url()} ${colorScheme} ${width}`);
    const spare = await page.evaluate(
      'document.documentElement.clientWidth - document.documentElement.scrollWidth',
    );
    assert.equal(spare, 0, `${page.url()} is wider than a ${width} window`);
  }
  await page.setViewportSize({ width: WIDTHS.wide, height: HEIGHT });
  await page.emulateMedia({ colorScheme: 'light' });
}
