import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../../..');
const text = readFileSync(path.join(root, 'docs/optimizer.md'), 'utf8');
const examples = [...text.matchAll(/### ([^\n]+)\n(?:(?!###)[\s\S])*?```ts\n([\s\S]*?)```|```ts\n([\s\S]*?)```/g)].map(
  ([, title, first, further]) => ({ title: title ?? 'a further one', code: first ?? further ?? '' }),
);

/** What the program prints, line by line. */
async function printed(code: string): Promise<string[]> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  const lines: string[] = [];
  const log = (...values: unknown[]) =>
    lines.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '));
  const run = new Function('console', 'require', 'module', outputFiles[0]?.text ?? '');
  run({ log }, () => ({}), { exports: {} });
  return lines;
}

describe('docs/optimizer.md', () => {
  it('has an example of every part that can be driven by itself', () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
  });

  it.each(examples)('prints what it says: $title', { timeout: 60_000 }, async ({ code }) => {
    const promised = [...code.matchAll(/\/\/> (.*)$/gm)].map(([, line]) => line);
    expect(promised.length).toBeGreaterThan(0);
    expect(await printed(code)).toEqual(promised);
  });
});
