/** How lots of an import are written: side by side, again when somebody came between, small beside others. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { openStore } from '../src/environment.ts';
import type { Environment } from '../src/operations/context.ts';
import { type LotDecision, LotPlanner, type PlanSettings } from '../src/operations/import-plan.ts';
import {
  type FilePlanner,
  importOrganizations,
  type LineReport,
} from '../src/operations/organization-import.ts';
import { type Store, TransactionConflict } from '../src/store/database.ts';
import { makeDatabase } from './databases.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';

const database = await makeDatabase();
const server = await startServer({ database });
const { send } = server;

const totalOf = async (query = '') =>
  (await send('GET', `/organization?limit=1${query}`)).json<OrganizationList>().page.total;

/** Plans lots of bodies in this thread. */
class LotsPlanner implements FilePlanner {
  /** How many lines each lot might have had. */
  readonly sizes: number[] = [];
  readonly #lots: readonly (readonly object[])[];
  #planner: LotPlanner | undefined;

  constructor(lots: readonly (readonly object[])[]) {
    this.#lots = lots;
  }

  async *planLots(settings: PlanSettings, nextLines: () => number) {
    this.#planner = new LotPlanner(settings);
    let number = 0;
    for (const bodies of this.#lots) {
      this.sizes.push(nextLines());
      yield this.#planner.plan(
        bodies.map((body) => {
          number += 1;
          return { number, content: { body } };
        }),
      );
    }
  }

  async renderLot(decision: LotDecision) {
    assert.ok(this.#planner !== undefined);
    return this.#planner.render(decision);
  }

  forgetLot(lot: number) {
    this.#planner?.forget(lot);
  }
}

async function importLots(environment: Environment, name: string, planner: FilePlanner) {
  const reports: LineReport[] = [];
  const lines_done: number[] = [];
  const file = { digest: name, name: `${name}.jsonl` };
  const done = await importOrganizations(environment, { account_id: 1 }, file, planner, {
    is_dry_run: false,
    lot_lines: 10_000,
    reportLine: (report) => reports.push(report),
    reportProgress: (progress) => lines_done.push(progress.lines_done),
  });
  return { done, reports, lines_done };
}

test('what somebody creates between the look and the write is told of as a duplicate', async () => {
  const bodies = ['Before', 'Between', 'Behind'].map((name) =>
    organizationBody({ name: `Overtaken ${name}` }),
  );
  const planner = new LotsPlanner([bodies]);
  let between: { id: number } | undefined;
  const { done, reports } = await importLots(server.app.environment, 'overtaken', {
    planLots: (settings, nextLines) => planner.planLots(settings, nextLines),
    renderLot: async (decision) => {
      between ??= (await send('POST', '/organization', { body: bodies[1] })).json<{ id: number }>();
      return await planner.renderLot(decision);
    },
    forgetLot: (lot) => planner.forgetLot(lot),
  });
  assert.deepEqual(done, { lines_done: 3, created: 2, duplicates: 1, refused: 0 });
  const [report, ...others] = reports;
  assert.deepEqual(others, []);
  assert.equal(report?.line, 2);
  assert.equal(report?.problems[0]?.existing_organization_id, between?.id);
  assert.equal(await totalOf('&filters[search]=%25overtaken'), 3);
});

/** Eight lots of four lines; of each but the first, two are duplicates of lines of the lot before. */
const linkedLots = (name: string) =>
  Array.from({ length: 8 }, (_, lot) => [
    organizationBody({ name: `${name} ${lot + 1} first` }),
    organizationBody({ name: `${name} ${lot} first` }),
    organizationBody({ name: `${name} ${lot} last`, skip_duplicate_org_check: true }),
    organizationBody({ name: `${name} ${lot + 1} last` }),
  ]);

/** What importing `linkedLots` comes to: in the first lot, nothing is a duplicate yet. */
const LINKED = {
  done: { lines_done: 32, created: 25, duplicates: 7, refused: 0 },
  duplicates: [6, 10, 14, 18, 22, 26, 30],
  lines_done: [4, 8, 12, 16, 20, 24, 28, 32],
};

async function checkLinked(
  name: string,
  { done, reports, lines_done }: Awaited<ReturnType<typeof importLots>>,
): Promise<void> {
  assert.deepEqual(done, LINKED.done);
  assert.deepEqual(lines_done, LINKED.lines_done);
  assert.deepEqual(
    reports.map(({ line }) => line),
    LINKED.duplicates,
  );
  assert.equal(await totalOf(`&filters[search]=%25${name}`), 25);
}

/** The registry with lots written in pairs where the database can, and its store changed. */
async function openLots(change: (store: Store) => Partial<Store>): Promise<Environment> {
  const { environment } = server.app;
  const store = openStore(database, () => {}, 'lots');
  after(() => store.close());
  return { ...environment, store: { ...bindStore(store), ...change(store) } };
}

const bindStore = (store: Store): Store => ({
  reader: store.reader,
  lots_at_once: store.lots_at_once,
  transaction: (work) => store.transaction(work),
  lotTransaction: (work) => store.lotTransaction(work),
  close: () => store.close(),
});

test('lots that are written side by side know of each other, and are told of in their order', async () => {
  const environment = await openLots(() => ({}));
  const planner = new LotsPlanner(linkedLots('Linked'));
  const imported = await importLots(environment, 'linked', planner);
  await checkLinked('linked', imported);
});

test('a lot that is not committed is written again, and with it the one that stands on it', async () => {
  const refused = [2, 3, 6];
  let writes = 0;
  const environment = await openLots((store) => ({
    lotTransaction: (work) =>
      store.lotTransaction(async (tx) => {
        const result = await work(tx);
        writes += 1;
        if (refused.includes(writes)) {
          throw new TransactionConflict('Refused by the test.');
        }
        return result;
      }),
  }));
  const planner = new LotsPlanner(linkedLots('Unwritten'));
  const imported = await importLots(environment, 'unwritten', planner);
  assert.equal(writes, 8 + refused.length);
  await checkLinked('unwritten', imported);
});

test('a lot is not written when the one before could not be told of', async () => {
  const environment = await openLots(() => ({}));
  const lots = linkedLots('Untold');
  const told: number[] = [];
  const untold = importOrganizations(
    environment,
    { account_id: 1 },
    { digest: 'untold', name: 'untold.jsonl' },
    new LotsPlanner(lots),
    {
      is_dry_run: false,
      lot_lines: 10_000,
      reportLine: () => {},
      reportProgress: ({ lines_done }) => {
        told.push(lines_done);
        if (lines_done === 12) {
          throw new Error('The disk is full.');
        }
      },
    },
  );
  await assert.rejects(untold, /The disk is full/);
  assert.deepEqual(told, [4, 8, 12]);
  await untilIndexed(server);
  assert.equal(await totalOf('&filters[search]=%25untold'), 10);
  const { done, lines_done } = await importLots(environment, 'untold', new LotsPlanner(lots));
  assert.deepEqual(done, LINKED.done);
  assert.deepEqual(lines_done, [12, 12, 12, 16, 20, 24, 28, 32]);
  assert.equal(await totalOf('&filters[search]=%25untold'), 25);
});

test('lots grow, but on SQLite not while somebody else writes, who would wait for each', async () => {
  const environment = await openLots(() => ({}));
  const lots = Array.from({ length: 12 }, (_, lot) => [organizationBody({ name: `Alone ${lot}` })]);
  const alone = new LotsPlanner(lots);
  await importLots(environment, 'alone', alone);
  assert.deepEqual(alone.sizes.slice(0, 6), [1000, 2000, 4000, 8000, 10_000, 10_000]);
  const beside = new LotsPlanner(
    lots.map((_, lot) => [organizationBody({ name: `Beside ${lot}` })]),
  );
  await importLots(environment, 'beside', {
    planLots: (settings, nextLines) => beside.planLots(settings, nextLines),
    renderLot: async (decision) => {
      await send('POST', '/organization', {
        body: organizationBody({ name: `Elsewhere ${decision.lot}` }),
      });
      return await beside.renderLot(decision);
    },
    forgetLot: (lot) => beside.forgetLot(lot),
  });
  const expected = database.kind === 'sqlite' ? 1000 : 10_000;
  assert.deepEqual(new Set(beside.sizes.slice(-4)), new Set([expected]));
});
