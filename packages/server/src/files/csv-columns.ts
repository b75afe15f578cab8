/** The columns of a CSV file of organizations: the wire's names, `.` between an object and its member. */

/** Columns that are imported, as a create's members are named. */
const IMPORTED_COLUMNS = [
  'name',
  'assumed_name',
  'country',
  'address',
  'address2',
  'city',
  'state',
  'zip',
  'telephone',
  'organization_contact.first_name',
  'organization_contact.last_name',
  'organization_contact.job_title',
  'organization_contact.email',
  'organization_contact.telephone',
  'organization_contact.telephone_extension',
  'organization_contact.language_id',
  'skip_duplicate_org_check',
] as const;

/** What the registry says of its own organizations, and an export has: a new one gets its own. */
const IGNORED_COLUMNS = [
  'id',
  'status',
  'display_name',
  'is_active',
  'container_id',
  'container_id_assignments',
  'validations',
] as const;

/** The first line of a file is not what it must be; the message says how. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/**
 * Checks the first line of a file.
 *
 * @param told tells of columns that are not imported
 * @returns the columns in their order
 * @throws FileError for a column that nobody knows, or that is there twice
 */
export function checkColumns(
  names: readonly string[],
  told: (message: string) => void,
): readonly string[] {
  const columns = names.map((name) => name.trim().toLowerCase());
  const known: readonly string[] = [...IMPORTED_COLUMNS, ...IGNORED_COLUMNS];
  const unknown = columns.filter((column) => !known.includes(column));
  const twice = columns.filter((column, index) => columns.indexOf(column) !== index);
  if (unknown.length > 0 || twice.length > 0) {
    throw new FileError(
      `The first line must name the columns. Not known or there twice: ` +
        `${[...unknown, ...twice].map((name) => JSON.stringify(name)).join(', ')}. ` +
        `Known are ${IMPORTED_COLUMNS.join(', ')}.`,
    );
  }
  const ignored = columns.filter(isIgnored);
  if (ignored.length > 0) {
    told(`Not imported, because every organization gets its own: ${ignored.join(', ')}.`);
  }
  return columns;
}

/** A record as the body of a create. Blank cells are as good as none. */
export function bodyOfCells(
  columns: readonly string[],
  cells: readonly string[],
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const contact: Record<string, unknown> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '' || isIgnored(column)) {
      continue;
    }
    const [object, member] = column.split('.');
    if (member !== undefined) {
      contact[member] = cell;
    } else if (object !== undefined) {
      body[object] = object === 'skip_duplicate_org_check' ? parseTruth(cell) : cell;
    }
  }
  return Object.keys(contact).length === 0 ? body : { ...body, organization_contact: contact };
}

function isIgnored(column: string): boolean {
  return (IGNORED_COLUMNS as readonly string[]).includes(column);
}

/** Whatever else is written there is refused by the member's own check. */
function parseTruth(cell: string): boolean | string {
  const text = cell.trim().toLowerCase();
  return text === 'true' || (text === 'false' ? false : cell);
}
