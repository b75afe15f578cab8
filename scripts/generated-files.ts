/** The documents that are made from the contract and the rule packs, as they should be in git. */
import { buildOpenApiDocument } from '@orgvet/contract';
import packageJson from '../package.json' with { type: 'json' };
import { renderErrorsPage } from './errors-page.ts';
import { listRuleSchemas } from './rule-schemas.ts';
import { renderRulesPage } from './rules-page.ts';

export interface GeneratedFile {
  /** Absolute. */
  readonly path: URL;
  readonly content: string;
}

export function listGeneratedFiles(): GeneratedFile[] {
  const openapi = `${JSON.stringify(buildOpenApiDocument(packageJson.version), null, 2)}\n`;
  return [
    { path: new URL('../docs/openapi.json', import.meta.url), content: openapi },
    { path: new URL('../docs/errors.md', import.meta.url), content: renderErrorsPage() },
    { path: new URL('../docs/rules.md', import.meta.url), content: renderRulesPage() },
    ...listRuleSchemas().map(({ name, content }) => ({
      path: new URL(`../docs/${name}`, import.meta.url),
      content,
    })),
  ];
}
