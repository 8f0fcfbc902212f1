// Compares the imports with the table and answers every violation as one readable line.
import { importRules, reachRules, rooms, textRules } from './table.mjs';

const prefixes = Object.entries(rooms)
  .flatMap(([room, { files }]) => files.map((prefix) => ({ room, prefix })))
  .sort((a, b) => b.prefix.length - a.prefix.length);

export const roomOf = (file) =>
  prefixes.find(({ prefix }) => (prefix.endsWith('/') ? file.startsWith(prefix) : file === prefix))?.room;
const isOurs = (to) =>
  /^(lib|app|components|prisma|scripts|tests)\//.test(to) || to === 'instrumentation.ts' || to === 'proxy.ts';

export function checkImports(graph) {
  const problems = new Set();
  for (const [from, { imports, text }] of graph) {
    if (!roomOf(from)) {
      problems.add(`no room: ${from} belongs to no room of the table`);
      continue;
    }
    for (const { to } of imports) {
      const problem = roomProblem(from, to);
      if (problem) problems.add(problem);
      for (const rule of importRules)
        if (rule.breaks({ from, to })) problems.add(`${rule.name}: ${from} imports ${to}`);
    }
    for (const rule of textRules) {
      const match = rule.applies(from) && rule.forbids.exec(withoutComments(text ?? ''));
      if (match) problems.add(`${rule.name}: ${from} has ${match[0]}`);
    }
  }
  for (const rule of reachRules) {
    for (const [file, node] of graph) {
      const trail = rule.starts(file, node) ? trailTo(graph, file, rule.forbids) : null;
      if (trail) problems.add(`${rule.name}: ${trail.join(' -> ')}`);
    }
  }
  for (const cycle of cycles(graph)) problems.add(`no cycles: ${cycle.join(' -> ')}`);
  return [...problems].sort();
}

function roomProblem(from, to) {
  const room = roomOf(from);
  if (!isOurs(to)) {
    const { packages } = rooms[room];
    return packages && !packages.includes(to) ? `packages: ${room} may not use ${to} (${from})` : undefined;
  }
  const target = roomOf(to);
  if (target === room || (target && rooms[room].may.includes(target))) return undefined;
  return `rooms: ${room} may not import ${target ?? 'files outside the rooms'}: ${from} imports ${to}`;
}

/** The shortest chain of value imports from a file to something forbidden, or null. */
function trailTo(graph, start, forbids) {
  const cameFrom = new Map([[start, null]]);
  const queue = [start];
  for (const file of queue) {
    for (const { to, typeOnly } of graph.get(file)?.imports ?? []) {
      if (typeOnly || cameFrom.has(to)) continue;
      cameFrom.set(to, file);
      if (forbids(to)) return unwind(cameFrom, to);
      queue.push(to);
    }
  }
  return null;
}

function unwind(cameFrom, end) {
  const trail = [];
  for (let at = end; at !== null; at = cameFrom.get(at) ?? null) trail.unshift(at);
  return trail;
}

/** Tarjan's strongly connected components; each with more than one file (or a self-import) is a cycle. */
function cycles(graph) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    for (const { to } of graph.get(file).imports) {
      if (!graph.has(to)) continue;
      if (!index.has(to)) {
        visit(to);
        low.set(file, Math.min(low.get(file), low.get(to)));
      } else if (stack.includes(to)) low.set(file, Math.min(low.get(file), index.get(to)));
    }
    if (low.get(file) !== index.get(file)) return;
    const members = stack.splice(stack.indexOf(file));
    if (members.length > 1 || graph.get(file).imports.some(({ to }) => to === file)) found.push(members);
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found.map((members) => loopThrough(graph, new Set(members)));
}

/** One actual loop inside a component, for the message. */
function loopThrough(graph, members) {
  const [start] = [...members].sort();
  const inside = new Map(
    [...members].map((file) => [
      file,
      {
        imports: graph
          .get(file)
          .imports.filter(({ to }) => members.has(to))
          .map(({ to }) => ({ to, typeOnly: false })),
      },
    ]),
  );
  const first = inside
    .get(start)
    .imports.map(({ to }) => [
      start,
      ...(to === start ? [start] : (trailTo(inside, to, (end) => end === start) ?? [])),
    ]);
  return first.sort((a, b) => a.length - b.length)[0];
}

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"])\/\/[^\n]*/g, '$1');
