/** What the command line shows before it asks anybody: widths, tables, parsing, help and completion. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { defineCommand, UsageError } from '../packages/cli/src/command.ts';
import { COMMANDS, GROUPS } from '../packages/cli/src/commands.ts';
import { findNearest, parseCommandLine } from '../packages/cli/src/parse.ts';
import { renderTable } from '../packages/cli/src/table.ts';
import { cutToWidth, makeSafe, widthOf } from '../packages/cli/src/width.ts';
import { orgvet } from './cli-harness.ts';

test('text takes the columns that a terminal gives it', () => {
  for (const [text, width] of [
    ['', 0],
    ['Acme', 4],
    ['Müller', 6],
    ['Mu\u0308ller', 6],
    ['株式会社', 8],
    ['ﾃｽﾄ', 3],
    ['ＡＢ', 4],
    ['주식회사', 8],
    ['\u1112\u1161\u11ab', 2],
    ['สวัสดี', 4],
    ['🏢', 2],
    ['👩‍💻', 2],
    ['🇩🇪', 2],
    ['👍🏽', 2],
    ['a\u200bb', 2],
  ] as const) {
    assert.equal(widthOf(text), width, JSON.stringify(text));
  }
});

test('what is cut is as wide as it may be, ends with an ellipsis, and cuts no character', () => {
  assert.equal(cutToWidth('Acme', 4), 'Acme');
  assert.equal(cutToWidth('Acme Inc.', 4), 'Acm…');
  assert.equal(cutToWidth('株式会社', 4), '株…');
  assert.equal(cutToWidth('株式会社', 5), '株式…');
  assert.equal(cutToWidth('Mu\u0308ller', 3), 'Mu\u0308…');
  assert.equal(cutToWidth('Acme', 1), '…');
  assert.equal(cutToWidth('Acme', 0), '');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
      assert.ok(widthOf(cutToWidth(text, width)) <= width);
    }),
  );
});

test('nothing that moves a cursor or turns text reaches a terminal', () => {
  assert.equal(
    makeSafe('a\u001b[2Jb\u009bc\u202ed\n\ud800'),
    'a\\u{1b}[2Jb\\u{9b}c\\u{202e}d\\u{a}\\u{d800}',
  );
  assert.equal(makeSafe('Ångström 株式会社 שלום'), 'Ångström 株式会社 שלום');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(makeSafe(text), /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
    }),
  );
});

const COLUMNS = [
  { title: 'ID', align: 'right', is_whole: true },
  { title: 'NAME' },
  { title: 'CITY' },
] as const;

test('a table lines up characters of any width', () => {
  const rows = [
    ['7', '株式会社カモメ', '港区'],
    ['112233', 'Acme', 'Köln'],
  ];
  assert.deepEqual(renderTable(COLUMNS, rows), [
    '    ID  NAME            CITY',
    '     7  株式会社カモメ  港区',
    '112233  Acme            Köln',
  ]);
});

test('columns shrink to the terminal, the widest first, and ids stay whole', () => {
  const rows = [['112233', 'Acme Anvils and Rockets', 'Minneapolis']];
  assert.deepEqual(renderTable(COLUMNS, rows, 80), renderTable(COLUMNS, rows));
  assert.deepEqual(renderTable(COLUMNS, rows, 33), [
    '    ID  NAME          CITY',
    '112233  Acme Anvils…  Minneapolis',
  ]);
  assert.deepEqual(renderTable(COLUMNS, rows, 20), ['    ID  NAME   CITY', '112233  Acme…  Minn…']);
  assert.deepEqual(renderTable(COLUMNS, rows, 9), ['    ID  …', '112233  …']);
});

test('no line of a table is wider than the terminal, whatever is in it', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1e9).map(String), text, text), { maxLength: 5 }),
      fc.integer({ min: 1, max: 90 }),
      (rows, width) => {
        for (const line of renderTable(COLUMNS, rows, width)) {
          assert.ok(widthOf(line) <= width, `${line} is wider than ${width}`);
          assert.doesNotMatch(line, /[\n\r]/);
        }
      },
    ),
  );
});

const EXAMPLE = defineCommand({
  name: 'example',
  help: 'an example',
  example: 'orgvet example 1',
  arguments: [
    { name: 'ID', kind: 'id', help: 'which' },
    { name: 'FILE', kind: 'file', is_optional: true, help: 'where' },
  ],
  options: {
    name: { kind: 'text', is_required: true, help: 'its name' },
    sort: { kind: 'text', help: 'the order' },
    limit: { kind: 'count', help: 'how many' },
    status: { kind: 'word', words: ['active', 'inactive'], help: 'which' },
    users: { kind: 'ids', help: 'users' },
    days: { kind: 'numbers', help: 'days' },
    type: { kind: 'text', is_multiple: true, help: 'types' },
    all: { kind: 'flag', help: 'all' },
  },
  run: async () => {},
});

test('options and arguments become values of their kinds', () => {
  const args =
    '7 --name=--x --sort -name,id --limit 0 --users 3,4 --days -7,0,30 --type a --type b --all file';
  const { options, arguments: arguments_ } = parseCommandLine(EXAMPLE, args.split(' '));
  assert.deepEqual(arguments_, { ID: 7, FILE: 'file' });
  assert.deepEqual(options, {
    name: '--x',
    sort: '-name,id',
    limit: 0,
    status: undefined,
    users: [3, 4],
    days: [-7, 0, 30],
    type: ['a', 'b'],
    all: true,
  });
  const least = parseCommandLine(EXAMPLE, ['7', '--name', '', '--users', 'none', '--days', 'none']);
  const { users, days } = least.options;
  assert.deepEqual([least.arguments.FILE, users, days], [undefined, [], []]);
});

test('what is wrong on a command line is refused, and nothing is passed over', () => {
  for (const [args, message] of [
    ['--name x', /^ID is missing: which\.$/],
    ['7', /^--name TEXT is missing: its name\.$/],
    ['x --name x', /^ID must be an id, a whole number from 1, not x\.$/],
    ['0 --name x', /^ID must be an id/],
    ['1e3 --name x', /^ID must be an id/],
    ['7 f g --name x', /^There is one argument too many: g\.$/],
    ['7 --name x --limit -5', /^--limit must be a whole number, not -5\.$/],
    ['7 --name x --limit 1.5', /^--limit must be a whole number, not 1\.5\.$/],
    ['7 --name x --status new', /^--status must be one of active, inactive, not new\.$/],
    ['7 --name x --users 3,', /^--users must be an id/],
    ['7 --name x --days 3,', /^--days must be a whole number, not \.$/],
    ['7 --name x --days 3,1.5', /^--days must be a whole number, not 1\.5\.$/],
    ['7 --name x --name y', /^--name is given more than once\.$/],
    ['7 --name x --limit', /^--limit needs a value: --limit N\.$/],
    ['7 --name --all', /^--name needs a value: --name TEXT\.$/],
    ['7 --name x --all=yes', /^--all takes no value\.$/],
    ['7 --name x --limt 3', /^There is no option --limt\. Did you mean --limit\?$/],
    ['7 --name x --colour red', /^There is no option --colour\.$/],
    ['7 --name x -l 3', /^There is no option -l/],
    ['7 --name x --toString', /^There is no option --toString/],
    ['7 --name x --api-key abc', /--key-file FILE, or into ORGVET_KEY/],
  ] as const) {
    assert.throws(
      () => parseCommandLine(EXAMPLE, args.split(' ')),
      (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test('a secret that was given on the command line is not repeated', async () => {
  for (const option of ['--key', '--api-key', '--token']) {
    const { code, stdout, stderr } = await orgvet(['org', 'list', option, 'orgvet_secret']);
    assert.equal(code, 2);
    assert.match(stderr, /others on this machine see it/);
    assert.doesNotMatch(stdout + stderr, /orgvet_secret/);
  }
});

test('the nearest word is the one that was probably meant', () => {
  const known = ['list', 'show', 'create', 'export'];
  assert.equal(findNearest('lst', known), 'list');
  assert.equal(findNearest('creat', known), 'create');
  assert.equal(findNearest('exprot', known), 'export');
  assert.equal(findNearest('destroy', known), undefined);
  assert.equal(findNearest('', known), undefined);
});

test('unknown commands name the nearest one, and end with 2', async () => {
  for (const [args, message] of [
    [['ogr'], /^orgvet: There is no command ogr\. Did you mean org\? See orgvet --help\.\n$/],
    [['org', 'lsit'], /no command org lsit\. Did you mean org list\? See orgvet org --help\./],
    [['destroy'], /^orgvet: There is no command destroy\. See orgvet --help\.\n$/],
    [['key', 'constructor'], /There is no command key constructor\./],
  ] as const) {
    const { code, stdout, stderr } = await orgvet(args);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, message);
  }
});

test('the help of every command has its options and its own example', async () => {
  for (const { name, example, options } of COMMANDS) {
    assert.ok(example.includes(`orgvet ${name}`), `${name}: ${example}`);
    for (const args of [
      [...name.split(' '), '--help'],
      ['help', ...name.split(' ')],
      [...name.split(' '), '-h'],
    ]) {
      const { code, stdout, stderr } = await orgvet(args);
      assert.deepEqual([code, stderr], [0, '']);
      assert.ok(stdout.startsWith(`Usage: orgvet ${name}`), stdout);
      assert.ok(stdout.endsWith(`Example:\n  ${example}\n`), stdout);
      for (const option of Object.keys(options)) {
        assert.ok(stdout.includes(`  --${option}`), `${name} --${option}`);
      }
    }
  }
});

test('the help of a group has each of its commands with an example', async () => {
  for (const group of Object.keys(GROUPS)) {
    const inGroup = COMMANDS.filter(({ name }) => name.startsWith(`${group} `));
    assert.ok(inGroup.length > 0);
    for (const args of [[group], [group, '--help'], ['help', group]]) {
      const { code, stdout } = await orgvet(args);
      assert.equal(code, 0);
      for (const { name, help, example } of inGroup) {
        assert.ok(stdout.includes(name) && stdout.includes(help) && stdout.includes(example));
      }
    }
  }
});

test('the help names every command and tells the exit codes', async () => {
  for (const args of [[], ['help'], ['--help']]) {
    const { code, stdout } = await orgvet(args);
    assert.equal(code, 0);
    for (const { name } of COMMANDS) {
      const [first = '', second = ''] = name.split(' ');
      assert.match(stdout, new RegExp(`^  ${first}\\b.*\\b${second}`, 'm'));
    }
    assert.match(
      stdout,
      /Exit codes:\n {2}0 {2}done\n {2}1 .*\n {2}2 .*\n {2}3 .*429, 502, 503, 504/,
    );
  }
});

test('an option of the command line is not read behind --', async () => {
  const { code, stderr } = await orgvet(['org', 'show', '--', '--help']);
  assert.equal(code, 2);
  assert.match(stderr, /ID must be an id, a whole number from 1, not --help/);
});

/** What bash would offer for a line whose last word is being typed. */
function completeInBash(script: string, words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const program = `${script}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _orgvet; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', program], {
    encoding: 'utf8',
  });
  assert.deepEqual([status, stderr], [0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash completes groups, commands, options and values', async () => {
  const { code, stdout: script } = await orgvet(['completion', 'bash']);
  assert.equal(code, 0);
  const checked = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
  assert.deepEqual([checked.status, checked.stderr], [0, '']);
  for (const [words, expected] of [
    [['orgvet', 'or'], ['org']],
    [['orgvet', 'org', 'ex'], ['export']],
    [
      ['orgvet', 'org', ''],
      ['list', 'show', 'create', 'import', 'export'],
    ],
    [
      ['orgvet', 'org', 'list', '--va'],
      ['--validation', '--validations'],
    ],
    [
      ['orgvet', 'org', 'list', '--status', ''],
      ['active', 'inactive'],
    ],
    [['orgvet', 'org', 'list', '--limit', ''], []],
    [['orgvet', 'completion', 'f'], ['fish']],
    [['orgvet', 'serve', '--seed', 'd'], ['demo']],
    [['orgvet', 'org', 'list', '--data', '/pro'], ['/proc']],
  ] as const) {
    assert.deepEqual(completeInBash(script, words), expected, words.join(' '));
  }
});

test('the scripts for all shells have every command and every option', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await orgvet(['completion', shell]);
    for (const { name, options } of COMMANDS) {
      assert.ok(stdout.includes(`'${name}'`), `${shell}: ${name}`);
      for (const option of Object.keys(options)) {
        assert.match(stdout, new RegExp(shell === 'fish' ? `-l ${option} ` : `--${option}\\b`));
      }
    }
  }
  const { code, stderr } = await orgvet(['completion', 'tcsh']);
  assert.equal(code, 2);
  assert.match(stderr, /SHELL must be one of bash, zsh, fish, not tcsh/);
});
