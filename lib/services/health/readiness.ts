import { simulatorAnswers } from '../../platforms/meta/simulator';
import { databaseAnswers } from '../../runtime/db';
import { env, hasLiveFacebookApp } from '../../runtime/env';
import { log } from '../../runtime/log';

export type Readiness = {
  ready: boolean;
  database: boolean;
  simulator: boolean | null;
  facebook: 'live' | 'simulated';
  model: 'anthropic' | 'offline';
};

/** What this installation is made of and whether it answers; the simulator is only asked where one is configured. */
export async function checkReadiness(): Promise<Readiness> {
  const database = await databaseAnswers().catch((error: unknown) => {
    log.error({ err: error }, 'database does not answer');
    return false;
  });
  const simulator = env().SIMULATOR_URL ? await simulatorAnswers() : null;
  return {
    ready: database && simulator !== false,
    database,
    simulator,
    facebook: hasLiveFacebookApp() ? 'live' : 'simulated',
    model: env().ANTHROPIC_API_KEY ? 'anthropic' : 'offline',
  };
}
