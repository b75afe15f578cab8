/**
 * The thread that plans a file of organizations while another writes what came before: reading and
 * checking cost about as much as writing, and a process has more than one processor. Started by
 * file-planner.ts and by nobody else. It touches no database.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { LotPlanner, type PlanSettings } from '../operations/import-plan.ts';
import type { LotRows } from '../operations/import-rows.ts';
import { FileError } from './csv-columns.ts';
import { type OrganizationFile, openOrganizationFile } from './organization-file.ts';
import type { PlanningAnswer, PlanningRequest, PlanningTask } from './planning-messages.ts';

class PlanningThread {
  readonly #port: MessagePort;
  readonly #task: PlanningTask;
  #planner: LotPlanner | undefined;
  /** Lines of lots that may be read, and who waits for leave to read one. */
  readonly #leaves: number[] = [];
  #wake: (() => void) | undefined;

  constructor(port: MessagePort, task: PlanningTask) {
    this.#port = port;
    this.#task = task;
  }

  async open(): Promise<void> {
    const { file, format } = this.#task;
    const opened = await openOrganizationFile(file, format, (message) =>
      this.#tell({ kind: 'note', message }),
    );
    const { digest, name } = opened;
    this.#port.on('message', (request: PlanningRequest) => this.#take(opened, request));
    this.#tell({ kind: 'opened', digest, name });
  }

  #take(file: OrganizationFile, request: PlanningRequest): void {
    if (request.kind === 'begin') {
      void this.#plan(file, request.settings);
    } else if (request.kind === 'next') {
      this.#leaves.push(request.lines);
      this.#wake?.();
    } else if (request.kind === 'forget') {
      this.#planner?.forget(request.lot);
    } else if (this.#planner !== undefined) {
      const { decision } = request;
      const rows = this.#planner.render(decision);
      this.#tell({ kind: 'rendered', lot: decision.lot, rows }, listBuffers(rows));
    }
  }

  /** Never rejects. */
  async #plan(file: OrganizationFile, settings: PlanSettings): Promise<void> {
    const planner = new LotPlanner(settings);
    this.#planner = planner;
    try {
      for await (const lines of file.lots(() => this.#waitForLeave())) {
        const summary = planner.plan(lines);
        const part_read = file.readBytes() / file.size_bytes;
        this.#tell({ kind: 'planned', summary, part_read });
      }
      this.#tell({ kind: 'end' });
    } catch (error) {
      this.fail(error as Error);
    }
  }

  fail(error: Error): void {
    const { message } = error;
    this.#tell({ kind: 'failed', error: { message, is_of_file: error instanceof FileError } });
  }

  /** @returns how many lines may be read now */
  async #waitForLeave(): Promise<number> {
    for (;;) {
      const lines = this.#leaves.shift();
      if (lines !== undefined) {
        return lines;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #tell(answer: PlanningAnswer, moved: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(answer, moved);
  }
}

/** Bytes are handed over, not copied. */
function listBuffers({ organizations, belongings }: LotRows): ArrayBuffer[] {
  return [organizations, ...belongings].flatMap((table) =>
    table.kind === 'copied' ? [table.text.buffer] : [],
  );
}

if (parentPort !== null) {
  const thread = new PlanningThread(parentPort, workerData as PlanningTask);
  thread.open().catch((error: Error) => thread.fail(error));
}
