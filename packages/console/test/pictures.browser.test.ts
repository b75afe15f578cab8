/**
 * The pictures of the README: what the demo looks like, in both colours. They are taken in every run, so
 * that they can be; `npm run pictures` keeps them in docs/pictures.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startConsole } from './console.ts';

const KEPT_DIRECTORY = fileURLToPath(new URL('../../../docs/pictures', import.meta.url));
const temporary = await mkdtemp(join(tmpdir(), 'orgvet-pictures-'));
after(() => rm(temporary, { recursive: true, force: true }));
const directory = process.env.ORGVET_KEEP_PICTURES === undefined ? temporary : KEPT_DIRECTORY;

const { open } = await startConsole();
const SIZE = { width: 1280, height: 800 };

/** The demo's specialist. */
const VERA_ID = 7286301;

/** Each picture: where, as whom, and what must be there before it is taken. */
const PICTURES = [
  {
    name: 'organizations',
    path: '/organizations',
    awaits: (page: Page) => page.getByRole('table'),
  },
  {
    name: 'organization',
    path: '/organizations/112233',
    awaits: (page: Page) => page.getByRole('heading', { level: 2 }).first(),
  },
  {
    name: 'validation',
    path: '/queue',
    user_id: VERA_ID,
    awaits: (page: Page) => page.getByRole('table'),
    /** Into the first validation of the queue. */
    enter: true,
  },
  { name: 'expiring', path: '/expiring', awaits: (page: Page) => page.locator('main svg').first() },
] as const;

const COLORS = ['light', 'dark'] as const;

for (const picture of PICTURES) {
  test(`the picture of ${picture.name} can be taken in both colours`, async () => {
    const page = await open(picture.path, 'user_id' in picture ? { user_id: picture.user_id } : {});
    await page.setViewportSize(SIZE);
    await picture.awaits(page).waitFor();
    if ('enter' in picture) {
      await page.getByRole('rowheader').first().getByRole('link').click();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    }
    await page.waitForLoadState('networkidle');
    const sizes_bytes: number[] = [];
    for (const colorScheme of COLORS) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      const path = join(directory, `${picture.name}-${colorScheme}.png`);
      sizes_bytes.push((await page.screenshot({ path })).length);
    }
    assert.ok(
      sizes_bytes.every((size_bytes) => size_bytes > 20_000),
      String(sizes_bytes),
    );
  });
}

test('the README shows pictures that are there', () => {
  const readme = readFileSync(
    fileURLToPath(new URL('../../../README.md', import.meta.url)),
    'utf8',
  );
  const shown = [...readme.matchAll(/docs\/pictures\/[\w-]+\.png/g)].map(([path]) => path);
  assert.ok(shown.length >= PICTURES.length, 'It shows hardly any.');
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  assert.deepEqual(
    shown.filter((path) => !existsSync(join(root, path))),
    [],
  );
});
