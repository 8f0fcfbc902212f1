import { simulatorAnswers } from '../../platforms/meta/simulator';
import type { VersionState } from '../../platforms/meta/version';
import { databaseAnswers } from '../../runtime/db';
import { env, hasLiveFacebookApp } from '../../runtime/env';
import { log } from '../../runtime/log';
import { knownApiVersion } from './api-version';

export type Readiness = {
  ready: boolean;
  database: boolean;
  simulator: boolean | null;
  facebook: 'live' | 'simulated';
  model: 'anthropic' | 'offline';
  /** Meta's API: which version this installation asks for, and whether Meta still serves it. Null: not known yet. */
  api: { version: string; state: VersionState['state'] } | null;
};

/** What this installation is made of and whether it answers; the simulator is only asked where one is configured. */
export async function checkReadiness(): Promise<Readiness> {
  const database = await databaseAnswers().catch((error: unknown) => {
    log.error({ err: error }, 'database does not answer');
    return false;
  });
  const simulator = env().SIMULATOR_URL ? await simulatorAnswers() : null;
  const api = knownApiVersion();
  return {
    ready: database && simulator !== false,
    database,
    simulator,
    facebook: hasLiveFacebookApp() ? 'live' : 'simulated',
    model: env().ANTHROPIC_API_KEY ? 'anthropic' : 'offline',
    api: api && { version: api.version, state: api.state },
  };
}
