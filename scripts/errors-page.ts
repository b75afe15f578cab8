/** Renders docs/errors.md from the catalogue and the schemas. */
import { ERROR_CATALOGUE, FIELD_FAULTS, listErrorsOf, ROUTES, type Route } from '@orgvet/contract';

const HEAD = `# Error codes

Made from the contract by \`npm run generate\`; do not edit it by hand.

Every error answer has this shape, with everything that is wrong with the request in one list:

\`\`\`json
{"errors":[{"code":"missing_name","message":"name is required."}]}
\`\`\`

The status is that of the first error. Nothing has been changed by a request that was answered so.
`;

export function renderErrorsPage(): string {
  return [HEAD, renderFixedCodes(), renderFieldCodes()].join('\n');
}

function renderFixedCodes(): string {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { status, message, meaning, source }]) =>
      `| ${status} | ${cell(code)} | ${plain(message)} | ${plain(meaning)} | ${source} |`,
  );
  return [
    '## Fixed codes',
    '',
    '`{…}` in a message stands for a value. The last column says where the code is from: printed in the',
    "vendor's documents, recorded from the live service, or Orgvet's own, made by the pattern of those.",
    '',
    '| status | code | message | when | source |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function renderFieldCodes(): string {
  const sections = (Object.entries(ROUTES) as [string, Route][]).flatMap(([, route]) => {
    const fields = listErrorsOf(route).flatMap(({ code, field }) =>
      field === undefined ? [] : [{ code, ...field }],
    );
    if (fields.length === 0) {
      return [];
    }
    const rows = fields.map(
      ({ code, path, fault }) =>
        `| ${cell(code)} | ${cell(path)} | ${FIELD_FAULTS[fault].meaning} |`,
    );
    return [
      `### ${route.method} ${route.path}`,
      '',
      '| code | field | the field |',
      '|---|---|---|',
      ...rows,
      '',
    ];
  });
  return [
    '## Codes of fields',
    '',
    'All with status 400. The message begins with the place of the field, with its index in a list.',
    '',
    ...sections,
  ].join('\n');
}

function cell(code: string): string {
  return `\`${plain(code)}\``;
}

function plain(text: string): string {
  return text.replaceAll('|', '\\|');
}
