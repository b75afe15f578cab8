/** What the thread that plans a file and the one that writes it say to each other: plain data only. */
import type { LotDecision, PlanSettings, SummarizedLot } from '../operations/import-plan.ts';
import type { LotRows } from '../operations/import-rows.ts';
import type { FileFormat } from './organization-file.ts';

/** What the thread is started with. */
export interface PlanningTask {
  readonly file: string;
  readonly format: FileFormat;
}

export type PlanningRequest =
  /** The first message. */
  | { readonly kind: 'begin'; readonly settings: PlanSettings }
  /** One lot more may be read, of so many lines: it is not read ahead of the writing for ever. */
  | { readonly kind: 'next'; readonly lines: number }
  | { readonly kind: 'render'; readonly decision: LotDecision }
  | { readonly kind: 'forget'; readonly lot: number };

export type PlanningAnswer =
  | { readonly kind: 'opened'; readonly digest: string; readonly name: string }
  /** Something a person should know of the file. */
  | { readonly kind: 'note'; readonly message: string }
  /** @param part_read how much of the file has been read, up to 1 */
  | { readonly kind: 'planned'; readonly summary: SummarizedLot; readonly part_read: number }
  | { readonly kind: 'rendered'; readonly lot: number; readonly rows: LotRows }
  | { readonly kind: 'end' }
  /** The file cannot be read on. */
  | { readonly kind: 'failed'; readonly error: PlanningFault };

interface PlanningFault {
  readonly message: string;
  /** Whether the fault is the file's, and its message for whoever wrote it. */
  readonly is_of_file: boolean;
}
