/**
 * A child process that drives a server: a fixed number of connections, each with one request under way,
 * for a fixed time. Told what to do by one message, it answers with one.
 */
import { type LoadConnection, openConnection } from './http-client.ts';
import { makeCreatedOrganization, makeRandom } from './organizations.ts';
import { readCpuTime, readPostgresCpuTime } from './processes.ts';

export interface LoadPlan {
  readonly port: number;
  /** The process that serves, whose CPU time is counted. */
  readonly pid: number;
  readonly connections: number;
  /** Where the data of a PostgreSQL is whose CPU time is counted as well. */
  readonly postgres_data?: string;
  /** Whether the driver polls; see `keepAwake`. */
  readonly polls: boolean;
  readonly warm_up_ms: number;
  readonly duration_ms: number;
  readonly status: number;
  readonly key: string;
  readonly request: RequestPlan;
}

/** Where `{n}` stands in a path comes a random whole number from `first` up to `end`. */
type RequestPlan =
  | { readonly kind: 'get'; readonly path: string; readonly first: number; readonly end: number }
  /** Creates organizations with numbers from `first`, no two the same. */
  | { readonly kind: 'create'; readonly path: string; readonly first: number };

export type LoadResult =
  | { readonly failure: string }
  | {
      readonly failure?: undefined;
      readonly requests: number;
      readonly requests_per_s: number;
      readonly p50_ms: number;
      readonly p99_ms: number;
      /** CPU time for each request: of the serving process, all its threads, and its PostgreSQL. */
      readonly cpu_us: number;
      /** Of it, what PostgreSQL's processes used. */
      readonly database_cpu_us: number;
    };

/** How long answers may take that are under way at the end. */
const DRAIN_TIMEOUT_MS = 30_000;

process.once('message', async (plan: LoadPlan) => {
  const result = await drive(plan).catch((error: Error) => ({ failure: error.message }));
  process.send?.(result, () => process.disconnect());
});

async function drive(plan: LoadPlan): Promise<LoadResult> {
  const makeRequest = makeRequests(plan);
  const latencies_ms: number[] = [];
  const connections: LoadConnection[] = [];
  let isMeasured = false;
  let isOver = false;
  let underWay = plan.connections;
  const { promise: drained, resolve: finish, reject: fail } = Promise.withResolvers<void>();
  for (let index = 0; index < plan.connections; index += 1) {
    let sent_ms = performance.now();
    const connection = openConnection(plan.port, {
      onAnswer(status) {
        const now_ms = performance.now();
        if (status !== plan.status) {
          fail(new Error(`${plan.request.path} was answered ${status}, not ${plan.status}.`));
          return;
        }
        if (isMeasured) {
          latencies_ms.push(now_ms - sent_ms);
        }
        if (isOver) {
          underWay -= 1;
          if (underWay === 0) {
            finish();
          }
          return;
        }
        sent_ms = now_ms;
        connection.send(makeRequest());
      },
      onFailure: fail,
    });
    connections.push(connection);
    connection.send(makeRequest());
  }
  if (plan.polls) {
    keepAwake(() => isOver);
  }
  try {
    await Promise.race([wait(plan.warm_up_ms), drained]);
    const before = readSpent(plan);
    isMeasured = true;
    await Promise.race([wait(plan.duration_ms), drained]);
    isMeasured = false;
    const after = readSpent(plan);
    isOver = true;
    // What is under way is still answered, so that nothing is half done when the next load comes.
    await Promise.race([
      drained,
      wait(DRAIN_TIMEOUT_MS).then(() => fail(new Error('Answers do not come.'))),
    ]);
    return summarize(latencies_ms, before, after);
  } finally {
    for (const connection of connections) {
      connection.close();
    }
  }
}

/**
 * Polls instead of sleeping. A server whose answer wakes a sleeping driver pays for the waking, on a
 * virtual machine several times what the answer costs; and a faster server, whose driver never sleeps,
 * pays nothing. Awake, the driver costs every server the same. Not where the server itself waits for
 * another process, which then has no processor left.
 */
function keepAwake(isOver: () => boolean): void {
  if (!isOver()) {
    setImmediate(() => keepAwake(isOver));
  }
}

function makeRequests({ request, key }: LoadPlan): () => string {
  const head = `HTTP/1.1\r\nHost: 127.0.0.1\r\nX-DC-DEVKEY: ${key}\r\n`;
  if (request.kind === 'create') {
    let number = request.first;
    return () => {
      const body = toAsciiJson(makeCreatedOrganization(number));
      number += 1;
      return (
        `POST ${request.path} ${head}Content-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`
      );
    };
  }
  const random = makeRandom(request.first);
  const count = request.end - request.first;
  return () => {
    const number = request.first + Math.floor(random() * count);
    return `GET ${request.path.replace('{n}', String(number))} ${head}\r\n`;
  };
}

/** JSON with every other character escaped: its length in bytes is its length. */
function toAsciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What time it is, and what was used up to now. */
interface Spent {
  readonly time_ms: number;
  readonly server_ms: number;
  readonly database_ms: number;
}

function readSpent({ pid, postgres_data }: LoadPlan): Spent {
  return {
    time_ms: performance.now(),
    server_ms: readCpuTime(pid),
    database_ms: postgres_data === undefined ? 0 : readPostgresCpuTime(postgres_data),
  };
}

function summarize(latencies_ms: number[], before: Spent, after: Spent): LoadResult {
  const requests = latencies_ms.length;
  if (requests === 0) {
    throw new Error('No request was answered in the time of the measurement.');
  }
  latencies_ms.sort((a, b) => a - b);
  const quantile = (share: number) => latencies_ms[Math.floor(share * (requests - 1))] ?? 0;
  const database_cpu_us = ((after.database_ms - before.database_ms) * 1000) / requests;
  return {
    requests,
    requests_per_s: (requests * 1000) / (after.time_ms - before.time_ms),
    p50_ms: quantile(0.5),
    p99_ms: quantile(0.99),
    cpu_us: ((after.server_ms - before.server_ms) * 1000) / requests + database_cpu_us,
    database_cpu_us,
  };
}

function wait(time_ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, time_ms).unref();
  });
}
