import { probeVersion, type VersionState } from '../../platforms/meta/version';
import { env, hasLiveFacebookApp } from '../../runtime/env';
import { log } from '../../runtime/log';
import { processWide } from '../../runtime/process-wide';

type Holder = { known?: { at: number; state: VersionState }; asking?: Promise<VersionState | null> };
const held = processWide<Holder>('api-version', () => ({}));

/** Real milliseconds an answer is good for; one that came to nothing is asked again sooner. */
const GOOD_FOR = { said: 6 * 3_600_000, unknown: 60_000 };

/**
 * What Meta says about the API version this installation is set to (META_API_VERSION), asked at most every few hours. Null
 * where there is nobody to ask: neither a live app nor a simulator.
 */
export async function apiVersionState(): Promise<VersionState | null> {
  const goodFor = held.known?.state.state === 'unknown' ? GOOD_FOR.unknown : GOOD_FOR.said;
  if (held.known && performance.now() - held.known.at < goodFor) return held.known.state;
  held.asking ??= ask(held).finally(() => {
    delete held.asking;
  });
  return held.asking;
}

/** What was learnt last, at once; where that is old or nothing, it is asked for meanwhile. A health check never waits for Meta. */
export function knownApiVersion(): VersionState | null {
  void apiVersionState().catch((error: unknown) => log.warn({ err: error }, 'the API version could not be asked for'));
  return held.known?.state ?? null;
}

async function ask(held: Holder): Promise<VersionState | null> {
  const mode = hasLiveFacebookApp() ? 'LIVE' : env().SIMULATOR_URL ? 'SIMULATED' : null;
  if (!mode) return null;
  const state = await probeVersion(mode);
  held.known = { at: performance.now(), state };
  return state;
}

/** Says at start-up, plainly and once, when the version has ended or is about to: nothing else would say why all calls fail. */
export async function sayApiVersion(): Promise<VersionState | null> {
  const found = await apiVersionState();
  if (!found) return null;
  const { version, state, notice } = found;
  if (state === 'ended')
    log.error(
      { version, notice },
      `Meta has ended API version ${version}: every call to Facebook fails. Set META_API_VERSION to a newer one.`,
    );
  else if (state === 'upgraded')
    log.warn(
      { version, notice },
      `Meta no longer serves API version ${version} and answers with a newer one. Set META_API_VERSION.`,
    );
  else if (state === 'unknown') log.warn({ version }, 'Meta did not say whether the API version is still served');
  else log.info({ version }, 'API version of Meta is served');
  return found;
}

/** For tests: what was learnt is forgotten. */
export function forgetApiVersion(): void {
  delete held.known;
  delete held.asking;
}
