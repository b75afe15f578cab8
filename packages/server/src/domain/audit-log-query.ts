/** Which part of the audit log a request asks to see or to prove. Pure. */
import {
  AuditLogPageQuery,
  AuditLogVerificationQuery,
  type Problem,
  readQuery,
} from '@orgvet/contract';

/** A page of the log. Members of the selection that are absent do not restrict. */
export interface AuditLogPageRequest {
  readonly selection: {
    readonly action?: string;
    readonly actor_user_id?: number;
    readonly object_type?: string;
    readonly object_id?: number;
  };
  readonly before_sequence: number;
  readonly limit: number;
}

const LIMIT_DEFAULT = 50;

/** Reads the query of "List audit log entries": every problem, or the request. */
export function checkAuditLogPageQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: AuditLogPageRequest;
} {
  const { problems, value } = readQuery(AuditLogPageQuery, query);
  const {
    'filters[action]': action,
    'filters[actor_user_id]': actor_user_id,
    'filters[object_type]': object_type,
    'filters[object_id]': object_id,
    before_sequence = Number.MAX_SAFE_INTEGER,
    limit = LIMIT_DEFAULT,
  } = value;
  const selection = {
    ...(action !== undefined && { action }),
    ...(actor_user_id !== undefined && { actor_user_id }),
    ...(object_type !== undefined && { object_type }),
    ...(object_id !== undefined && { object_id }),
  };
  return { problems, request: { selection, before_sequence, limit } };
}

const STRETCH_DEFAULT = 20_000;

/** Reads the query of "Verify audit log": every problem, or the stretch. */
export function checkAuditLogVerificationQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  stretch: { readonly from_sequence: number; readonly limit: number };
} {
  const { problems, value } = readQuery(AuditLogVerificationQuery, query);
  const { from_sequence = 1, limit = STRETCH_DEFAULT } = value;
  return { problems, stretch: { from_sequence, limit } };
}
