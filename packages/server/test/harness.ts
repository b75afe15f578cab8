/**
 * What the tests over HTTP stand on: a whole Orgvet in this process, on a database of its own, with a
 * clock that the test holds, reached by real requests.
 */
import { Agent, request as httpRequest } from 'node:http';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@orgvet/contract';
import { type App, buildApp } from '../src/app.ts';
import type { Clock } from '../src/clock.ts';
import type { RequestSettings } from '../src/http/server.ts';
import type { OpenIdSettings } from '../src/openid-settings.ts';
import type { DatabaseLocation } from '../src/settings.ts';
import { hasQueuedNames } from '../src/store/search.ts';
import { dropDatabase, makeServerDatabase } from './databases.ts';

/** A clock that stands until the test moves it. */
export interface HeldClock extends Clock {
  moveTo(time: string): void;
}

/** The moment at which tests begin, unless they say otherwise. */
const START = '2026-11-21T12:00:00Z';

export function holdClock(start: string = START): HeldClock {
  let now_ms = Date.parse(start);
  return {
    now_ms: () => now_ms,
    moveTo(time) {
      now_ms = Date.parse(time);
    },
  };
}

export interface TestServer {
  readonly app: App;
  readonly clock: HeldClock;
  readonly origin: string;
  /** Keys of the demo account. */
  readonly administrator: string;
  readonly view_only: string;
  /** The administrator's key of the demo's subaccount: another account. */
  readonly other: string;
  /**
   * Sends a request below `/services/v2`, or to a whole path of Orgvet's own (`/vetting/v1/…`), by the
   * administrator unless told otherwise.
   */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  close(): Promise<void>;
}

export interface SendOptions {
  /** null for none. */
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  json<Body>(): Body;
  /** The codes of an error answer, in order. */
  codes(): string[];
}

export interface StartOptions extends Partial<RequestSettings> {
  readonly database?: DatabaseLocation;
  readonly clock?: HeldClock;
  /** Through whom people may sign in as well. */
  readonly openid?: OpenIdSettings;
  /** Where people reach it, if not where it listens. */
  readonly public_url?: string;
  /** The demo, or a registry with one live account, whose only key is `administrator`. */
  readonly seed?: 'demo' | 'none';
}

/** A server for one test file, closed and removed after it. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const isUsual = options.clock === undefined && options.seed !== 'none';
  const database = options.database ?? (await makeServerDatabase(isUsual ? 'demo' : 'schema'));
  const clock = options.clock ?? holdClock();
  const app = await buildApp({ seed: 'demo', ...options, database, log_level: 'silent' }, clock);
  const origin = await app.server.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let isOpen = true;
  const close = async () => {
    if (isOpen) {
      isOpen = false;
      agent.destroy();
      await app.close();
    }
  };
  after(async () => {
    await close();
    if (options.database === undefined) {
      await dropDatabase(database);
    }
  });
  const [demo, subaccount] = app.accounts;
  const administrator = demo?.keys.administrator ?? '';
  return {
    app,
    clock,
    origin,
    administrator,
    view_only: demo?.keys.view_only ?? '',
    other: subaccount?.keys.administrator ?? '',
    send: (method, path, sendOptions) =>
      send(agent, urlOf(origin, path), method, { key: administrator, ...sendOptions }),
    close,
  };
}

const OWN_PATH = /^\/(vetting|control|access)\/v1\//;

function urlOf(origin: string, path: string): string {
  return `${origin}${OWN_PATH.test(path) ? '' : '/services/v2'}${path}`;
}

/** Waits until every name that was created or changed has entered the search index. */
export async function untilIndexed({ app }: Pick<TestServer, 'app'>): Promise<void> {
  while (await hasQueuedNames(app.environment.store.reader)) {
    await wait(5);
  }
}

/** Sent by `node:http`, not `fetch`: that would tidy the URL, and cannot send a GET with a body. */
function send(
  agent: Agent,
  url: string,
  method: string,
  { key, headers = {}, body, raw }: SendOptions,
): Promise<Answer> {
  const { host, origin } = new URL(url);
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      origin,
      {
        agent,
        method,
        path: url.slice(url.indexOf(host) + host.length),
        headers: {
          ...(key && { 'X-DC-DEVKEY': key }),
          ...(content !== undefined && { 'Content-Length': Buffer.byteLength(content) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode: status = 0, headers: answerHeaders } = response;
          resolve({
            status,
            headers: answerHeaders,
            text,
            json: () => JSON.parse(text),
            codes: () => (JSON.parse(text) as { errors: Problem[] }).errors.map(({ code }) => code),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(content);
  });
}

/** The body of the documents' first example, with what a test changes. */
export function organizationBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Epigyne Unwieldiness llc',
    assumed_name: 'Epigyne Unwieldiness',
    country: 'us',
    address: '932 Prospect Street',
    address2: 'Floor 08',
    city: 'Minneapolis',
    state: 'mn',
    zip: '40849',
    telephone: '666-186-6450',
    organization_contact: {
      first_name: 'Gia',
      last_name: 'Booth',
      job_title: 'Clinical Laboratory Technician',
      email: 'gia.booth@inbox.com',
      telephone: '666-186-6450',
      telephone_extension: '736',
    },
    ...changes,
  };
}
