// `npm run imports`: the import rules alone.
import { checkImports } from './imports/check.mjs';
import { readGraph } from './imports/graph.mjs';
import { run, say, warn } from './lib/say.mjs';

await run(async () => {
  const graph = readGraph();
  const problems = checkImports(graph);
  for (const problem of problems) warn(problem);
  say(`${graph.size} files, ${problems.length} broken import rules`);
  process.exitCode = problems.length > 0 ? 1 : 0;
});
