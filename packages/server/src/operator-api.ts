/**
 * The operations as the registry's operator has them: on the database, without a server and a key. What is
 * for people in browsers is not among them.
 */
import { Readable } from 'node:stream';
import {
  type GuardedOperationName,
  type OperationName,
  type RequestOf,
  type ResponseOf,
  ROUTES,
  type Route,
  readParams,
} from '@orgvet/contract';
import type { Clock } from './clock.ts';
import { refuseIfAny } from './domain/problems.ts';
import { openEnvironment } from './environment.ts';
import { loadRules } from './load-rules.ts';
import { listAccounts, operatorContext } from './operations/accounts.ts';
import { type Context, clockOf, type Environment } from './operations/context.ts';
import { FileContent } from './operations/file-content.ts';
import { FileStream } from './operations/file-stream.ts';
import { exportCsv, hasCsv, type OperationRequest, perform } from './operations/index.ts';
import { JsonLines } from './operations/json-lines.ts';
import { JsonText } from './operations/json-text.ts';
import { withRegistry } from './registry.ts';
import { type DatabaseLocation, describeLocation } from './settings.ts';

/** The operations on an account, as the client has them, without a server and a key. */
export interface OperatorApi {
  /** @throws RequestRefused */
  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>;
  /** As `call`, with the answer as lines of CSV. @throws RequestRefused */
  callCsv(name: OperationName, request: AnyRequest): Promise<AsyncIterable<string>>;
  /** As `call`, with the answer as lines of JSON. @throws RequestRefused */
  callLines(name: OperationName, request: AnyRequest): Promise<AsyncIterable<string>>;
  /** As `call`, with the bytes of a file in pieces. @throws RequestRefused */
  callFile(name: OperationName, request: AnyRequest): Promise<AsyncIterable<Uint8Array>>;
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Works on an account as its operator, who may do everything in it and is no user of it. */
export async function withOperatorApi<Result>(
  database: DatabaseLocation,
  account_id: number,
  work: (api: OperatorApi) => Promise<Result>,
  rule_files: readonly string[] = [],
): Promise<Result> {
  const rules = await loadRules(rule_files);
  const open = (place: DatabaseLocation, clock: Clock) =>
    openEnvironment(place, clock, undefined, undefined, rules);
  const workOnAccount = async (environment: Environment) => {
    const context = await findAccountContext(environment, account_id);
    if (context === undefined) {
      throw new Error(`There is no account ${account_id} in ${describeLocation(database)}.`);
    }
    return await work({
      async call<Name extends OperationName>(name: Name, request: RequestOf<Name>) {
        const result = await performAsOperator(name, context, request);
        return answerOf(name, result) as ResponseOf<Name>;
      },
      async callCsv(name, request) {
        if (!hasCsv(name)) {
          throw new Error(`${name} does not answer CSV.`);
        }
        return await exportCsv(name, context, operationRequest(name, request));
      },
      async callLines(name, request) {
        const result = await performAsOperator(name, context, request);
        if (!(result instanceof JsonLines)) {
          throw new Error(`${name} does not answer in lines.`);
        }
        return result.pieces;
      },
      async callFile(name, request) {
        const result = await performAsOperator(name, context, request);
        if (result instanceof FileStream) {
          return result.pieces;
        }
        if (!(result instanceof FileContent)) {
          throw new Error(`${name} does not answer a file.`);
        }
        return Readable.from([result.bytes]);
      },
    });
  };
  return await withRegistry(database, workOnAccount, open);
}

/** The operator belongs to the root container: what is made in no other is made there. */
async function findAccountContext(
  environment: Environment,
  account_id: number,
): Promise<Context | undefined> {
  const account = (await listAccounts(environment)).find(({ id }) => id === account_id);
  if (account === undefined) {
    return undefined;
  }
  const context = operatorContext(environment, account_id);
  const { mode, duplicate_policy, primary_organization_id, root_container_id } = account;
  const { clock_offset_ms } = account;
  const principal = {
    ...context.principal,
    ...{ mode, clock_offset_ms, duplicate_policy, primary_organization_id },
    container_id: root_container_id,
  };
  return { ...context, clock: clockOf(context.clock, principal), principal };
}

/** Signing in, and what people do who are, is not among what an operator does: there is no browser. */
async function performAsOperator(
  name: OperationName,
  context: Context,
  request: AnyRequest,
): Promise<unknown> {
  if (!isGuarded(name)) {
    throw new Error(`${name} is for browsers only.`);
  }
  return await perform(name, context, operationRequest(name, request));
}

function isGuarded(name: OperationName): name is GuardedOperationName {
  const route: Route = ROUTES[name];
  return route.access === undefined;
}

/** A request as it would come over the wire: texts in its query, nothing undefined in its body. */
function operationRequest(name: OperationName, request: AnyRequest): OperationRequest {
  const route: Route = ROUTES[name];
  const { params = {}, query = {}, body } = request;
  const reading = route.params && readParams(route.params, textsOf(params));
  refuseIfAny(reading?.problems ?? []);
  return {
    params: reading?.value as never,
    query: textsOf(query),
    body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
  };
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** An answer as it would come over the wire. */
function answerOf(name: OperationName, result: unknown): unknown {
  const { success }: Route = ROUTES[name];
  if (success.schema === undefined) {
    return undefined;
  }
  const text =
    result instanceof JsonText
      ? result.pieces.map((piece) => Buffer.from(piece).toString()).join('')
      : JSON.stringify(result);
  return JSON.parse(text);
}
