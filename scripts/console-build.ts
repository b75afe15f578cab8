/**
 * Builds the console, and knows whether it is built already: a start or a test run with nothing new in
 * it waits for nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const CONSOLE_DIRECTORY = join(ROOT, 'packages', 'server', 'console');

/** Everything that the console is made of; libraries by the lockfile. */
const SOURCES = [
  'packages/{client,console,contract}/src/**/*.{ts,tsx,css}',
  'packages/console/{index.html,vite.config.ts}',
  'package-lock.json',
];

/** Written beside the console when it is whole: a build that broke off has none. */
const KEY_FILE = join(CONSOLE_DIRECTORY, 'built-of');

export async function buildConsole(): Promise<{ isNew: boolean; duration_ms: number }> {
  const start_ms = performance.now();
  const key = hashSources();
  const isNew = !(existsSync(KEY_FILE) && readFileSync(KEY_FILE, 'utf8') === key);
  if (isNew) {
    const root = join(ROOT, 'packages', 'console');
    await build({ root, configLoader: 'native', logLevel: 'warn' });
    writeFileSync(KEY_FILE, key);
  }
  return { isNew, duration_ms: performance.now() - start_ms };
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
