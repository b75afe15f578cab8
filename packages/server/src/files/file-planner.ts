/**
 * A file of organizations, planned by a thread of its own: what the thread tells, as promises. What the
 * lines mean is known there (planning-thread.ts), what becomes of them to whoever imports.
 */
import { Worker } from 'node:worker_threads';
import type { LotDecision, PlanSettings, SummarizedLot } from '../operations/import-plan.ts';
import type { LotRows } from '../operations/import-rows.ts';
import type { FilePlanner, ImportFile } from '../operations/organization-import.ts';
import { FileError } from './csv-columns.ts';
import type { PlanningAnswer, PlanningRequest, PlanningTask } from './planning-messages.ts';

/** A file that can be imported, and must be closed. */
export interface OpenedPlanner extends FilePlanner {
  readonly file: ImportFile;
  /** How much of the file has been planned, from 0 to 1. */
  readPart(): number;
  close(): Promise<void>;
}

/** Lots that are planned before they are asked for. */
const LOTS_AHEAD = 1;

/**
 * Opens a file and begins to read it.
 *
 * @param told tells of columns of a CSV file that are not imported
 * @throws if there is no such file; while it is planned, FileError for a CSV file that is none or has a
 *   column that nobody knows
 */
export async function openFilePlanner(
  task: PlanningTask,
  told: (message: string) => void,
): Promise<OpenedPlanner> {
  const planner = new ThreadPlanner(task, told);
  try {
    await planner.opened;
    return planner;
  } catch (error) {
    await planner.close();
    throw error;
  }
}

class ThreadPlanner implements OpenedPlanner {
  file: ImportFile = { digest: '', name: '' };
  readonly #worker: Worker;
  readonly #told: (message: string) => void;
  readonly #opened = Promise.withResolvers<void>();
  readonly #lots: SummarizedLot[] = [];
  readonly #rendering = new Map<number, PromiseWithResolvers<LotRows>>();
  #hasEnded = false;
  /** Why no more lots come; those that have come can still be rendered. */
  #fault: Error | undefined;
  /** Why nothing comes any more. */
  #loss: Error | undefined;
  #wake: (() => void) | undefined;
  #part_read = 0;

  constructor(task: PlanningTask, told: (message: string) => void) {
    this.#told = told;
    this.#worker = new Worker(new URL('./planning-thread.ts', import.meta.url), {
      workerData: task,
    });
    this.#worker.on('message', (answer: PlanningAnswer) => this.#take(answer));
    this.#worker.on('error', (error) => this.#lose(error as Error));
    this.#worker.on('exit', () => this.#lose(new Error('The thread that reads the file ended.')));
  }

  /** Rejects if the file cannot be opened. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  readPart(): number {
    return this.#part_read;
  }

  async *planLots(settings: PlanSettings, nextLines: () => number): AsyncIterable<SummarizedLot> {
    this.#ask({ kind: 'begin', settings });
    for (let lots = 0; lots < LOTS_AHEAD; lots += 1) {
      this.#ask({ kind: 'next', lines: nextLines() });
    }
    for (;;) {
      this.#ask({ kind: 'next', lines: nextLines() });
      const lot = await this.#nextLot();
      if (lot === undefined) {
        return;
      }
      yield lot;
    }
  }

  async renderLot(decision: LotDecision): Promise<LotRows> {
    if (this.#loss !== undefined) {
      throw this.#loss;
    }
    const waiting = Promise.withResolvers<LotRows>();
    this.#rendering.set(decision.lot, waiting);
    this.#ask({ kind: 'render', decision });
    return await waiting.promise;
  }

  forgetLot(lot: number): void {
    this.#ask({ kind: 'forget', lot });
  }

  async close(): Promise<void> {
    // Its exit tells whoever still waits.
    await this.#worker.terminate();
  }

  #ask(request: PlanningRequest): void {
    this.#worker.postMessage(request);
  }

  #take(answer: PlanningAnswer): void {
    switch (answer.kind) {
      case 'opened':
        this.file = { digest: answer.digest, name: answer.name };
        this.#opened.resolve();
        break;
      case 'note':
        this.#told(answer.message);
        break;
      case 'planned':
        this.#part_read = answer.part_read;
        this.#lots.push(answer.summary);
        break;
      case 'rendered':
        this.#rendering.get(answer.lot)?.resolve(answer.rows);
        this.#rendering.delete(answer.lot);
        break;
      case 'end':
        this.#hasEnded = true;
        break;
      case 'failed': {
        const { message, is_of_file } = answer.error;
        this.#fault = is_of_file ? new FileError(message) : new Error(message);
        this.#opened.reject(this.#fault);
      }
    }
    this.#wake?.();
  }

  /** The thread itself is gone. */
  #lose(error: Error): void {
    this.#loss ??= error;
    this.#fault ??= this.#loss;
    this.#opened.reject(this.#loss);
    for (const { reject } of this.#rendering.values()) {
      reject(this.#loss);
    }
    this.#rendering.clear();
    this.#wake?.();
  }

  /** @returns undefined behind the last */
  async #nextLot(): Promise<SummarizedLot | undefined> {
    for (;;) {
      const lot = this.#lots.shift();
      if (lot !== undefined || this.#hasEnded) {
        return lot;
      }
      if (this.#fault !== undefined) {
        throw this.#fault;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
