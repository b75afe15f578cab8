/** PostgreSQL stopped and started again under a server that is being used. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { OrganizationList } from '@orgvet/contract';
import { startCluster } from '../../../../test/postgres/cluster.ts';
import { type Answer, organizationBody, startServer } from '../harness.ts';

const cluster = await startCluster();
const name = await cluster.createDatabase();
const server = await startServer({
  database: { kind: 'postgres', url: cluster.urlOf(name), connections: 8, prepares: true },
});
after(async () => {
  await server.close();
  await cluster.close();
});
const { send, origin } = server;

const isReady = async () => (await fetch(`${origin}/readyz`)).status;

/** Creates and reads by eight clients until told to stop. */
function startLoad(prefix: string) {
  const acknowledged: number[] = [];
  const answers: Answer[] = [];
  let isOver = false;
  const work = async (client: number) => {
    for (let number = 0; !isOver; number += 1) {
      const body = organizationBody({ name: `${prefix} ${client} ${number}` });
      const created = await send('POST', '/organization', { body });
      answers.push(created);
      if (created.status === 201) {
        acknowledged.push(created.json<{ id: number }>().id);
      }
      answers.push(await send('GET', '/organization?limit=3&sort=name'));
    }
  };
  const clients = Array.from({ length: 8 }, (_, client) => work(client));
  return {
    acknowledged,
    answers,
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries += 1) {
    assert.ok(tries < 2000, 'never came true');
    await wait(10);
  }
}

for (const mode of ['fast', 'immediate'] as const) {
  test(`nothing acknowledged is lost, and the server recovers, when PostgreSQL restarts (${mode})`, async () => {
    const load = startLoad(`Restart ${mode}`);
    await until(() => load.acknowledged.length > 50);
    await cluster.stop(mode);
    await until(() => load.answers.some(({ status }) => status === 503));
    assert.equal(await isReady(), 503);
    const before = load.acknowledged.length;
    await cluster.start();
    await until(() => load.acknowledged.length > before + 50);
    assert.equal(await isReady(), 200);
    await load.stop();
    for (const { status, headers, text } of load.answers) {
      assert.ok([200, 201, 503].includes(status), `${status} ${text}`);
      if (status === 503) {
        assert.equal(headers['retry-after'], '1');
        assert.match(text, /"code":"service_unavailable"/);
      }
    }
    const found = new Set<number>();
    for (let offset = 0; ; offset += 1000) {
      const path = `/organization?filters[search]=%25restart%20${mode}&limit=1000&offset=${offset}`;
      const { organizations, page } = (await send('GET', path)).json<OrganizationList>();
      for (const { id } of organizations) {
        found.add(id);
      }
      if (offset + 1000 >= page.total) {
        assert.equal(found.size, page.total);
        break;
      }
    }
    assert.deepEqual(
      load.acknowledged.filter((id) => !found.has(id)),
      [],
    );
  });
}

test('a server stops in good order while PostgreSQL is gone', async () => {
  const other = await startServer({
    database: {
      kind: 'postgres',
      url: cluster.urlOf(await cluster.createDatabase()),
      connections: 8,
      prepares: true,
    },
  });
  await Promise.all(Array.from({ length: 20 }, () => other.send('GET', '/organization')));
  await cluster.stop('immediate');
  assert.equal((await other.send('GET', '/organization')).status, 503);
  await other.close();
  await cluster.start();
});
