/** What requests say of API keys, as far as it needs no look at the account. Pure. */
import {
  ApiKeyListQuery,
  ApiKeyRequest,
  ApiKeyStatusRequest,
  fieldProblem,
  KEY_RESTRICTIONS,
  type Problem,
  readBody,
  readQuery,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';

/** Reads the body of "Create API key" and "Edit API key". To be used only if there are no problems. */
export function checkApiKeyRequest(body: unknown): { problems: Problem[]; request: ApiKeyRequest } {
  const { problems, value } = readBody(ApiKeyRequest, body, FORMATS);
  problems.push(...checkRestriction(value.restricted_to_role_id));
  return { problems, request: value };
}

/** Reads the body of "Update API key status". To be used only if there are no problems. */
export function checkApiKeyStatus(body: unknown): {
  problems: Problem[];
  request: ApiKeyStatusRequest;
} {
  const { problems, value } = readBody(ApiKeyStatusRequest, body, FORMATS);
  return { problems, request: value };
}

/** Reads the query of "List API keys". */
export function checkApiKeyListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  user_id: number | undefined;
} {
  const { problems, value } = readQuery(ApiKeyListQuery, query);
  return { problems, user_id: value.user_id };
}

/** The schema holds the bounds; not every number between them restricts to something. */
export function checkRestriction(restricted_to_role_id: number | undefined): Problem[] {
  const isKnown =
    restricted_to_role_id === undefined ||
    KEY_RESTRICTIONS.some(({ id }) => id === restricted_to_role_id);
  const known = KEY_RESTRICTIONS.map(({ id }) => id).join(', ');
  return isKnown
    ? []
    : [fieldProblem('invalid', 'restricted_to_role_id', `must be one of ${known}.`)];
}
