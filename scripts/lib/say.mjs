// What the terminal shows: short lines, and one plain sentence when something cannot go on.

/** An error whose message is meant for the person at the terminal: printed alone, without a stack. */
export class PlainError extends Error {}

export const say = (line) => process.stdout.write(`${line}\n`);
export const warn = (line) => process.stderr.write(`${line}\n`);

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs a script's main function: plain errors become one sentence, everything else keeps its stack. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof PlainError) warn(error.message);
    else if (error?.code === 'ENOSPC') warn('There is no space left on the disk. Free some and run the command again.');
    else warn(error?.stack ?? String(error));
    process.exit(error?.exitCode ?? 1);
  }
}
