/**
 * A typed client: what it can call, send and get is the contract's route table. It adds nothing to the
 * wire and has no opinion on retries.
 */
import {
  BASE_PATH,
  fullPathOf,
  type OperationName,
  type Problem,
  type RequestOf,
  type ResponseOf,
  ROUTES,
  type Route,
  type Routes,
} from '@orgvet/contract';
import { ApiError, ServerUnreachable } from './errors.ts';

export { ApiError, ServerUnreachable } from './errors.ts';

export interface ClientSettings {
  /** Up to and with `/services/v2`. */
  readonly base_url: string;
  /** Left out in a browser that is signed in: its cookie speaks for it. */
  readonly api_key?: string;
  /** How requests are sent; `globalThis.fetch` unless given. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The operations that can answer with CSV too. */
export type CsvOperationName = {
  [Name in OperationName]: Routes[Name] extends { csv: string } ? Name : never;
}[OperationName];

/** The operations that answer with lines of JSON. */
export type LinesOperationName = {
  [Name in OperationName]: Routes[Name] extends { json_lines: string } ? Name : never;
}[OperationName];

/** The operations that answer with a file. */
export type FileOperationName = {
  [Name in OperationName]: Routes[Name]['success'] extends { media_type: string } ? Name : never;
}[OperationName];

/** The operations that take a file. */
export type UploadOperationName = {
  [Name in OperationName]: Routes[Name] extends { file_max_bytes: number } ? Name : never;
}[OperationName];

export interface Client {
  /**
   * Calls an operation by its name in the contract.
   *
   * @throws ApiError if the server answers with an error, ServerUnreachable if it does not answer
   */
  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>;
  /** As `call`, with the answer as CSV in pieces. */
  callCsv<Name extends CsvOperationName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<AsyncIterable<string>>;
  /** As `call`, with the lines in pieces that may end anywhere. */
  callLines<Name extends LinesOperationName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<AsyncIterable<string>>;
  /** As `call`, with the bytes of a file in pieces. */
  callFile<Name extends FileOperationName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<AsyncIterable<Uint8Array>>;
  /** As `call`, with a file to send as it is. */
  sendFile<Name extends UploadOperationName>(
    name: Name,
    request: RequestOf<Name>,
    file: Uint8Array<ArrayBuffer> | Blob,
  ): Promise<ResponseOf<Name>>;
}

export function createClient(settings: ClientSettings): Client {
  return {
    async call<Name extends OperationName>(name: Name, request: RequestOf<Name>) {
      const response = await send(settings, ROUTES[name], request, 'application/json');
      return (await readAnswer(settings, response)) as ResponseOf<Name>;
    },
    async sendFile<Name extends UploadOperationName>(
      name: Name,
      request: RequestOf<Name>,
      file: Uint8Array<ArrayBuffer> | Blob,
    ) {
      const whole = { ...request, file };
      const response = await send(settings, ROUTES[name], whole, 'application/json');
      return (await readAnswer(settings, response)) as ResponseOf<Name>;
    },
    async callCsv(name, request) {
      const { body } = await send(settings, ROUTES[name], request, 'text/csv');
      return readPieces(settings, body ?? []);
    },
    async callLines(name, request) {
      const { body } = await send(settings, ROUTES[name], request, 'application/jsonl');
      return readPieces(settings, body ?? []);
    },
    async callFile(name, request) {
      const { body } = await send(settings, ROUTES[name], request, '*/*');
      return readBytes(settings, body ?? []);
    },
  };
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Sent as it is, where the operation takes a file. */
  readonly file?: Uint8Array<ArrayBuffer> | Blob;
}

/** Sends a request. @returns the answer, if it is none of an error */
async function send(
  settings: ClientSettings,
  route: Route,
  { params = {}, query = {}, body, file }: AnyRequest,
  accept: string,
): Promise<Response> {
  const { base_url, api_key, fetch = globalThis.fetch } = settings;
  const path = fullPathOf(route).replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(params[name])),
  );
  const url = new URL(`${rootOf(base_url)}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      url.searchParams.set(name, String(value));
    }
  }
  const request: RequestInit = {
    method: route.method,
    headers: {
      ...(api_key !== undefined && { 'X-DC-DEVKEY': api_key }),
      Accept: accept,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(file !== undefined && { 'Content-Type': 'application/octet-stream' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file !== undefined && { body: file }),
    // The key is for this server: it is not sent wherever an answer points.
    redirect: 'manual',
  };
  const response = await fetch(url, request).catch((cause) => {
    throw new ServerUnreachable(base_url, cause);
  });
  if (!response.ok) {
    const problems = readProblems(await readText(settings, response));
    throw new ApiError(response.status, problems, readRetryAfter(response));
  }
  return response;
}

/** Where the server is, below which all operations stand, Orgvet's own too. */
function rootOf(base_url: string): string {
  const url = base_url.replace(/\/$/, '');
  return url.endsWith(BASE_PATH) ? url.slice(0, -BASE_PATH.length) : url;
}

async function readText({ base_url }: ClientSettings, response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new ServerUnreachable(base_url, cause);
  }
}

async function* readPieces(
  settings: ClientSettings,
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of readBytes(settings, body)) {
    yield decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}

async function* readBytes(
  { base_url }: ClientSettings,
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new ServerUnreachable(base_url, cause);
  }
}

async function readAnswer(settings: ClientSettings, response: Response): Promise<unknown> {
  return response.status === 204
    ? undefined
    : parseAnswer(settings, await readText(settings, response));
}

function parseAnswer({ base_url }: ClientSettings, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${base_url} answers, but not as Orgvet does: is the URL right?`, { cause });
  }
}

/** The problems of an error answer; none where something in between answered for the server. */
function readProblems(text: string): Problem[] {
  try {
    const { errors } = JSON.parse(text) as { errors?: Problem[] };
    return errors ?? [];
  } catch {
    return [];
  }
}

/** Seconds; the other form of the header, a date, is nothing that Orgvet sends. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
