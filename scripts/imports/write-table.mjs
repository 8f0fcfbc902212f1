// Writes the table into docs/architecture.md, between its two markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../lib/paths.mjs';
import { tableText } from './table.mjs';

const file = inRoot('docs', 'architecture.md');
const text = readFileSync(file, 'utf8');
writeFileSync(
  file,
  text.replace(/(<!-- import table -->\n)[\s\S]*?(\n<!-- end -->)/, (_, begin, end) => `${begin}${tableText()}${end}`),
);
