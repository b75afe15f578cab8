/**
 * What a browser has to fetch: the first page, and each later one. Counted as gzip sends it. And what it
 * need not.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CONSOLE_DIRECTORY } from '../../../scripts/console-build.ts';

const FIRST_LOAD_MAX_BYTES = 200_000;
const LATER_PAGE_MAX_BYTES = 40_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const manifest: Readonly<Record<string, Chunk>> = JSON.parse(
  readFileSync(join(CONSOLE_DIRECTORY, 'manifest.json'), 'utf8'),
);

const ENTRY = 'index.html';
const FIRST_PAGES = ['src/texts/en/index.ts', 'src/pages/organizations/list.tsx'];

/** A chunk with all that it cannot do without. */
function closureOf(name: string, found = new Set<string>()): Set<string> {
  if (!found.has(name)) {
    found.add(name);
    for (const other of chunkOf(name).imports ?? []) {
      closureOf(other, found);
    }
  }
  return found;
}

function chunkOf(name: string): Chunk {
  const chunk = manifest[name];
  assert.ok(chunk, `There is no chunk ${name}.`);
  return chunk;
}

function measure(names: Iterable<string>): number {
  const files = new Set([...names].map((name) => chunkOf(name).file));
  return [...files]
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(CONSOLE_DIRECTORY, `${file}.gz`)).length)
    .reduce((sum, size_bytes) => sum + size_bytes, 0);
}

const first = new Set([ENTRY, ...FIRST_PAGES].flatMap((name) => [...closureOf(name)]));

test('the first page needs at most 200 kB of scripts', () => {
  const size_bytes = measure(first);
  assert.ok(size_bytes > 50_000, 'That is no console.');
  assert.ok(size_bytes <= FIRST_LOAD_MAX_BYTES, `It needs ${size_bytes} bytes.`);
});

test('no later page needs more than 40 kB that the first has not brought', () => {
  const pages = Object.keys(manifest).filter((name) => /^src\/pages\/.*\.tsx$/.test(name));
  assert.ok(pages.length > FIRST_PAGES.length, 'There are no pages.');
  const large = pages
    .map((name) => {
      const more = [...closureOf(name)].filter((other) => !first.has(other));
      return { name, size_bytes: measure(more) };
    })
    .filter(({ size_bytes }) => size_bytes > LATER_PAGE_MAX_BYTES);
  assert.deepEqual(large, []);
});

test('no script brings what makes schemas: the server reads everything by them anyway', () => {
  const scripts = Object.values(manifest).map(({ file }) => file);
  const made = [...new Set(scripts)].filter(
    (file) =>
      file.endsWith('.js') && readFileSync(join(CONSOLE_DIRECTORY, file), 'utf8').includes('~kind'),
  );
  assert.deepEqual(made, []);
});
