/**
 * A typed client: what it can call, send and get is the contract's route table. It adds nothing to the
 * wire and has no opinion on retries.
 */
import {
  type OperationName,
  type Problem,
  type RequestOf,
  type ResponseOf,
  ROUTES,
  type Route,
} from '@orgvet/contract';

export interface ClientSettings {
  /** Up to and with `/services/v2`. */
  readonly base_url: string;
  readonly api_key: string;
  /** How requests are sent; `globalThis.fetch` unless given. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The server said no: its status and every problem that it named. */
export class ApiError extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(' ') || `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.problems = problems;
  }
}

export interface Client {
  /**
   * Calls an operation by its name in the contract.
   *
   * @throws ApiError if the server answers with an error; what `fetch` throws if it cannot be reached
   */
  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>;
}

export function createClient(settings: ClientSettings): Client {
  return {
    async call<Name extends OperationName>(name: Name, request: RequestOf<Name>) {
      const response = await send(settings, ROUTES[name], request);
      if (!response.ok) {
        throw new ApiError(response.status, await readProblems(response));
      }
      const body = response.status === 204 ? undefined : await response.json();
      return body as ResponseOf<Name>;
    },
  };
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

function send(
  { base_url, api_key, fetch = globalThis.fetch }: ClientSettings,
  route: Route,
  { params = {}, query = {}, body }: AnyRequest,
): Promise<Response> {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(params[name])),
  );
  const url = new URL(`${base_url.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      url.searchParams.set(name, String(value));
    }
  }
  return fetch(url, {
    method: route.method,
    headers: {
      'X-DC-DEVKEY': api_key,
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The problems of an error answer; none where something in between answered for the server. */
async function readProblems(response: Response): Promise<Problem[]> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as { errors?: Problem[] };
    return errors ?? [];
  } catch {
    return [];
  }
}
