/**
 * The command `copy`, as a person sees it: how far it is while it runs, and what was copied at the end.
 * The copying itself is the server's.
 */
import type { CopiedTableDigest, CopyProgress } from '@orgvet/server';
import { parseCopySettings } from '@orgvet/server/light';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where progress goes: not among what the command prints, so that this can be kept. */
interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const DIGEST_LENGTH = 12;

/** Back to the start of the line, and the rest of what was there is cleared. */
const LINE_START = '\r\x1b[K';

export async function copy(
  args: readonly string[],
  environment: Environment,
  print: (line: string) => void,
  stream: ProgressStream,
): Promise<void> {
  const settings = parseCopySettings(args, environment);
  const { copyRegistry } = await import('@orgvet/server');
  const progress = stream.isTTY === true ? rewriteLine(stream) : writeLines(stream);
  try {
    const tables = await copyRegistry(settings, progress.report);
    progress.end();
    print(renderTables(tables));
    print('Copied and verified.');
  } finally {
    progress.end();
  }
}

interface Progress {
  report(progress: CopyProgress): void;
  end(): void;
}

/** One line on a terminal, that is always the latest. */
function rewriteLine(stream: ProgressStream): Progress {
  let isOpen = false;
  return {
    report(progress) {
      isOpen = true;
      stream.write(LINE_START + describe(progress));
    },
    end() {
      if (isOpen) {
        isOpen = false;
        stream.write(LINE_START);
      }
    },
  };
}

/** A line for each table when it is done, for whatever keeps the output. */
function writeLines(stream: ProgressStream): Progress {
  let written = '';
  return {
    report(progress) {
      const { step, table, rows_done, rows } = progress;
      const line = `${step} ${table}`;
      if (rows_done >= rows && line !== written) {
        written = line;
        stream.write(`${describe(progress)}\n`);
      }
    },
    end() {},
  };
}

function describe({ step, table, rows_done, rows }: CopyProgress): string {
  return `${step} ${table}: ${rows_done} of ${rows}`;
}

function renderTables(tables: readonly CopiedTableDigest[]): string {
  const lines = [
    ['table', 'rows', 'digest'],
    ...tables.map(({ table, rows, digest }) => [
      table,
      String(rows),
      digest.slice(0, DIGEST_LENGTH),
    ]),
  ];
  const [names = 0, counts = 0] = [0, 1].map((column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map(
      ([table = '', rows = '', digest]) =>
        `${table.padEnd(names)}  ${rows.padStart(counts)}  ${digest}`,
    )
    .join('\n');
}
