/**
 * Random samples of completed validations: which quarter is asked for, how many the rules want, and which
 * ones a seed draws. Pure: the same seed and the same completions give the same sample everywhere, so
 * that anybody can draw it again.
 */
import { hash } from 'node:crypto';
import {
  fieldProblem,
  type Problem,
  readBody,
  SampleRequest,
  type TypeRules,
  type ValidationTypeName,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { formatTime } from './time.ts';

/** A quarter of a year by UTC: from a moment on, and before another. */
export interface Quarter {
  /** `2026-Q3` */
  readonly name: string;
  readonly from_ms: number;
  readonly until_ms: number;
}

/** What is asked for. */
export interface SamplePlan {
  readonly quarter: Quarter;
  /** Empty where one is to be made. */
  readonly seed: string;
  readonly delegated: boolean;
}

const NO_QUARTER: Quarter = { name: '', from_ms: 0, until_ms: 0 };

/** Reads a request for a sample: every problem, or what is asked for. */
export function checkSampleRequest(
  body: unknown,
  now_ms: number,
): { problems: Problem[]; plan: SamplePlan } {
  const { problems, faulty, value } = readBody(SampleRequest, body, FORMATS);
  const { quarter: name, seed = '', delegated = false } = value;
  const quarter = parseQuarter(name ?? '') ?? NO_QUARTER;
  if (name !== undefined && !faulty.has('quarter')) {
    if (quarter === NO_QUARTER) {
      problems.push(fieldProblem('invalid', 'quarter', 'must be a quarter as 2026-Q3.'));
    } else if (quarter.until_ms > now_ms) {
      const end = formatTime(quarter.until_ms);
      problems.push(fieldProblem('invalid', 'quarter', `must have ended: it ends at ${end}.`));
    }
  }
  return { problems, plan: { quarter, seed, delegated } };
}

/** @returns undefined for what names no quarter */
export function parseQuarter(name: string): Quarter | undefined {
  const [, year, place] = /^([1-9]\d{3})-Q([1-4])$/.exec(name) ?? [];
  if (year === undefined || place === undefined) {
    return undefined;
  }
  const first_month = (Number(place) - 1) * 3;
  return {
    name,
    from_ms: Date.UTC(Number(year), first_month),
    until_ms: Date.UTC(Number(year), first_month + 3),
  };
}

/** The share that rules want of a type. */
export interface SampleShare {
  readonly percent: number;
  readonly minimum: number;
  readonly section: string;
}

/** @param delegated whether somebody else did the work */
export function shareOf(
  { sample_percent, sample_percent_delegated, sample_minimum = 1, sample_section }: TypeRules,
  delegated: boolean,
): SampleShare {
  const percent = delegated ? (sample_percent_delegated ?? sample_percent) : sample_percent;
  return { percent, minimum: sample_minimum, section: sample_section };
}

/** How many are to be drawn: never less than the share, and never more than there are. */
export function sizeOfSample(population: number, { percent, minimum }: SampleShare): number {
  // A share such as 1.1 % has no exact binary number: what it is off by must not draw one more.
  const share = Number(((population * percent) / 100).toFixed(6));
  return Math.min(population, Math.max(Math.ceil(share), minimum));
}

/** What a draw is of. */
export interface Draw {
  readonly seed: string;
  /** Its name. */
  readonly quarter: string;
  readonly type: ValidationTypeName;
}

/**
 * Draws some completions: each gets a number that follows from the seed and its id, and the lowest are
 * taken, in their order. The number is the SHA-256 of `["seed","2026-Q3","ev",17]`.
 */
export function drawSample(
  { seed, quarter, type }: Draw,
  completion_ids: readonly number[],
  size: number,
): number[] {
  return completion_ids
    .map((id) => ({ id, lot: hash('sha256', JSON.stringify([seed, quarter, type, id]), 'hex') }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}
