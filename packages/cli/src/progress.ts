/** How far long work is: a line on the terminal that is written again and again, or nothing. */
import type { OutputStream } from './command.ts';

const BAR_WIDTH = 30;

/** How often the bar moves. */
const BAR_INTERVAL_MS = 100;

/** Nothing where there is no terminal. */
export class ProgressBar {
  readonly #stream: OutputStream;
  readonly #start_ms = performance.now();
  #shown_ms = 0;
  #text = '';

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** @param part_done from 0 to 1 */
  show(part_done: number, done_so_far: string): void {
    const now_ms = performance.now();
    if (!this.#stream.isTTY || now_ms - this.#shown_ms < BAR_INTERVAL_MS) {
      return;
    }
    this.#shown_ms = now_ms;
    const done = Math.min(BAR_WIDTH, Math.round(part_done * BAR_WIDTH));
    const seconds = (now_ms - this.#start_ms) / 1000;
    const rest = part_done > 0 ? Math.max(0, Math.round(seconds / part_done - seconds)) : 0;
    const bar = `${'#'.repeat(done)}${'.'.repeat(BAR_WIDTH - done)}`;
    const percent = `${Math.floor(part_done * 100)} %`;
    this.#text = `[${bar}] ${percent}  ${done_so_far}  ${rest} s to go`;
    this.#draw(this.#text);
  }

  /** Writes something else, and the bar again below it. */
  aside(write: () => void): void {
    this.#draw('');
    write();
    this.#draw(this.#text);
  }

  end(): void {
    this.#draw('');
    this.#text = '';
    this.#shown_ms = 0;
  }

  #draw(text: string): void {
    if (this.#stream.isTTY && this.#shown_ms > 0) {
      this.#stream.write(`\r\u001B[K${text}`);
    }
  }
}
