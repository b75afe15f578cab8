/**
 * `npm run bench:console`: how long the console's list of organizations takes in a real browser, from what
 * somebody does until the page shows it, with many organizations and with few. Both servers run at the same
 * time, and each step is done on one and then on the other.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { makeLinkForUser } from '../packages/server/src/main.ts';
import type { DatabaseLocation } from '../packages/server/src/settings.ts';
import { buildConsole } from '../scripts/console-build.ts';
import { launchBrowser } from '../test/browser.ts';
import { SEARCH_WORDS } from './organizations.ts';
import { prepareRegistry } from './prepare.ts';
import { startOrgvet } from './processes.ts';

const HELP = `Usage: npm run bench:console -- [options]
  --organizations N  organizations in the large registry (1000000)
  --rounds N         how often each step is done (15)
  --data DIR         keep the prepared registries there, and use them again`;

/** What everything is compared with. */
const FEW_ORGANIZATIONS = 5000;

/** Steps of a round in their order: each begins where the one before it has ended. */
const STEPS: readonly Step[] = [
  { name: 'open the list', address: '/organizations' },
  { name: 'next page', button: 'Next page' },
  { name: 'last page', button: 'Last page' },
  { name: 'first page', button: 'First page' },
  { name: 'sort by country', button: 'Sort by Country' },
  { name: 'next page by country', button: 'Next page' },
  { name: 'last page by country', button: 'Last page' },
  { name: 'search: in ten names', search: SEARCH_WORDS.rare },
  { name: 'search: in 3 % of names', search: SEARCH_WORDS.middling },
  { name: 'search: in 30 % of names', search: SEARCH_WORDS.common },
  { name: 'next page of a search', button: 'Next page' },
  { name: 'view: pending', address: '/organizations?validation=pending' },
];

/**
 * Run in the page: does something, and waits until the list is another and drawn. In the page, because the
 * way there and back takes longer than the list does.
 */
const WATCH = `async (selector, text) => {
  const list = () => document.querySelector('main table tbody')?.innerText;
  const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const before = list();
  const element = document.querySelector(selector);
  const start_ms = performance.now();
  if (text === undefined) {
    element.click();
  } else {
    // As typing does it, which React hears of.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, text);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }
  while (list() === before || list() === undefined) {
    if (performance.now() - start_ms > 60_000) {
      throw new Error('The list stays as it is after ' + selector);
    }
    await drawn();
  }
  return performance.now() - start_ms;
}`;

interface Step {
  readonly name: string;
  readonly address?: string;
  /** By its name. */
  readonly button?: string;
  readonly search?: string;
}

interface Settings {
  readonly organizations: number;
  readonly rounds: number;
  readonly directory: string;
  readonly is_kept: boolean;
}

/** A registry with a server, and a window on it. */
interface Watched {
  readonly page: Page;
  readonly origin: string;
  close(): Promise<void>;
}

if (process.argv.includes('--help')) {
  console.log(HELP);
} else {
  await run(parseSettings());
}

function parseSettings(): Settings {
  const { values } = parseArgs({
    options: {
      organizations: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '15' },
      data: { type: 'string' },
    },
  });
  const [organizations, rounds] = [Number(values.organizations), Number(values.rounds)];
  if (!Number.isInteger(organizations) || organizations < FEW_ORGANIZATIONS) {
    throw new Error(`--organizations must be at least ${FEW_ORGANIZATIONS}.`);
  }
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error('--rounds must be at least 1.');
  }
  const { data } = values;
  const directory =
    data === undefined ? mkdtempSync(join(tmpdir(), 'orgvet-bench-')) : resolve(data);
  return { organizations, rounds, directory, is_kept: data !== undefined };
}

async function run({ organizations, rounds, directory, is_kept }: Settings): Promise<void> {
  await buildConsole();
  const { browser, close } = await launchBrowser();
  const watch = async (name: string, count: number): Promise<Watched> =>
    await openRegistry(join(directory, name), count, await browser.newPage());
  const all: Watched[] = [];
  try {
    all.push(await watch('few', FEW_ORGANIZATIONS), await watch('many', organizations));
    // Once to begin with: what is loaded and compiled then is there afterwards.
    await measureRounds(all, 1);
    console.log(renderSteps(await measureRounds(all, rounds), organizations));
  } finally {
    await Promise.all(all.map((watched) => watched.close()));
    await close();
    if (!is_kept) {
      rmSync(directory, { recursive: true, force: true });
    }
  }
}

async function openRegistry(directory: string, count: number, page: Page): Promise<Watched> {
  const database: DatabaseLocation = { kind: 'sqlite', directory };
  const { account_id, key } = await prepareRegistry(directory, database, count, console.log);
  const ready_file = join(directory, 'ready.json');
  const server = await startOrgvet(['--data', directory], ready_file, []);
  const origin = `http://127.0.0.1:${server.port}`;
  const answer = await fetch(`${origin}/services/v2/user/me`, { headers: { 'X-DC-DEVKEY': key } });
  const { id: user_id } = (await answer.json()) as { id: number };
  const wanted = { account_id, user_id, purpose: 'sign_in', origin } as const;
  const link = await makeLinkForUser(database, wanted);
  await page.goto(link ?? '');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return { page, origin, close: () => server.stop() };
}

/** @returns for each step what it took in each registry, in milliseconds */
async function measureRounds(all: readonly Watched[], rounds: number): Promise<number[][][]> {
  const taken_ms = STEPS.map(() => all.map((): number[] => []));
  for (let round = 0; round < rounds; round += 1) {
    for (const [step, parts] of STEPS.entries()) {
      for (const [index, watched] of all.entries()) {
        taken_ms[step]?.[index]?.push(await measureStep(watched, parts));
      }
    }
  }
  return taken_ms;
}

async function measureStep({ page, origin }: Watched, step: Step): Promise<number> {
  if (step.address !== undefined) {
    const start_ms = performance.now();
    await page.goto(`${origin}${step.address}`);
    await page.getByRole('table').waitFor();
    return performance.now() - start_ms;
  }
  const shown = step.search === undefined ? `[title="${step.button}"]` : 'input[type=search]';
  return await page.evaluate<number>(`(${WATCH})('${shown}', ${JSON.stringify(step.search)})`);
}

function renderSteps(taken_ms: readonly number[][][], organizations: number): string {
  const headings = ['step', `${FEW_ORGANIZATIONS}: ms`, `${organizations}: ms`, 'worst', 'ratio'];
  const rows = STEPS.map(({ name }, index) => {
    const [few = [], many = []] = taken_ms[index] ?? [];
    const [usual, measured] = [findMedian(few), findMedian(many)];
    const worst = Math.max(...many);
    return [
      name,
      ...[usual, measured, worst].map((ms) => ms.toFixed(0)),
      (measured / usual).toFixed(2),
    ];
  });
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((row) => row[column]?.length ?? 0)),
  );
  return lines
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function findMedian(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
