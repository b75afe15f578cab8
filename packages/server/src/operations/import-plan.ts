/**
 * Planning a file of organizations, lot by lot: its lines are looked at, and become rows once it is
 * decided which of them create an organization. Needs no database and shares nothing, so that it can be
 * done in a thread of its own, beside the writing; what goes to and fro is plain data.
 */
import { type Problem, problem } from '@orgvet/contract';
import { namesNonUsers } from '../domain/validation.ts';
import { type ImportLine, type PlannedLine, planLine } from './import-line.ts';
import { type LotIds, type LotRows, planLotRows, type RowSettings } from './import-rows.ts';

/** What planning must know of the registry. */
export interface PlanSettings extends RowSettings {
  /** Whether the account allows people who are no users as verified contacts (Create organization). */
  readonly allows_non_users: boolean;
  /** The line from behind which the file is imported; 0 for its beginning. */
  readonly after_line: number;
}

/** What must be known of a line to decide what becomes of it. */
export interface SummarizedLine {
  readonly number: number;
  readonly problems: readonly Problem[];
  readonly fingerprint: string;
  readonly skips_duplicate_check: boolean;
  readonly has_contact: boolean;
}

/** Some lines that are written together. */
export interface SummarizedLot {
  /** Tells lots apart. */
  readonly lot: number;
  readonly lines: readonly SummarizedLine[];
}

/** What becomes of a lot that was decided. */
export interface LotDecision {
  readonly lot: number;
  /** Its lines that create an organization, beside another like it or not. */
  readonly created: readonly { readonly index: number; readonly is_duplicate: boolean }[];
  readonly ids: LotIds;
  /** As on the wire. */
  readonly time: string;
}

/** Lots whose lines are kept until they are written. */
export class LotPlanner {
  readonly #settings: PlanSettings;
  readonly #lots = new Map<number, readonly PlannedLine[]>();
  #last_lot = 0;

  constructor(settings: PlanSettings) {
    this.#settings = settings;
  }

  /** Looks at the lines of the next lot; those that an earlier run did are left out. */
  plan(lines: readonly ImportLine[]): SummarizedLot {
    const planned = lines
      .filter(({ number }) => number > this.#settings.after_line)
      .map((line) => this.#refuseNonUsers(planLine(line)));
    this.#last_lot += 1;
    this.#lots.set(this.#last_lot, planned);
    return { lot: this.#last_lot, lines: planned.map(summarize) };
  }

  /** Makes the rows of a lot; it may be decided again, as long as it is not forgotten. */
  render({ lot, created, ids, time }: LotDecision): LotRows {
    const planned = this.#lots.get(lot) ?? [];
    const lines = created.flatMap(({ index, is_duplicate }) => {
      const line = planned[index];
      return line === undefined ? [] : [{ ...line, is_duplicate }];
    });
    return planLotRows(this.#settings, lines, ids, time);
  }

  /** Of a lot that is done nothing is kept. */
  forget(lot: number): void {
    this.#lots.delete(lot);
  }

  #refuseNonUsers(line: PlannedLine): PlannedLine {
    if (this.#settings.allows_non_users || !namesNonUsers(line.record.validations)) {
      return line;
    }
    const refusal = problem('non_user_verified_contacts_not_allowed');
    return { ...line, problems: [...line.problems, refusal] };
  }
}

function summarize(line: PlannedLine): SummarizedLine {
  const { number, problems, fingerprint, skips_duplicate_check, record } = line;
  const has_contact = record.organization_contact !== undefined;
  return { number, problems, fingerprint, skips_duplicate_check, has_contact };
}
