/**
 * The statements that Orgvet ran, read from a PostgreSQL server's log. The server has to write it as
 * JSON and to log every statement: `log_destination = jsonlog`, `logging_collector = on` and
 * `log_statement = all`.
 */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The name under which Orgvet connects; what the tests themselves ask is not Orgvet's. */
const APPLICATION_NAME = 'orgvet';

/**
 * A statement by itself, or the execution of a prepared one. Fetching on from a result runs nothing new,
 * so it is left out.
 */
const RUN = /^(?:duration: [\d.]+ ms {2})?(?:statement|execute (?!fetch from )[^:]+): (.+)$/s;

export interface LoggedStatement {
  readonly sql: string;
  /** How often it was run. */
  readonly runs: number;
}

/** The members of a line of the log that matter here. */
interface LogLine {
  readonly application_name?: string;
  readonly error_severity?: string;
  readonly message?: string;
}

/** The distinct statements in the logs (`*.json`) of a directory, in the order of their first run. */
export async function readStatements(log_directory: string): Promise<LoggedStatement[]> {
  const runs = new Map<string, number>();
  const files = (await readdir(log_directory)).filter((file) => file.endsWith('.json')).sort();
  for (const file of files) {
    for await (const sql of readRuns(join(log_directory, file))) {
      runs.set(sql, (runs.get(sql) ?? 0) + 1);
    }
  }
  return [...runs].map(([sql, count]) => ({ sql, runs: count }));
}

/** Every run of a statement in one log; line by line, since a log may be larger than the memory. */
async function* readRuns(file: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    const { application_name, error_severity, message = '' } = parseLine(line);
    const [, sql] = RUN.exec(message) ?? [];
    if (application_name === APPLICATION_NAME && error_severity === 'LOG' && sql !== undefined) {
      yield sql;
    }
  }
}

/** A line that says nothing of Orgvet is not worth parsing; neither is the torn last one of a crash. */
function parseLine(line: string): LogLine {
  const isWhole = line.includes(APPLICATION_NAME) && line.endsWith('}');
  return isWhole ? JSON.parse(line) : {};
}
