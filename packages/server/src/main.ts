/**
 * The server's public entry: serve until told to stop, and what an operator does to the database
 * without a server. The executable `orgvet` calls it.
 */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { BASE_PATH } from '@orgvet/contract';
import { type App, buildApp, openEnvironment, VERSION } from './app.ts';
import { systemClock } from './clock.ts';
import { changeDuplicatePolicy, listAccounts } from './operations/accounts.ts';
import { type ServeSettings, SettingsError } from './settings.ts';
import { renderWelcome } from './welcome.ts';

export { VERSION } from './app.ts';
export { parseServeSettings, SERVE_OPTIONS, SettingsError } from './settings.ts';

/**
 * Serves until SIGINT or SIGTERM. Resolves when everything is closed.
 *
 * @param print writes a line for a person
 */
export async function serve(settings: ServeSettings, print: (line: string) => void): Promise<void> {
  const { ready_file } = settings;
  if (ready_file !== undefined) {
    // One of an earlier run would say that this server is ready.
    rmSync(ready_file, { force: true });
  }
  const app = await buildApp(settings, systemClock);
  try {
    const origin = await listen(app, settings, print);
    // Before anybody is told that the server is ready: they may stop it at once.
    const signal = untilSignal();
    if (ready_file !== undefined) {
      writeReadyFile(ready_file, origin, app);
    }
    print(renderWelcome(origin, app, settings, VERSION));
    await signal;
    print('Stopping.');
  } finally {
    await app.close();
    if (ready_file !== undefined) {
      rmSync(ready_file, { force: true });
    }
  }
}

/** The accounts of a registry, for its operator. */
export async function listRegistryAccounts(data: string) {
  return await withRegistry(data, listAccounts);
}

/** Sets an account's `duplicate_policy`. @returns whether there is such an account */
export async function setDuplicatePolicy(
  data: string,
  account_id: number,
  duplicate_policy: 'error' | 'reuse',
): Promise<boolean> {
  return await withRegistry(data, (environment) =>
    changeDuplicatePolicy(environment, account_id, duplicate_policy),
  );
}

async function withRegistry<Result>(
  data: string,
  work: (environment: Awaited<ReturnType<typeof openEnvironment>>) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(data)) {
    // Opening would make one, and a mistyped path would look like an empty registry.
    throw new SettingsError(`There is no registry in ${data}.`);
  }
  const environment = await openEnvironment(data, systemClock);
  try {
    return await work(environment);
  } finally {
    await environment.store.close();
  }
}

/** Listens; a demo whose port is taken goes to a free one. @returns `http://host:port` */
async function listen(
  { server }: App,
  { host, port, seed }: ServeSettings,
  print: (line: string) => void,
): Promise<string> {
  try {
    return originOf(await server.listen({ host, port }), host);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!isTaken || seed !== 'demo') {
      throw isTaken ? new Error(`Port ${port} is in use. Choose another with --port.`) : error;
    }
    print(`Port ${port} is in use; taking a free one.`);
    return originOf(await server.listen({ host, port: 0 }), host);
  }
}

/** Fastify names every address of a wildcard by the first it finds; a person gets what was asked for. */
function originOf(address: string, host: string): string {
  const { port } = new URL(address);
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Written whole or not at all, and readable by its owner only: it may hold keys. */
function writeReadyFile(file: string, origin: string, { accounts }: App): void {
  const content = { base_url: `${origin}${BASE_PATH}`, accounts };
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
