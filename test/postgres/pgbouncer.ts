/**
 * PgBouncer in front of a cluster, pooling by transaction: what many installations have, and what
 * breaks programs that expect a session of their own.
 */
import { accessSync, chownSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Account, findAccount } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { type Address, findFreePort, waitUntilAnswers } from './connections.ts';
import { closeAtExit, type Daemon, forgetAtExit, startDaemon } from './daemon.ts';

export interface Pgbouncer extends Address {
  urlOf(database: string): string;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const PORTS_TRIED_MAX = 10;

/** Where distributions put it, which is not in everybody's PATH. */
const SYSTEM_DIRECTORY = '/usr/sbin';

/** Finds the program; undefined if this machine does not have it. */
export function findPgbouncer(): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(delimiter), SYSTEM_DIRECTORY];
  return directories
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, 'pgbouncer'))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts one for the cluster, which it must not outlive: its files are in the cluster's. */
export async function startPgbouncer(cluster: Cluster): Promise<Pgbouncer> {
  const program = findPgbouncer();
  if (program === undefined) {
    throw new Error('PgBouncer is not installed.');
  }
  // It refuses to be run by root just like PostgreSQL.
  const account = findAccount();
  const directory = mkdtempSync(join(cluster.directory, 'pgbouncer-'));
  const { host, user } = cluster;
  const deadline_ms = Date.now() + START_TIMEOUT_MS;
  for (let tried = 1; ; tried += 1) {
    const port = await findFreePort(host);
    const daemon = startOn(port, program, directory, cluster, account);
    const closable = {
      close: () => daemon.end('SIGTERM'),
      closeNow: () => daemon.endNow('SIGTERM'),
    };
    closeAtExit(closable);
    const close = async () => {
      await closable.close();
      forgetAtExit(closable);
      rmSync(directory, { recursive: true, force: true });
    };
    if (await waitUntilAnswers(daemon, { host, port, user }, deadline_ms)) {
      daemon.release();
      const urlOf = (database: string) =>
        `postgres://${user}@${host}:${port}/${encodeURIComponent(database)}`;
      return { host, port, user, urlOf, close };
    }
    forgetAtExit(closable);
    if (tried >= PORTS_TRIED_MAX || !/address already in use/i.test(daemon.output())) {
      throw new Error(`PgBouncer ended before it answered: ${daemon.output()}`);
    }
  }
}

function startOn(
  port: number,
  program: string,
  directory: string,
  cluster: Cluster,
  account: Account | undefined,
): Daemon {
  const file = join(directory, 'pgbouncer.ini');
  writeFileSync(file, formatSettings(port, directory, cluster));
  if (account !== undefined) {
    chownSync(directory, account.uid, account.gid);
    chownSync(file, account.uid, account.gid);
  }
  return startDaemon(program, [file], directory, account);
}

/**
 * Parameters of a session that it does not know, such as `options`, are an error here, as they are
 * by its defaults. Connections of databases that tests have done with are given up soon, so that
 * the cluster does not run out of them; and who waits for a database that is gone is told sooner
 * than after its two minutes.
 */
function formatSettings(
  listen_port: number,
  directory: string,
  { host, port, user }: Cluster,
): string {
  return `[databases]
* = host=${host} port=${port} user=${user}

[pgbouncer]
listen_addr = ${host}
listen_port = ${listen_port}
unix_socket_dir =
pidfile = ${join(directory, 'pgbouncer.pid')}
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 1000
query_wait_timeout = 20
server_idle_timeout = 5
server_login_retry = 1
`;
}
