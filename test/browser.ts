/**
 * A browser for tests: the machine's own Chromium where it has one, else the one that npm has brought
 * along. `ORGVET_TEST_BROWSER` names another: the path of one, or `npm`.
 */
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
] as const;

/** Where it is on systems that put no program of it on the PATH. */
const PLACES = [
  '/usr/bin/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** As root there is no sandbox; and a browser of a test asks nobody for anything of its own accord. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A program to start, with what it needs around it. */
interface BrowserProgram {
  readonly path: string;
  readonly environment?: Record<string, string>;
  /** Where it was unpacked. */
  readonly directory?: string;
}

/** A browser that runs. */
export interface RunningBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

let running: Promise<RunningBrowser> | undefined;

/** Starts a browser, one for all test files of the process, which is closed after them. */
export async function startBrowser(): Promise<Browser> {
  if (running === undefined) {
    running = launchBrowser();
    after(async () => await (await running)?.close());
  }
  return (await running).browser;
}

/** Starts a browser for whoever closes it. */
export async function launchBrowser(): Promise<RunningBrowser> {
  const { path, environment, directory } = await findBrowser();
  const browser = await launcher.launch({
    executablePath: path,
    args: FLAGS,
    ...(environment && { env: environment }),
  });
  return {
    browser,
    async close() {
      await browser.close();
      if (directory !== undefined) {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

async function findBrowser(): Promise<BrowserProgram> {
  const named = process.env.ORGVET_TEST_BROWSER;
  if (named && named !== 'npm') {
    return { path: named };
  }
  const path = named === 'npm' ? undefined : findInstalled();
  return path === undefined ? await unpackBrowser() : { path };
}

function findInstalled(): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter).filter((one) => one !== '');
  const onPath = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  return [...onPath, ...PLACES].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Unpacks the browser of the npm package, with the libraries and fonts that a machine without a browser
 * may lack as well. The package unpacks into the temporary directory, and would take whatever it finds
 * there, half unpacked or not: so it is shown one of its own.
 */
async function unpackBrowser(): Promise<BrowserProgram> {
  const directory = await mkdtemp(join(tmpdir(), 'orgvet-browser-'));
  const entry = import.meta.resolve('@sparticuz/chromium');
  const libraries = fileURLToPath(new URL('../bin/al2023.tar.br', entry));
  const path = await withTemporaryDirectory(directory, async () => {
    await inflate(libraries);
    return await chromium.executablePath();
  });
  const { LD_LIBRARY_PATH: known } = process.env;
  return {
    path,
    directory,
    environment: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: [join(directory, 'al2023', 'lib'), ...(known ? [known] : [])].join(':'),
      FONTCONFIG_FILE: await writeFontSettings(directory),
    },
  };
}

/** The package's own settings look for its fonts where it usually unpacks; without any, no text is drawn. */
async function writeFontSettings(directory: string): Promise<string> {
  const file = join(directory, 'fonts.conf');
  const directories = [join(directory, 'fonts'), '/usr/share/fonts'];
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${directories
      .map((one) => `<dir>${one}</dir>`)
      .join('')}<cachedir>${join(directory, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  return file;
}

async function withTemporaryDirectory<Result>(
  directory: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { TMPDIR: usual } = process.env;
  process.env.TMPDIR = directory;
  try {
    return await work();
  } finally {
    if (usual === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = usual;
    }
  }
}
