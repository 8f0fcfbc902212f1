// What test runs started, so that a later run can stop what a killed one left behind.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stopOrphan } from './children.mjs';
import { inData } from './paths.mjs';
import { commandLine, isAlive } from './processes.mjs';

const folder = inData('test-stacks');

/** Remembers the programs of this process's stack until `forget`. */
export function rememberStack(label, children) {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${process.pid}-${label}.json`;
  return {
    save: () => writeFileSync(file, JSON.stringify(children.map(({ pid, match }) => ({ pid, match })))),
    forget: () => rmSync(file, { force: true }),
  };
}

export async function stopLeftovers() {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (isAlive(Number(name.split('-')[0]))) continue;
    for (const { pid, match } of readList(`${folder}/${name}`)) {
      const command = isAlive(pid) ? commandLine(pid) : '';
      if (command && (command.includes(match) || command.includes('next-server'))) await stopOrphan(pid);
    }
    rmSync(`${folder}/${name}`, { force: true });
  }
}

function readList(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
