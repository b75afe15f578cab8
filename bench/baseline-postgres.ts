/**
 * A child process that is the baseline of PostgreSQL: a bare `pg` pool that runs the very statements
 * behind a request, prepared, as often as it can with as many under way as the load has connections.
 */
import pg from 'pg';
import { makeRandom } from './organizations.ts';
import { readCpuTime, readPostgresCpuTime } from './processes.ts';

/** A statement; the parameters that are `{n}` get a random number. */
export interface PlannedStatement {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

export interface BaselinePostgresPlan {
  readonly url: string;
  /** Where its data is. */
  readonly data: string;
  /** The size of the pool. */
  readonly connections: number;
  readonly concurrency: number;
  /** Run one after another, as one request. */
  readonly statements: readonly PlannedStatement[];
  readonly first: number;
  readonly end: number;
  readonly warm_up_ms: number;
  readonly duration_ms: number;
}

export interface BaselinePostgresResult {
  readonly requests_per_s: number;
  /** CPU time for each request, of the client and of PostgreSQL. */
  readonly cpu_us: number;
  readonly client_cpu_us: number;
}

process.once('message', async (plan: BaselinePostgresPlan) => {
  const result = await measure(plan);
  process.send?.(result, () => process.disconnect());
});

async function measure(plan: BaselinePostgresPlan): Promise<BaselinePostgresResult> {
  const pool = new pg.Pool({ connectionString: plan.url, max: plan.connections });
  const random = makeRandom(plan.first);
  let requests = 0;
  let isOver = false;
  const work = async () => {
    while (!isOver) {
      const number = plan.first + Math.floor(random() * (plan.end - plan.first));
      for (const [index, { text, values }] of plan.statements.entries()) {
        const bound = values.map((value) => (value === '{n}' ? number : value));
        await pool.query({ name: `b${index}`, text, values: bound });
      }
      requests += 1;
    }
  };
  const workers = Array.from({ length: plan.concurrency }, work);
  await wait(plan.warm_up_ms);
  const readSpent = () => ({
    requests,
    client_ms: readCpuTime(process.pid),
    database_ms: readPostgresCpuTime(plan.data),
    time_ms: performance.now(),
  });
  const before = readSpent();
  await wait(plan.duration_ms);
  const after = readSpent();
  isOver = true;
  await Promise.all(workers);
  await pool.end();
  const done = after.requests - before.requests;
  const client_cpu_us = ((after.client_ms - before.client_ms) * 1000) / done;
  const database_cpu_us = ((after.database_ms - before.database_ms) * 1000) / done;
  return {
    requests_per_s: (done * 1000) / (after.time_ms - before.time_ms),
    cpu_us: client_cpu_us + database_cpu_us,
    client_cpu_us,
  };
}

function wait(time_ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, time_ms);
  });
}
