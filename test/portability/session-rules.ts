/** Rules about sessions and servers: locks, settings, cursors, code and data that live in the server. */
import { type Recognisers, type Rule, recogniseCalls, recogniseKinds } from './rule.ts';
import { type NodeOf, readName } from './syntax.ts';

const TWO_PHASE = /^TRANS_STMT_(PREPARE|COMMIT_PREPARED|ROLLBACK_PREPARED)$/;
const SYSTEM_COLUMN = /^([cx]m(in|ax)|ctid|oid|tableoid)$/;

/** Recognises relations that are not kept like others: `t`emporary or `u`nlogged ones. */
function recognisePersistence(persistence: string, words: string): Recognisers {
  return {
    RangeVar: ({ relname, relpersistence }) =>
      relpersistence === persistence ? `makes the ${words} table ${relname}` : undefined,
  };
}

function checkSetting({ is_local, kind, name }: NodeOf<'VariableSetStmt'>): string | undefined {
  const isTransaction = kind === 'VAR_SET_MULTI' && name === 'TRANSACTION';
  return isTransaction
    ? undefined
    : `sets ${name ?? 'all'} for the ${is_local ? 'transaction' : 'session'}`;
}

export const SESSION_RULES = {
  'advisory-locks': {
    engines: ['CockroachDB', 'Citus', 'YugabyteDB'],
    why: 'CockroachDB before 26.3 grants them to everybody at once, and on Citus they hold on one node.',
    recognise: recogniseCalls((name) => /^pg_(try_)?advisory_/.test(name)),
  },
  notifications: {
    engines: ['CockroachDB', 'YugabyteDB', 'Citus', 'Aurora'],
    why: 'CockroachDB has none, those of YugabyteDB are new, others deliver them on one node only.',
    recognise: {
      ...recogniseKinds({
        ListenStmt: 'listens',
        NotifyStmt: 'notifies',
        UnlistenStmt: 'stops listening',
      }),
      ...recogniseCalls((name) => /^pg_(notify|listening_channels)$/.test(name)),
    },
  },
  'table-locks': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'CockroachDB has no LOCK TABLE, and YugabyteDB does not lock tables unless told to.',
    recognise: recogniseKinds({ LockStmt: 'locks a table' }),
  },
  'session-settings': {
    engines: ['CockroachDB', 'Citus', 'Aurora'],
    why: 'CockroachDB knows few, Citus does not pass them on, and they pin a connection of a pool.',
    recognise: {
      VariableSetStmt: checkSetting,
      ...recogniseKinds({
        AlterDatabaseSetStmt: 'sets a setting of the database',
        AlterRoleSetStmt: 'sets a setting of a role',
        AlterSystemStmt: 'sets a setting of the server',
        DiscardStmt: 'discards what the session holds',
      }),
      ...recogniseCalls((name) => name === 'set_config'),
    },
  },
  cursors: {
    engines: ['CockroachDB', 'YugabyteDB', 'Aurora'],
    why: 'CockroachDB and YugabyteDB have parts of them, and they pin a connection of a pool.',
    recognise: recogniseKinds({
      ClosePortalStmt: 'closes a cursor',
      CurrentOfExpr: 'changes the row under a cursor',
      DeclareCursorStmt: 'declares a cursor',
      FetchStmt: 'fetches from a cursor',
    }),
  },
  'two-phase-commits': {
    engines: ['YugabyteDB', 'CockroachDB', 'Aurora'],
    why: 'CockroachDB and YugabyteDB have none, and Aurora has them switched off.',
    recognise: {
      TransactionStmt: ({ kind }) =>
        TWO_PHASE.test(kind ?? '') ? 'prepares a transaction, or ends a prepared one' : undefined,
    },
  },
  'temporary-tables': {
    engines: ['CockroachDB', 'Citus'],
    why: 'CockroachDB calls them an experiment, and Citus has them on one node only.',
    recognise: recognisePersistence('t', 'temporary'),
  },
  'unlogged-tables': {
    engines: ['CockroachDB', 'YugabyteDB', 'Aurora'],
    why: 'CockroachDB and YugabyteDB make ordinary ones, and those of Aurora are empty on its readers.',
    recognise: recognisePersistence('u', 'unlogged'),
  },
  'materialized-views': {
    engines: ['Citus', 'CockroachDB'],
    why: 'Citus keeps them on one node, and CockroachDB refreshes none inside a transaction.',
    recognise: {
      CreateTableAsStmt: ({ objtype }) =>
        objtype === 'OBJECT_MATVIEW' ? 'makes a materialized view' : undefined,
      ...recogniseKinds({ RefreshMatViewStmt: 'refreshes a materialized view' }),
    },
  },
  triggers: {
    engines: ['Citus', 'CockroachDB'],
    why: 'Citus has none on distributed tables, and CockroachDB has parts of them since 24.3.',
    recognise: recogniseKinds({
      CreateEventTrigStmt: 'makes an event trigger',
      CreateTrigStmt: 'makes a trigger',
    }),
  },
  'rewrite-rules': {
    engines: ['Citus', 'CockroachDB'],
    why: 'Citus does not apply them, and CockroachDB has none.',
    recognise: recogniseKinds({ RuleStmt: 'makes a rule' }),
  },
  'stored-code': {
    engines: ['CockroachDB', 'Citus'],
    why: 'CockroachDB understands a part of PL/pgSQL, and on Citus code runs away from its rows.',
    recognise: recogniseKinds({
      AlterFunctionStmt: 'changes a function',
      CallStmt: 'calls a procedure',
      CreateFunctionStmt: 'makes a function or procedure',
      CreatePLangStmt: 'makes a language',
      DoStmt: 'runs code',
    }),
  },
  extensions: {
    engines: ['CockroachDB', 'Aurora', 'YugabyteDB'],
    why: 'CockroachDB has none and the others have a choice of their own, and it takes rights to make one.',
    recognise: recogniseKinds({
      AlterExtensionStmt: 'changes an extension',
      CreateExtensionStmt: 'makes an extension',
    }),
  },
  'large-objects': {
    engines: ['CockroachDB', 'YugabyteDB', 'Citus'],
    why: 'CockroachDB and YugabyteDB have none, and Citus has them on one node only.',
    recognise: recogniseCalls((name) => /^(lo_|lo(read|write)$)/.test(name)),
  },
  maintenance: {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'What is kept in another way is mended in another way; CockroachDB has none of this.',
    recognise: {
      VacuumStmt: ({ is_vacuumcmd }) => (is_vacuumcmd ? 'vacuums' : undefined),
      ...recogniseKinds({
        CheckPointStmt: 'makes a checkpoint',
        ClusterStmt: 'clusters a table',
        ReindexStmt: 'makes an index anew',
      }),
    },
  },
  'server-files': {
    engines: ['Aurora', 'CockroachDB'],
    why: 'There are no files on the server that a client could reach.',
    recognise: {
      CopyStmt: ({ filename, is_program }) =>
        filename === undefined && !is_program ? undefined : 'copies from or to the server itself',
    },
  },
  'system-columns': {
    engines: ['CockroachDB', 'YugabyteDB', 'Citus'],
    why: 'Rows have no place and no transaction number there, or one that is only true on its node.',
    recognise: {
      ColumnRef: ({ fields }) => {
        const name = readName(fields);
        return SYSTEM_COLUMN.test(name) ? `reads the system column ${name}` : undefined;
      },
    },
  },
} satisfies Record<string, Rule>;
