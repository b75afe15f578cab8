/** Connections to a server on this machine: a free port, its first answer, and statements. */
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Daemon } from './daemon.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

const POLL_MS = 20;
const CONNECT_TIMEOUT_MS = 2_000;

/** A port that was free a moment ago: somebody else may still take it first. */
export function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error(`No port of ${host} is free.`));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}

/** Sends one statement over a connection of its own. */
export async function runStatement(address: Address, statement: string): Promise<void> {
  const { host, port, user } = address;
  const connectionTimeoutMillis = CONNECT_TIMEOUT_MS;
  const client = new Client({ host, port, user, database: 'postgres', connectionTimeoutMillis });
  // What ends a connection that is not in use is told by its next statement.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Waits until the daemon answers there: false if it ended instead. Throws if it never does. */
export async function waitUntilAnswers(
  daemon: Daemon,
  address: Address,
  deadline_ms: number,
): Promise<boolean> {
  for (;;) {
    try {
      await runStatement(address, 'SELECT 1');
      return daemon.isRunning();
    } catch (error) {
      if (!daemon.isRunning()) {
        return false;
      }
      if (Date.now() > deadline_ms) {
        throw new Error(`The server did not answer in time. ${daemon.output()}`, { cause: error });
      }
    }
    await wait(POLL_MS);
  }
}
