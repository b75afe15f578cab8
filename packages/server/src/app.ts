/** The one place where a server is built and wired together. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { startSealing } from './background/audit-log.ts';
import { startDueWork } from './background/due-work.ts';
import { startKeyUsage } from './background/key-usage.ts';
import { startMail } from './background/mail.ts';
import type { BackgroundWork } from './background/rounds.ts';
import { startIndexing } from './background/search-index.ts';
import type { Clock } from './clock.ts';
import { NO_FACE, openEnvironment } from './environment.ts';
import { buildHttpServer, type RequestSettings } from './http/server.ts';
import { loadRules } from './load-rules.ts';
import type { MailSettings } from './mail-settings.ts';
import { type AccountKeys, createFirstAccount, listAccounts } from './operations/accounts.ts';
import type { Environment, PublicFace } from './operations/context.ts';
import { seedDemo } from './operations/demo.ts';
import { hasWaitingLiveMail } from './operations/mail-delivery.ts';
import type { ServeSettings } from './settings.ts';
import { VERSION } from './version.ts';

/** Where nobody says whom mail is from; no server takes mail from there. */
const MAIL_SENDER_DEFAULT = 'Orgvet <orgvet@localhost.invalid>';

/** An Orgvet that is built: its database is open and migrated, its server not listening yet. */
export interface App {
  readonly environment: Environment;
  readonly server: FastifyInstance;
  /** The accounts, with the keys that may be shown: the demo's, or those of a first start. */
  readonly accounts: readonly AccountKeys[];
  /** Whether this start made the first account. */
  readonly is_first_start: boolean;
  /** Answers what has been asked, stops the background work and closes the database. */
  close(): Promise<void>;
}

/**
 * @throws if the database cannot be opened, is from a newer program, or the demo is asked for in a
 *   registry that is none
 */
export async function buildApp(
  {
    database,
    seed,
    log_level,
    public_url,
    mail_sender = MAIL_SENDER_DEFAULT,
    smtp_url,
    rule_files = [],
    openid,
    ...requests
  }: Pick<ServeSettings, 'database' | 'seed' | 'log_level'> &
    Partial<RequestSettings & MailSettings & Pick<ServeSettings, 'openid' | 'rule_files'>>,
  clock: Clock,
): Promise<App> {
  // On stderr: stdout is for what a person is told at the start.
  const log = pino({ level: log_level }, pino.destination(2));
  let origin = public_url;
  const face: PublicFace = { findOrigin: () => origin ?? NO_FACE.findOrigin(), mail_sender };
  const reportLoss = (error: unknown) =>
    log.warn({ err: error }, 'A connection to the database was lost.');
  // Before the database is touched: rules that cannot be leave everything as it was.
  const rules = await loadRules(rule_files);
  const environment: Environment = {
    ...(await openEnvironment(database, clock, reportLoss, face, rules)),
    // Loaded where it is wanted, as it seldom is.
    ...(openid && {
      openid: (await import('./openid/provider.ts')).createOpenIdProvider(openid),
    }),
  };
  try {
    const { accounts, is_first_start } = await prepareAccounts(environment, seed);
    const server = await buildHttpServer(environment, { ...requests, version: VERSION, log });
    // Kept: mail that is on its way while the server closes still links to it.
    server.addHook('onListen', async () => {
      origin ??= findListeningOrigin(server);
    });
    const isOpen = () => origin !== undefined;
    const mail = await startMailOf(environment, smtp_url, isOpen, log);
    const indexing = startIndexing(environment, (error) =>
      log.error({ err: error }, 'Names could not enter the search index.'),
    );
    const sealing = startSealing(environment, (error) =>
      log.error({ err: error }, 'Events could not be sealed into the audit log.'),
    );
    const keyUsage = startKeyUsage(environment, (error) =>
      log.error(
        { err: error },
        'The times when keys and sessions were last used could not be noted.',
      ),
    );
    const dueWork = startDueWork(environment, (error) =>
      log.error({ err: error }, 'What came due could not be done.'),
    );
    const close = async () => {
      await Promise.all([server.close(), mail.stop()]);
      await dueWork.stop();
      await indexing.stop();
      await sealing.stop();
      await keyUsage.stop();
      await environment.store.close();
    };
    return { environment, server, accounts, is_first_start, close };
  } catch (error) {
    await environment.store.close();
    throw error;
  }
}

/** Where a server listens, as somebody on its machine reaches it. */
function findListeningOrigin({ listeningOrigin }: FastifyInstance): string {
  const url = new URL(listeningOrigin);
  const wildcards: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };
  url.hostname = wildcards[url.hostname] ?? url.hostname;
  return url.origin;
}

/** Mail that waits for ever would be noticed by nobody, so a start without a way out says so. */
async function startMailOf(
  environment: Environment,
  smtp_url: string | undefined,
  isOpen: () => boolean,
  log: Logger,
): Promise<BackgroundWork> {
  if (smtp_url === undefined && (await hasWaitingLiveMail(environment))) {
    log.warn('Mail of live accounts waits until the server is started with --smtp.');
  }
  // Loaded where it is needed: half of the servers never send, and it takes a tenth of a second.
  const transport =
    smtp_url === undefined
      ? undefined
      : (await import('./mail/smtp.ts')).createSmtpTransport(smtp_url);
  return startMail(environment, { transport, isOpen }, (error) =>
    log.error({ err: error }, 'Mail that is due could not be sent.'),
  );
}

async function prepareAccounts(
  environment: Environment,
  seed: ServeSettings['seed'],
): Promise<{ accounts: readonly AccountKeys[]; is_first_start: boolean }> {
  if (seed === 'demo') {
    const accounts = await seedDemo(environment);
    if (accounts === undefined) {
      throw new Error(
        'The database holds a registry that is not the demo. Start without --seed demo, or give the ' +
          'demo a database of its own with --data or --database.',
      );
    }
    return { accounts, is_first_start: false };
  }
  const first = await createFirstAccount(environment, randomBytes);
  if (first !== undefined) {
    return { accounts: [first], is_first_start: true };
  }
  const accounts = await listAccounts(environment);
  return {
    accounts: accounts.map(({ id, mode }) => ({ account_id: id, mode, keys: {} })),
    is_first_start: false,
  };
}
