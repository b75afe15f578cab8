/** The published schemas of rule packs and policies, as files that editors and other programs read. */
import { RulePack, RulePolicy } from '@orgvet/contract';

/** The file beside the documents, with its schema. */
export function listRuleSchemas(): { readonly name: string; readonly content: string }[] {
  return [
    { name: 'rule-pack.schema.json', schema: RulePack, title: 'Rule pack of Orgvet' },
    { name: 'rule-policy.schema.json', schema: RulePolicy, title: 'Rule policy of Orgvet' },
  ].map(({ name, schema, title }) => {
    // An id would be a place on the Internet where nothing is.
    const { $id: _, ...members } = schema as typeof schema & { readonly $id?: string };
    const $schema = 'https://json-schema.org/draft/2020-12/schema';
    return { name, content: `${JSON.stringify({ $schema, title, ...members }, null, 2)}\n` };
  });
}
