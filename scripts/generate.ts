/** Writes the documents that are made from the contract and the rule packs. */
import { writeFileSync } from 'node:fs';
import { listGeneratedFiles } from './generated-files.ts';

for (const { path, content } of listGeneratedFiles()) {
  writeFileSync(path, content);
  console.log(`wrote ${path}`);
}
