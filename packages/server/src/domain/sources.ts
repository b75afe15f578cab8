/**
 * The register of sources: what a request says of a registry or database, and which of them a list asks
 * for. Pure.
 */
import {
  fieldProblem,
  type Problem,
  readBody,
  readQuery,
  SourceListQuery,
  SourceRequest,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { isFormat } from './number-format.ts';
import { isCountry } from './subdivision.ts';

/** What is registered of a source. Absent texts are empty. */
export interface SourceDetails {
  readonly name: string;
  readonly kind: SourceRequest['kind'];
  /** Upper case. */
  readonly jurisdiction_country: string;
  readonly jurisdiction_state: string;
  readonly jurisdiction_locality: string;
  readonly url: string;
  readonly number_format: string;
  readonly note: string;
}

/** Reads what is to be registered of a source: every problem, or the source. */
export function checkSource(body: unknown): { problems: Problem[]; source: SourceDetails } {
  const { problems, value } = readBody(SourceRequest, body, FORMATS);
  const { number_format = '' } = value;
  if (number_format !== '' && !isFormat(number_format)) {
    const detail = 'must have a 9, A or * in every format, as 99-999999|A*99.';
    problems.push(fieldProblem('invalid', 'number_format', detail));
  }
  const source: SourceDetails = {
    name: value.name,
    kind: value.kind,
    jurisdiction_country: value.jurisdiction_country?.toUpperCase() ?? '',
    jurisdiction_state: value.jurisdiction_state ?? '',
    jurisdiction_locality: value.jurisdiction_locality ?? '',
    url: value.url ?? '',
    number_format,
    note: value.note ?? '',
  };
  return { problems, source };
}

/** Which sources, and which part of them. */
export interface SourceListRequest {
  readonly kind?: SourceDetails['kind'];
  readonly jurisdiction_country?: string;
  readonly is_withdrawn?: boolean;
  readonly limit: number;
  readonly offset: number;
}

const LIMIT_DEFAULT = 1000;

/** Reads the query of "List sources": every problem, or the request. */
export function checkSourceListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: SourceListRequest;
} {
  const { problems, faulty, value } = readQuery(SourceListQuery, query);
  const country = 'filters[jurisdiction_country]';
  const { 'filters[kind]': kind, 'filters[status]': status, [country]: jurisdiction } = value;
  if (jurisdiction !== undefined && !faulty.has(country) && !isCountry(jurisdiction)) {
    const detail = 'must be an ISO 3166-1 alpha-2 country code.';
    problems.push(fieldProblem('invalid', country, detail));
  }
  const request: SourceListRequest = {
    ...(kind !== undefined && { kind }),
    ...(jurisdiction !== undefined && { jurisdiction_country: jurisdiction.toUpperCase() }),
    ...(status !== undefined && { is_withdrawn: status === 'withdrawn' }),
    limit: value.limit ?? LIMIT_DEFAULT,
    offset: value.offset ?? 0,
  };
  return { problems, request };
}

/** Whether two say the same of a source. */
export function isSameSource(one: SourceDetails, other: SourceDetails): boolean {
  return (Object.keys(one) as (keyof SourceDetails)[]).every((name) => one[name] === other[name]);
}
