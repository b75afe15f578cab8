/** Archives: what is put in comes out, whatever it is, and always in the same bytes. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openArchive } from '../../test/bundles.ts';
import { examplesOf } from '../../test/databases.ts';
import { type ArchiveMember, writeArchive } from './archive.ts';

type Content = readonly Uint8Array[];

async function* membersOf(contents: ReadonlyMap<string, Content>): AsyncGenerator<ArchiveMember> {
  for (const [name, pieces] of contents) {
    yield { name, content: piecesOf(pieces) };
  }
}

async function* piecesOf(pieces: Content) {
  yield* pieces;
}

async function write(contents: ReadonlyMap<string, Content>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeArchive(membersOf(contents))) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const contents = fc
  .dictionary(
    fc.stringMatching(/^[a-zäß世]{1,8}\/[a-z0-9.]{1,12}x$/),
    fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 }),
  )
  .map((members) => new Map(Object.entries(members)));

test('what is put into an archive comes out of it, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(contents, async (members) => {
      const found = await openArchive(await write(members));
      const expected = [...members].map(([name, pieces]) => [name, Buffer.concat(pieces)]);
      assert.deepEqual([...found], expected);
    }),
    { numRuns: examplesOf(100) },
  );
});

test('the same members give the same bytes, in whatever pieces and time zone', async () => {
  const { TZ } = process.env;
  after(() => {
    if (TZ === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = TZ;
    }
  });
  await fc.assert(
    fc.asyncProperty(
      contents,
      fc.constantFrom('Pacific/Auckland', 'America/Los_Angeles', 'UTC'),
      async (members, zone) => {
        const whole = new Map(
          [...members].map(([name, pieces]) => [name, [Buffer.concat(pieces)]]),
        );
        const one = await write(members);
        process.env.TZ = zone;
        assert.ok(one.equals(await write(whole)));
      },
    ),
    { numRuns: examplesOf(50) },
  );
});

test('a member is asked for only when the one before has been read', async () => {
  const told: string[] = [];
  async function* speak(name: string) {
    told.push(`begin ${name}`);
    yield Buffer.from(name);
    told.push(`end ${name}`);
  }
  async function* members(): AsyncGenerator<ArchiveMember> {
    for (const name of ['first', 'second']) {
      told.push(`ask for ${name}`);
      yield { name, content: speak(name) };
    }
  }
  for await (const _ of writeArchive(members())) {
    // Only what happens on the way counts.
  }
  assert.deepEqual(
    told,
    ['first', 'second'].flatMap((name) => [`ask for ${name}`, `begin ${name}`, `end ${name}`]),
  );
});

test('what goes wrong with a member breaks the archive off', async () => {
  async function* damaged() {
    yield Buffer.from('good');
    throw new Error('The rest is damaged.');
  }
  async function* members(): AsyncGenerator<ArchiveMember> {
    yield { name: 'member', content: damaged() };
  }
  await assert.rejects(async () => {
    for await (const _ of writeArchive(members())) {
      // It must not come to its end.
    }
  }, /The rest is damaged/);
});

test('whoever wants no more of an archive leaves nothing behind', async () => {
  const pieces = writeArchive(
    membersOf(new Map([['member', [Buffer.alloc(10), Buffer.alloc(10)]]])),
  );
  for await (const _ of pieces) {
    break;
  }
  assert.deepEqual(await pieces.next(), { value: undefined, done: true });
});
