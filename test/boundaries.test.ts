/** The house's rules: who may import whom, and how large a file may grow. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import: rooms, packages of the workspace, and libraries. */
interface Rule {
  readonly room: string;
  readonly rooms: readonly string[];
  readonly libraries: readonly string[];
}

const SERVER = 'packages/server/src';

const RULES: readonly Rule[] = [
  {
    room: 'packages/contract/src',
    rooms: [],
    libraries: ['typebox', 'typebox/system', 'typebox/value'],
  },
  { room: 'packages/client/src', rooms: [], libraries: ['@orgvet/contract'] },
  {
    room: 'packages/cli/src',
    rooms: [],
    libraries: [
      '@orgvet/client',
      '@orgvet/client/errors',
      '@orgvet/contract',
      '@orgvet/contract/words',
      '@orgvet/server',
      '@orgvet/server/light',
      '@orgvet/server/offline',
    ],
  },
  {
    room: 'packages/console/src',
    rooms: [],
    libraries: [
      '@mantine/core',
      '@mantine/core/styles.css',
      '@mantine/hooks',
      '@orgvet/client',
      '@orgvet/contract',
      '@simplewebauthn/browser',
      '@tanstack/react-query',
      'react',
      'react-dom',
      'react-dom/client',
      'uqr',
      'wouter',
    ],
  },
  {
    room: `${SERVER}/domain`,
    // The rule packs: data, read when the program is loaded.
    rooms: ['packages/server/rules'],
    libraries: [
      '@orgvet/contract',
      'client-zip',
      'iso-3166/1.js',
      'iso-3166/2.js',
      'libphonenumber-js/min',
      'validator/lib/isEmail.js',
    ],
  },
  {
    room: `${SERVER}/store`,
    rooms: [],
    // Of the contract the wire's words, which rows have too: types only.
    libraries: ['@orgvet/contract', 'kysely', 'pg', 'pg-copy-streams'],
  },
  {
    room: `${SERVER}/operations`,
    rooms: [`${SERVER}/domain`, `${SERVER}/store`, `${SERVER}/clock.ts`],
    libraries: ['@orgvet/contract', '@simplewebauthn/server'],
  },
  {
    room: `${SERVER}/http`,
    // Of the domain only its error: everything else goes through operations.
    rooms: [`${SERVER}/operations`, `${SERVER}/domain/problems.ts`, `${SERVER}/clock.ts`],
    libraries: ['@orgvet/contract', 'fastify', '@fastify/static', 'pino', 'prom-client'],
  },
  {
    room: `${SERVER}/files`,
    rooms: [`${SERVER}/operations`],
    libraries: ['csv-parse', 'yauzl'],
  },
  { room: `${SERVER}/mail`, rooms: [`${SERVER}/operations`], libraries: ['nodemailer'] },
  { room: `${SERVER}/openid`, rooms: [`${SERVER}/operations`], libraries: ['openid-client'] },
  { room: `${SERVER}/background`, rooms: [`${SERVER}/operations`], libraries: [] },
];

/** Modules of Node that do input or output, or make time and chance, which the domain may not. */
const PURE_NODE_MODULES = ['node:crypto', 'node:util', 'node:zlib'];

/** The longest that a file may be before it is two ideas, with some room; data may be longer. */
const LINES_MAX = 450;

const files = globSync('packages/*/{src,test}/**/*.{ts,tsx}', { cwd: ROOT }).concat(
  globSync('{bench,scripts,test}/**/*.ts', { cwd: ROOT }),
);

/** What a file imports: libraries by name, files by their path from the root. */
function listImports(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:from\s+|import\(\s*|^import\s+)'([^']+)'/gm);
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  );
}

function isAllowed(rule: Rule, name: string): boolean {
  if (name.startsWith('node:')) {
    return rule.room !== `${SERVER}/domain` || PURE_NODE_MODULES.includes(name);
  }
  const allowed = [rule.room, ...rule.rooms];
  return rule.libraries.includes(name) || allowed.some((room) => name.startsWith(room));
}

test('every room imports only what its rule allows', () => {
  const wrong = RULES.flatMap((rule) =>
    files
      .filter((file) => file.startsWith(`${rule.room}/`) && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        listImports(file)
          .filter((name) => !isAllowed(rule, name))
          .map((name) => `${file} imports ${name}`),
      ),
  );
  assert.deepEqual(wrong, []);
});

test('every file of the packages is in a room, or is one of the few that wire them', () => {
  const settings = ['settings.ts', 'settings-error.ts'].concat(
    ['import', 'mail', 'openid'].map((part) => `${part}-settings.ts`),
  );
  const operator = ['backup.ts', 'operator-api.ts', 'registry.ts'];
  const entries = ['light.ts', 'main.ts', 'offline.ts'];
  const building = ['app.ts', 'clock.ts', 'environment.ts', 'load-rules.ts', 'version.ts'];
  const wiring = ['welcome.ts', ...entries, ...building, ...operator, ...settings];
  const homeless = files
    .filter((file) => /^packages\/\w+\/src\//.test(file))
    .filter((file) => !RULES.some(({ room }) => file.startsWith(`${room}/`)))
    .filter((file) => !wiring.some((name) => file === `${SERVER}/${name}`));
  assert.deepEqual(homeless, []);
});

test('the domain reads no clock and throws no dice', () => {
  const impure = /\bDate\.now\b|new Date\(\)|Math\.random|randomBytes|performance\.|process\./;
  const guilty = files
    .filter((file) => file.startsWith(`${SERVER}/domain/`) && !file.endsWith('.test.ts'))
    .filter((file) => impure.test(readFileSync(join(ROOT, file), 'utf8')));
  assert.deepEqual(guilty, []);
});

test('nothing is named after what it is not', () => {
  const vague = files.filter((file) => /\b(utils?|helpers?|manager|common)\b/.test(file));
  assert.deepEqual(vague, []);
});

test('no file is longer than one idea', () => {
  const long = files
    .filter((file) => !/demo-data/.test(file))
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > LINES_MAX);
  assert.deepEqual(long, []);
});

test('every file opens with what it is responsible for', () => {
  const silent = files.filter(
    (file) => !/^(#!.*\n)?\/[/*]/.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  assert.deepEqual(silent, []);
});

test('a test file has everything ready before its first test', () => {
  // The runner may end a file, with its hooks, while the rest of it still waits for something.
  const late = files
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => {
      const [, ...behind] = readFileSync(join(ROOT, file), 'utf8').split(/^test\(/m);
      return behind.some((text) =>
        /^(?:const .*|\w.*)?\bawait\b.*;$/m.test(text.replaceAll(/^[ }].*$/gm, '')),
      );
    });
  assert.deepEqual(late, []);
});
