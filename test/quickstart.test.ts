/** The walks of the quickstarts, command by command: what they print is what the pages show. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { makeDatabase, makeDirectory } from '../packages/server/test/databases.ts';
import { startServer } from '../packages/server/test/harness.ts';
import { orgvet } from './cli-harness.ts';

/** Each with what its commands need of the machine, beside a shell. */
const PAGES: readonly { readonly page: string; readonly programs: readonly string[] }[] = [
  { page: 'quickstart-accounts.md', programs: [] },
  { page: 'quickstart-contacts.md', programs: ['curl', 'python3'] },
  { page: 'quickstart-vetting.md', programs: ['curl', 'python3'] },
];

/** Commands with what a terminal shows after them. Those in `sh` are for a person alone. */
function readSteps(page: string): { commands: string; shown: string }[] {
  const content = readFileSync(new URL(`../docs/${page}`, import.meta.url), 'utf8');
  const steps = content.matchAll(/```bash\n(.*?)```\n+```text\n(.*?)```/gs);
  return [...steps].map(([, commands = '', shown = '']) => ({ commands, shown }));
}

/** Which of some programs the machine lacks. */
function findMissing(programs: readonly string[]): string | undefined {
  return programs.find((program) => spawnSync(program, ['--version']).error !== undefined);
}

/**
 * Ids are others in another registry, and so is the width of their columns. What goes to stderr has no
 * fixed place among what goes to stdout.
 */
function normalize(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .sort();
}

/** Between the outputs of two steps. */
const MARK = '--- next step ---';

/**
 * In the shell, `npx orgvet` asks this process to run a command: a process for each would take a second.
 * The answer is the exit code, the size of what goes to stdout, and then that and what goes to stderr.
 */
const NPX = `npx() {
  local code size
  exec 3<>/dev/tcp/127.0.0.1/$COMMAND_PORT
  printf '%s\\0' "$@" >&3
  printf '\\n' >&3
  read -r code size <&3
  head -c "$size" <&3
  cat <&3 >&2
  exec 3>&-
  return "$code"
}`;

/** Runs the commands that the shell sends, one to a connection. */
async function answerCommands(environment: Record<string, string>) {
  const server = createServer(async (socket) => {
    let asked = '';
    for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      asked += chunk;
      if (asked.endsWith('\0\n')) {
        break;
      }
    }
    const [, ...args] = asked.slice(0, -2).split('\0');
    const { code, stdout, stderr } = await orgvet(args, { environment });
    socket.end(`${code} ${Buffer.byteLength(stdout)}\n${stdout}${stderr}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

for (const { page, programs } of PAGES) {
  const missing = findMissing(programs);
  const skip = missing !== undefined && `There is no ${missing} on this machine.`;
  test(`every command of ${page} prints what the page shows`, { skip }, async () => {
    const steps = readSteps(page);
    assert.ok(steps.length >= 7, 'The steps of the page are not found any more.');
    const outputs = await walk(steps.map(({ commands }) => commands));
    for (const [index, step] of steps.entries()) {
      assert.deepEqual(normalize(outputs[index] ?? ''), normalize(step.shown), step.commands);
    }
  });
}

/** Runs commands one after the other in one shell, beside a server of their own. @returns their outputs */
async function walk(commands: readonly string[]): Promise<string[]> {
  // The pages are about the embedded database, beside which its operator works.
  const database = await makeDatabase('sqlite');
  const server = await startServer({ database });
  const directory = await makeDirectory();
  assert.ok(database.kind === 'sqlite');
  symlinkSync(database.directory, join(directory, 'orgvet-data'));
  process.chdir(directory);
  const environment = {
    ORGVET: server.origin,
    ORGVET_URL: `${server.origin}/services/v2`,
    ORGVET_KEY: server.administrator,
  };
  const answers = await answerCommands(environment);
  const steps = commands.flatMap((step) => [step, `echo '${MARK}'`]);
  const bash = spawn('bash', ['-c', ['exec 2>&1', 'set -u', NPX, ...steps].join('\n')], {
    env: { ...process.env, ...environment, COMMAND_PORT: String(answers.port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outputs = (await text(bash.stdout)).split(MARK);
  answers.close();
  return outputs;
}
