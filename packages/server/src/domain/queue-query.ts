/** Which part of the queue a request asks for. Pure. */
import { fieldProblem, type Problem, QueueQuery, readQuery } from '@orgvet/contract';

/** What is asked for. Members that are absent do not restrict. */
export interface QueueRequest {
  readonly type?: NonNullable<QueueQuery['filters[type]']>;
  /** 0 for those that nobody works on. */
  readonly assigned_to_user_id?: number;
  readonly organization_id?: number;
  readonly newest_first: boolean;
  readonly limit: number;
  readonly offset: number;
}

const LIMIT_DEFAULT = 50;

/** Reads the query of "Queue": every problem, or the request. */
export function checkQueueQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: QueueRequest;
} {
  const { problems, value } = readQuery(QueueQuery, query);
  const {
    'filters[type]': type,
    'filters[organization_id]': organization_id,
    'filters[assigned_to]': assigned_to,
    sort = 'requested_at',
    limit = LIMIT_DEFAULT,
    offset = 0,
  } = value;
  const assigned_to_user_id = readAssignee(assigned_to);
  if (assigned_to !== undefined && assigned_to_user_id === undefined) {
    problems.push(fieldProblem('invalid', 'filters[assigned_to]', 'must be a user id or none.'));
  }
  if (sort !== 'requested_at' && sort !== '-requested_at') {
    problems.push(fieldProblem('invalid', 'sort', 'must be requested_at or -requested_at.'));
  }
  return {
    problems,
    request: {
      ...(type !== undefined && { type }),
      ...(assigned_to_user_id !== undefined && { assigned_to_user_id }),
      ...(organization_id !== undefined && { organization_id }),
      newest_first: sort === '-requested_at',
      limit,
      offset,
    },
  };
}

function readAssignee(text: string | undefined): number | undefined {
  if (text === 'none') {
    return 0;
  }
  const id = /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : undefined;
}
