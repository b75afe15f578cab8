/**
 * Runs commands in this process, with a terminal, an environment and a stdin of the test's own; alone, or
 * on a registry with a server.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { run } from '../packages/cli/src/run.ts';
import { makeDatabase, makeDirectory, optionsOf } from '../packages/server/test/databases.ts';
import { startServer } from '../packages/server/test/harness.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface World {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** The width of a terminal on stdout and stderr; without it there is none. */
  readonly columns?: number;
}

/** Runs `orgvet` with arguments. */
export async function orgvet(
  args: readonly string[],
  { environment = {}, stdin = '', columns }: World = {},
): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const streamTo = (name: keyof typeof written) => ({
    isTTY: columns !== undefined,
    columns,
    write(text: string, done?: () => void) {
      written[name] += text;
      done?.();
    },
  });
  const code = await run(args, {
    environment,
    stdin: Readable.from([stdin]),
    stdout: streamTo('stdout'),
    stderr: streamTo('stderr'),
  });
  return { code, ...written };
}

/** What a command printed that did what it should. */
export function done({ code, stdout, stderr }: Ended): string {
  assert.equal(code, 0, stderr);
  return stdout;
}

/** A demo with a server, and both ways of commands to it. */
export async function startRegistry() {
  const database = await makeDatabase();
  const server = await startServer({ database });
  const environment = {
    ORGVET_URL: `${server.origin}/services/v2`,
    ORGVET_KEY: server.administrator,
  };
  return {
    server,
    database,
    environment,
    directory: await makeDirectory(),
    /** By the administrator's key. */
    remotely: (args: readonly string[], world: World = {}) =>
      orgvet(args, { environment, ...world }),
    /** As the operator of the same registry, beside the server. */
    beside: (args: readonly string[], world: World = {}) =>
      orgvet([...args, '--account', '1', ...optionsOf(database)], world),
    /** What the server itself answers. */
    async get<Body>(below: string): Promise<Body> {
      const answer = await server.send('GET', below);
      assert.equal(answer.status, 200, answer.text);
      return answer.json();
    },
  };
}
