/** What is read from a server's log, and what is passed over. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readStatements } from './log.ts';

const LINE = { application_name: 'orgvet', error_severity: 'LOG', message: 'statement: begin' };

/** A directory with logs, each given by its lines. */
async function writeLogs(logs: Record<string, readonly string[]>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'orgvet-log-'));
  after(() => rm(directory, { recursive: true, force: true }));
  for (const [file, lines] of Object.entries(logs)) {
    await writeFile(join(directory, file), `${lines.join('\n')}\n`);
  }
  return directory;
}

function logMessages(messages: readonly string[]): string[] {
  return messages.map((message) => JSON.stringify({ ...LINE, message }));
}

test('statements are read from both protocols and counted over all logs', async () => {
  const directory = await writeLogs({
    'b.json': logMessages(['execute s1: select $1', 'statement: commit']),
    'a.json': logMessages([
      'statement: begin',
      'execute <unnamed>: select $1',
      'execute s1/portal: select $1',
      'duration: 0.042 ms  statement: select 2',
    ]),
  });
  assert.deepEqual(await readStatements(directory), [
    { sql: 'begin', runs: 1 },
    { sql: 'select $1', runs: 3 },
    { sql: 'select 2', runs: 1 },
    { sql: 'commit', runs: 1 },
  ]);
});

test('a statement of several lines, and with a colon, is read whole', async () => {
  const sql = "select 'a: b',\n  2\n";
  const directory = await writeLogs({ 'a.json': logMessages([`execute s1: ${sql}`]) });
  assert.deepEqual(await readStatements(directory), [{ sql, runs: 1 }]);
});

test('what is not the running of a statement of Orgvet is passed over', async () => {
  const directory = await writeLogs({
    'a.json': [
      ...logMessages([
        'execute fetch from <unnamed>: select 1',
        'execute fetch from s1/portal: select 1',
        'duration: 0.1 ms  parse <unnamed>: select 1',
        'connection authorized: user=orgvet application_name=orgvet',
      ]),
      JSON.stringify({ ...LINE, application_name: 'psql' }),
      JSON.stringify({ ...LINE, error_severity: 'ERROR' }),
      JSON.stringify({ message: 'statement: select 1' }),
      JSON.stringify(LINE).slice(0, -5),
    ],
    'a.log': logMessages(['statement: select 3']),
  });
  assert.deepEqual(await readStatements(directory), []);
});
