// Reads every import of our sources with a parser (docs/decisions/005) and resolves it to a file or a package.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { root as repository } from '../lib/paths.mjs';

const sourceFile = /\.(ts|tsx|mts|js|mjs|jsx)$/;
const folders = ['lib', 'app', 'components'];
const singles = ['instrumentation.ts', 'proxy.ts'];
const generated = /^lib\/runtime\/prisma\//;

/** Map of file -> { imports: [{ to, typeOnly }], client, text }. `to` is a repository path, or a package's name. */
export function readGraph(root = repository) {
  const files = [
    ...folders.flatMap((folder) => list(root, folder)),
    ...singles.filter((file) => existsSync(path.join(root, file))),
  ];
  const graph = new Map();
  for (const file of files.filter((name) => sourceFile.test(name) && !generated.test(name))) {
    const text = readFileSync(path.join(root, file), 'utf8');
    graph.set(file, {
      text,
      client: /^\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|\s)*['"]use client['"]/.test(text),
      imports: importsOf(root, file, text),
    });
  }
  return graph;
}

function list(root, folder) {
  const full = path.join(root, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, encoding: 'utf8' }).map((name) =>
    path.posix.join(folder, name.split(path.sep).join('/')),
  );
}

function importsOf(root, file, text) {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  const add = (specifier, typeOnly) => found.push({ to: resolve(root, file, specifier), typeOnly });
  for (const { moduleRequest, entries } of module.staticImports)
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  for (const { entries } of module.staticExports)
    for (const entry of entries) if (entry.moduleRequest) add(entry.moduleRequest.value, entry.isType);
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal) add(literal[1], false);
  }
  return found;
}

function resolve(root, from, specifier) {
  const local = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(from), specifier)
      : null;
  if (local === null) return packageName(specifier);
  for (const ending of ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx']) {
    const candidate = local + ending;
    if (existsSync(path.join(root, candidate)) && statSync(path.join(root, candidate)).isFile()) return candidate;
  }
  return local; // not there: the type check says so
}

function packageName(specifier) {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
