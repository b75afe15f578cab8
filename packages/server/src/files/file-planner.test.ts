/**
 * Proves that a file that is planned in a thread of its own comes to what planning it here comes to, that
 * what the thread fails with arrives, and that nothing waits for a thread that is gone.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type LotDecision, LotPlanner, type SummarizedLot } from '../operations/import-plan.ts';
import { FileError } from './csv-columns.ts';
import { type OpenedPlanner, openFilePlanner } from './file-planner.ts';
import { type FileFormat, openOrganizationFile } from './organization-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'orgvet-planner-'));
const opened: OpenedPlanner[] = [];
after(async () => {
  await Promise.all(opened.map((planner) => planner.close()));
  rmSync(directory, { recursive: true });
});

let files = 0;

function write(content: string): string {
  files += 1;
  const path = join(directory, `file-${files}`);
  writeFileSync(path, content);
  return path;
}

async function open(file: string, format: FileFormat = 'jsonl', notes: string[] = []) {
  const planner = await openFilePlanner({ file, format }, (note) => notes.push(note));
  opened.push(planner);
  return planner;
}

const nextLines = () => 1000;

const SETTINGS = {
  account_id: 7,
  container_id: 3,
  actor: { user_id: 0, api_key_id: 0, request_id: 'operator', ip_address: '' },
  copiesRows: false,
  allows_non_users: true,
  after_line: 0,
};

const line = (number: number) =>
  JSON.stringify({
    name: `Størrelse ${number}`,
    ...{ address: 'Vej 1', city: 'København', state: '84', zip: '1000', country: 'dk' },
    telephone: '+45 1',
    organization_contact: { first_name: 'A', last_name: 'B', email: 'a@example.com' },
  });

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `${line(index + 1)}\n`).join('');

/** Every line without a fault creates an organization. */
function decide({ lot, lines }: SummarizedLot): LotDecision {
  const created = lines.flatMap(({ problems }, index) =>
    problems.length === 0 ? [{ index, is_duplicate: index % 3 === 2 }] : [],
  );
  const ids = created.map((_, index) => lot * 10_000 + index);
  const time = '2026-11-22T12:00:00+00:00';
  return { lot, created, ids: { organizations: ids, contacts: ids }, time };
}

test('lots and rows are what planning comes to without a thread, for both databases', async () => {
  const file = write(`${lines(1500)}{"name":"faulty"}\nno JSON\n${lines(20)}`);
  for (const copiesRows of [false, true]) {
    const planner = await open(file);
    const here = await openOrganizationFile(file, 'jsonl', () => {});
    assert.deepEqual(planner.file, { digest: here.digest, name: here.name });
    const settings = { ...SETTINGS, copiesRows };
    const expected = new LotPlanner(settings);
    const expectedLots = here.lots()[Symbol.asyncIterator]();
    let lots = 0;
    for await (const summary of planner.planLots(settings, nextLines)) {
      assert.deepEqual(summary, expected.plan((await expectedLots.next()).value));
      assert.deepEqual(await planner.renderLot(decide(summary)), expected.render(decide(summary)));
      lots += 1;
    }
    assert.equal(lots, 2);
    assert.equal((await expectedLots.next()).done, true);
    assert.equal(planner.readPart(), 1);
  }
});

test('a lot can be decided again until it is forgotten, also when the file has ended', async () => {
  const planner = await open(write(lines(1200)));
  const summaries: SummarizedLot[] = [];
  for await (const summary of planner.planLots(SETTINGS, nextLines)) {
    summaries.push(summary);
  }
  const [first, second] = summaries.map(decide);
  assert.ok(first !== undefined && second !== undefined);
  const fewer = { ...first, created: first.created.slice(0, 5) };
  for (const decision of [first, second, fewer, first]) {
    const { organization_ids } = await planner.renderLot(decision);
    assert.equal(organization_ids.length, decision.created.length);
  }
  planner.forgetLot(first.lot);
  assert.deepEqual((await planner.renderLot(first)).organization_ids, []);
  assert.equal((await planner.renderLot(second)).organization_ids.length, 200);
});

test('lines that an earlier run did are left out', async () => {
  const planner = await open(write(lines(1500)));
  const numbers: number[] = [];
  for await (const summary of planner.planLots({ ...SETTINGS, after_line: 990 }, nextLines)) {
    numbers.push(...summary.lines.map(({ number }) => number));
  }
  assert.deepEqual(
    numbers,
    Array.from({ length: 510 }, (_, index) => index + 991),
  );
});

test('a fault of the file comes behind the lots before it, and those can still be rendered', async () => {
  const rows = 'Name,dk,Vej 1,København,84,1000,+45 1,9\n'.repeat(30_000);
  const csv = `name,country,address,city,state,zip,telephone,id\n${rows}a"b,"c\n`;
  const notes: string[] = [];
  const planner = await open(write(csv), 'csv', notes);
  const summaries: SummarizedLot[] = [];
  const plan = async () => {
    for await (const summary of planner.planLots(SETTINGS, nextLines)) {
      summaries.push(summary);
    }
  };
  await assert.rejects(plan(), (error) => {
    assert.ok(error instanceof FileError);
    assert.match(error.message, /no CSV from some line on/);
    return true;
  });
  assert.ok(summaries.length > 1, `${summaries.length} lots`);
  assert.match(notes.join(), /Not imported.*id/);
  const [first] = summaries.map(decide);
  assert.equal(first && (await planner.renderLot(first)).organization_ids.length, 1000);
});

test('a file that is not there is refused at once', async () => {
  await assert.rejects(open(join(directory, 'absent')), /no such file/);
});

test('nobody waits for a thread that is gone', async () => {
  const planner = await open(write(lines(5000)));
  const lots = planner.planLots(SETTINGS, nextLines)[Symbol.asyncIterator]();
  const { value: first } = await lots.next();
  const rest = (async () => {
    // What was planned before comes still.
    while (!(await lots.next()).done) {}
  })();
  const rendering = Promise.all([1, 2, 3].map(() => planner.renderLot(decide(first))));
  const outcomes = Promise.allSettled([rest, rendering]);
  await planner.close();
  await outcomes;
  await assert.rejects(planner.renderLot(decide(first)), /thread that reads the file/);
});
