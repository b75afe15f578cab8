/** What a start says about mail, as a process of its own: what waits, and never a password. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { optionsOf } from './databases.ts';
import { openOutbox, queue, readMail } from './outbox.ts';
import { startMailServer } from './smtp-server.ts';

const CLI = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));

/** Runs a server until something is so. @returns all that it has written */
async function serveUntil(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  isSo: (output: string) => boolean | Promise<boolean>,
): Promise<string> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });
  while (child.exitCode === null && !(output.includes('is running') && (await isSo(output)))) {
    await wait(20);
  }
  child.kill('SIGTERM');
  assert.equal(await ended, 0, output);
  return output;
}

test('a start without a mail server says once that mail waits, and one with it lets it go', async () => {
  const outbox = await openOutbox();
  const ids = [await queue(outbox, 1), await queue(outbox, 2)];
  const options = [...optionsOf(outbox.database), '--log-level', 'trace'];
  const without = await serveUntil(options, {}, () => true);
  assert.equal(without.match(/Mail of live accounts waits/g)?.length, 1, without);
  const mailServer = await startMailServer();
  const settings = {
    ORGVET_SMTP: mailServer.url.replace('//', '//mailer@'),
    ORGVET_SMTP_PASSWORD: 'hunter2',
    ORGVET_PUBLIC_URL: 'https://orgvet.example.com',
    ORGVET_MAIL_FROM: 'orgvet@example.com',
  };
  // It is about nothing that is there, so it is taken up and canceled.
  const statuses = async () =>
    (await Promise.all(ids.map((id) => readMail(outbox, id)))).map(({ status }) => status);
  const output = await serveUntil(
    options,
    settings,
    async () => !(await statuses()).includes('queued'),
  );
  assert.deepEqual(await statuses(), ['canceled', 'canceled']);
  assert.doesNotMatch(output, /Mail of live accounts waits|hunter2/);
});
