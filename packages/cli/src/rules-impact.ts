/**
 * `orgvet rules impact`: which validations of a registry would end sooner by other rules. It changes
 * nothing, and keeps no more than a screen of them in memory unless it must line up a table.
 */
import type { ImpactedValidation } from '@orgvet/server';
import { renderCsvLine } from '@orgvet/server/light';
import {
  type Call,
  defineCommand,
  type OptionSpecs,
  type OptionValues,
  UsageError,
} from './command.ts';
import {
  type ListColumn,
  printList,
  printNote,
  refuseTwoFormats,
  renderJson,
  writePiece,
} from './output.ts';
import { AT_OPTION, parseMoment, RULES_OUTPUT_OPTIONS } from './rules-options.ts';
import { DATABASE_OPTIONS, RULES_OPTION, readLocation, ruleFilesOf } from './serve-options.ts';

const COLUMNS: readonly ListColumn<ImpactedValidation>[] = [
  { title: 'ACCOUNT', align: 'right', is_whole: true, cell: ({ account_id }) => account_id },
  {
    title: 'ORGANIZATION',
    align: 'right',
    is_whole: true,
    cell: ({ organization_id }) => organization_id,
  },
  { title: 'NAME', cell: ({ organization_name }) => organization_name },
  { title: 'TYPE', is_whole: true, cell: ({ type }) => type },
  { title: 'ENDS WITHOUT IT', is_whole: true, cell: ({ ends_without }) => ends_without },
  { title: 'ENDS WITH IT', is_whole: true, cell: ({ ends_with }) => ends_with },
  { title: 'BY', is_whole: true, cell: ({ check_id }) => check_id },
];

/** So many are lined up as a table; the other formats have all. */
const TABLE_MAX = 1000;

const OPTIONS = {
  change: {
    kind: 'text',
    value: 'DATE',
    help: 'instead of files: the change of the rules in force that begins on this day',
  },
  account: { kind: 'id', help: 'only of this account' },
  ...AT_OPTION,
  ...RULES_OPTION,
  ...RULES_OUTPUT_OPTIONS,
  ...DATABASE_OPTIONS,
} as const satisfies OptionSpecs;
type Options = OptionValues<typeof OPTIONS>;

export const impact = defineCommand({
  name: 'rules impact',
  help: 'which validations would end sooner, and when, if rules took effect or by a change of rules',
  example: 'orgvet rules impact --change 2026-03-15 --data /var/lib/orgvet',
  notes:
    'Looks at validations that serve now. With files: as if the server were started with them. ' +
    '--rules names the files that it is started with already.',
  arguments: [
    {
      name: 'FILE',
      kind: 'file',
      is_multiple: true,
      is_optional: true,
      help: 'JSON of a rule pack or a policy',
    },
  ],
  options: OPTIONS,
  async run(call) {
    const { options, io, arguments: given } = call;
    refuseTwoFormats(options);
    const rules = await compareRules(given.FILE, options, ruleFilesOf(options, io));
    const at_ms = parseMoment(options.at);
    const scope = {
      ...(options.account !== undefined && { account_id: options.account }),
      ...(at_ms !== undefined && { at_ms }),
    };
    const { findRulesImpact } = await import('@orgvet/server');
    const printer = createPrinter(call);
    let serving = 0;
    let sooner = 0;
    let first = '';
    await printer.begin();
    await findRulesImpact(readLocation(options, io), rules, scope, async (page) => {
      serving += page.serving;
      sooner += page.impacted.length;
      const ends = page.impacted.map(({ ends_with }) => ends_with);
      first = [...ends, ...(first === '' ? [] : [first])].sort()[0] ?? '';
      await printer.print(page.impacted);
    });
    await printer.end({ serving, sooner });
    const begin = first === '' ? '' : `, the first at ${first}`;
    printNote(io, `${sooner} of ${serving} validations that serve would end sooner${begin}.`);
  },
});

/** The rules without and with what is asked about. */
async function compareRules(
  files: readonly string[],
  { change }: Pick<Options, 'change'>,
  in_force_files: readonly string[],
) {
  if ((files.length === 0) === (change === undefined)) {
    throw new UsageError('Give files of rules, or --change and the day of a change, one of both.');
  }
  const offline = await import('@orgvet/server/offline');
  const in_force = await offline.loadRules(in_force_files);
  if (change === undefined) {
    const proposed = await offline.readRuleFiles(files);
    return { without: in_force, with: offline.proposeRuleFiles(in_force, proposed) };
  }
  const days = offline.listChangeDays(in_force);
  if (!days.includes(change)) {
    throw new UsageError(`Nothing changes on ${change}. Days of changes: ${days.join(', ')}.`);
  }
  return { without: offline.createRulebookWithout(in_force, change), with: in_force };
}

/** Prints page by page, where the format lets it. */
interface Printer {
  begin(): Promise<void>;
  print(page: readonly ImpactedValidation[]): Promise<void>;
  end(counts: { readonly serving: number; readonly sooner: number }): Promise<void>;
}

function createPrinter(call: Pick<Call<Options>, 'options' | 'io'>): Printer {
  if (call.options.json) {
    return createJsonPrinter(call);
  }
  return call.options.csv ? createCsvPrinter(call) : createTablePrinter(call);
}

function createJsonPrinter({ io }: Pick<Call, 'io'>): Printer {
  let separator = '';
  return {
    begin: () => writePiece(io, '{"validations":['),
    async print(page) {
      for (const validation of page) {
        await writePiece(io, `${separator}${renderJson(validation)}`);
        separator = ',';
      }
    },
    end: ({ serving, sooner }) => writePiece(io, `],"serving":${serving},"sooner":${sooner}}\n`),
  };
}

function createCsvPrinter({ io }: Pick<Call, 'io'>): Printer {
  const names = COLUMNS.map(({ title }) => title.toLowerCase().replaceAll(' ', '_'));
  const rowOf = (validation: ImpactedValidation) =>
    COLUMNS.map(({ cell }) => cell(validation) ?? '');
  return {
    begin: () => writePiece(io, renderCsvLine(names)),
    print: (page) => writePiece(io, page.map((one) => renderCsvLine(rowOf(one))).join('')),
    end: async () => {},
  };
}

function createTablePrinter(call: Pick<Call<Options>, 'options' | 'io'>): Printer {
  const shown: ImpactedValidation[] = [];
  return {
    begin: async () => {},
    async print(page) {
      shown.push(...page.slice(0, TABLE_MAX - shown.length));
    },
    async end({ sooner }) {
      await printList(call, undefined, shown, COLUMNS);
      if (sooner > shown.length) {
        printNote(call.io, `${shown.length} of ${sooner} are shown; --csv and --json have all.`);
      }
    },
  };
}
