import { promptSections } from '../../words/en/prompts';
import type { ModelState } from './state';

/** The heading under which the state stands; the offline helper finds it by this line. */
export const STATE_HEADING = '# Where things stand';

/**
 * The instructions of one turn: named sections, then the state as JSON. The state holds words of the owner; as JSON
 * strings they cannot open a section of their own.
 */
export function composeInstructions(state: ModelState): string {
  const sections = Object.entries(promptSections).map(([heading, text]) => `# ${heading}\n${text.trim()}`);
  return [...sections, `${STATE_HEADING}\n${JSON.stringify(state)}`].join('\n\n');
}

/** The state in composed instructions; null where there is none. The last heading counts: none can follow the JSON line. */
export function readState(instructions: string): ModelState | null {
  const at = instructions.lastIndexOf(`\n${STATE_HEADING}\n`);
  if (at < 0) return null;
  return JSON.parse(instructions.slice(at + STATE_HEADING.length + 2)) as ModelState;
}
