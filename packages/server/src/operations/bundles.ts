/**
 * Evidence bundles: everything that a completed validation stood on, as one archive. The records are
 * gathered before the first byte is answered; files and events are read while they are sent.
 */
import { createHash } from 'node:crypto';
import {
  BundleQuery,
  type Decision,
  type Evidence,
  readQuery,
  type Source,
  type StoredFile,
} from '@orgvet/contract';
import type { ArchiveMember } from '../domain/archive.ts';
import {
  type BundleSubject,
  jsonMember,
  listRulesVersions,
  listStoodOn,
  writeBundle,
} from '../domain/bundle.ts';
import type { Facts } from '../domain/facts.ts';
import { refuseIfAny } from '../domain/problems.ts';
import type { ReliedOn } from '../domain/rules/validity.ts';
import {
  findCompletion,
  findNewestCompletion,
  type StoredCompletion,
} from '../store/completions.ts';
import { findPiece, PIECE_BYTES } from '../store/files.ts';
import { readEventMembers } from './bundle-events.ts';
import { type Context, refuseAsNotFound } from './context.ts';
import { listPeopleIds, renderDecision } from './decision-answers.ts';
import { listEvidence } from './evidence.ts';
import { FileStream } from './file-stream.ts';
import { nameOf } from './files.ts';
import { readPeople } from './people-names.ts';
import { getSource } from './sources.ts';
import { type OneValidation, refuseUnlessThere } from './validation-outcomes.ts';
import { getWork, type WorkDecision } from './work.ts';

/** What the decisions of a bundle are, by how the validation was completed. */
const GROUNDS: Readonly<Record<StoredCompletion['way'], string>> = {
  decisions: 'These decisions about checks completed it.',
  control: 'A test of this test account completed it as a whole: nobody decided any check for it.',
  policy:
    'The policy of this test account completed it as a whole: nobody decided any check for it.',
};

const FORGOTTEN = 'This registry does not have this version any more.';

/** Everything that is in a bundle, but what the log tells. */
interface Gathered {
  readonly completion: StoredCompletion;
  readonly subject: BundleSubject;
  readonly facts: Facts;
  readonly relied_on: readonly ReliedOn[];
  readonly decisions: readonly WorkDecision[];
  readonly rendered: readonly (Decision & { readonly facts: Facts })[];
  readonly evidence: readonly Omit<Evidence, 'relied_on_by'>[];
  readonly sources: readonly Source[];
  /** Of the evidence, each once. */
  readonly files: readonly StoredFile[];
  /** Who took part, as far as these records tell. */
  readonly user_ids: readonly number[];
}

/** What a completed validation stood on. @throws RequestRefused before the first byte, never after */
export async function getBundle(
  context: Context,
  { params, query }: OneValidation & { readonly query: Readonly<Record<string, unknown>> },
): Promise<FileStream> {
  const { organization_id, validation_type } = params;
  const { problems, value } = readQuery(BundleQuery, query);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  const completion = await getCompletion(context, params, value.completion_id);
  const gathered = await gather(context, completion);
  return new FileStream(
    writeBundle(gathered.subject, readMembers(context, gathered)),
    'application/zip',
    `bundle-${organization_id}-${validation_type}-${completion.id}.zip`,
  );
}

/** One completion of a validation, or its newest. */
async function getCompletion(
  { store, principal }: Context,
  { organization_id, validation_type }: OneValidation['params'],
  id: number | undefined,
): Promise<StoredCompletion> {
  const { account_id } = principal;
  const found =
    id === undefined
      ? await findNewestCompletion(store.reader, account_id, organization_id, validation_type)
      : await findCompletion(store.reader, account_id, id);
  const isIts = found?.organization_id === organization_id && found.type === validation_type;
  return found !== undefined && isIts ? found : refuseAsNotFound('validation');
}

async function gather(context: Context, completion: StoredCompletion): Promise<Gathered> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  const { id, organization_id, type, completed_at, completed_by_user_id } = completion;
  const work = await getWork(reader, account_id, organization_id);
  const relied_on =
    completion.relied_on === '' ? [] : (JSON.parse(completion.relied_on) as ReliedOn[]);
  const decisions = listStoodOn({ type, completed_at, relied_on }, work.decisions);
  const all = await listEvidence(context, { params: { organization_id } });
  const ids = new Set(decisions.flatMap((decision) => decision.evidence.map((one) => one.id)));
  const evidence = all.evidence.filter((one) => ids.has(one.id)).map(describeEvidence);
  const user_ids = [
    completed_by_user_id,
    ...listPeopleIds(decisions),
    ...evidence.flatMap(({ collected_by, withdrawal }) => [
      collected_by.id,
      ...(withdrawal === undefined ? [] : [withdrawal.withdrawn_by.id]),
    ]),
  ];
  const personOf = await readPeople(reader, account_id, user_ids);
  const facts = JSON.parse(completion.facts) as Facts;
  return {
    ...{ completion, facts, relied_on, decisions, evidence, user_ids },
    subject: {
      account_id,
      organization: { id: organization_id, name: String(facts.name) },
      ...{ validation_type: type, completion_id: id, completed_at },
      ...(completed_by_user_id !== 0 && { completed_by: personOf(completed_by_user_id) }),
    },
    rendered: decisions.map((one) => ({ ...renderDecision(one, personOf), facts: one.facts })),
    sources: await listSources(context, facts, evidence),
    files: listFiles(evidence),
  };
}

/** Without what relies on it now, which is another matter. */
function describeEvidence({ relied_on_by: _, ...evidence }: Evidence) {
  return evidence;
}

/** The sources of evidence, and the one that registered the organization, by id. */
async function listSources(
  context: Context,
  { registration_source_id }: Facts,
  evidence: Gathered['evidence'],
): Promise<Source[]> {
  const ids = new Set(evidence.flatMap(({ source }) => source?.id ?? []));
  if (typeof registration_source_id === 'number') {
    ids.add(registration_source_id);
  }
  const sources: Source[] = [];
  for (const source_id of [...ids].sort((one, other) => one - other)) {
    sources.push(await getSource(context, { params: { source_id } }));
  }
  return sources;
}

function listFiles(evidence: Gathered['evidence']): StoredFile[] {
  const files = new Map(evidence.flatMap(({ file }) => (file ? [[file.digest, file]] : [])));
  return [...files.values()].sort((one, other) => (one.digest < other.digest ? -1 : 1));
}

async function* readMembers(context: Context, gathered: Gathered): AsyncGenerator<ArchiveMember> {
  const { completion, subject, facts, relied_on, rendered, evidence, sources, files } = gathered;
  const texts = [completion.rules, ...rendered.map((decision) => decision.rules)];
  const rules = listRulesVersions(texts).map((one) => ({ ...one, ...findRules(context, one) }));
  yield jsonMember('completion.json', {
    ...subject,
    way: completion.way,
    rules: rules.map(({ id, version, content }) =>
      content === undefined
        ? { id, version, note: FORGOTTEN }
        : { id, version, member: rulesName({ id, version }) },
    ),
    ...{ facts, relied_on },
  });
  yield jsonMember('decisions.json', { ground: GROUNDS[completion.way], decisions: rendered });
  yield jsonMember('evidence.json', {
    evidence: evidence.map((one) =>
      one.file === undefined ? one : { ...one, file: { ...one.file, member: fileName(one.file) } },
    ),
    sources,
  });
  for (const file of files) {
    yield { name: fileName(file), content: readFile(context, file) };
  }
  for (const { id, version, content } of rules) {
    if (content !== undefined) {
      yield jsonMember(rulesName({ id, version }), content);
    }
  }
  const { id, organization_id } = completion;
  yield* readEventMembers(context, id, organization_id, gathered.user_ids);
}

const fileName = (file: StoredFile) => `files/${nameOf(file)}`;

type RulesVersion = ReturnType<typeof listRulesVersions>[number];

const rulesName = ({ id, version }: RulesVersion) => `rules/${id}-${version}.json`;

/** A pack or a policy as this registry has it. */
function findRules({ rules }: Context, { id, version }: RulesVersion) {
  const known = [...rules.packs, ...rules.policies];
  const content = known.find((one) => one.id === id && one.version === version);
  return content === undefined ? {} : { content };
}

/**
 * The bytes of a file, piece by piece.
 *
 * @throws if they are not what was stored any more, before the last of them can be taken for whole
 */
async function* readFile(
  { store, principal }: Context,
  { digest, size_bytes }: StoredFile,
): AsyncGenerator<Uint8Array> {
  const { account_id } = principal;
  const hash = createHash('sha256');
  for (let position = 0; position * PIECE_BYTES < size_bytes; position += 1) {
    const piece = await findPiece(store.reader, account_id, digest, position);
    if (piece !== undefined) {
      hash.update(piece);
      yield piece;
    }
  }
  if (hash.digest('hex') !== digest) {
    throw new Error(`The file ${digest} of the account ${account_id} is damaged in the database.`);
  }
}
