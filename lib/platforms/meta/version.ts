import { metaFailure } from './errors';
import { type ConnectionMode, type MetaHost, metaHost } from './host';
import { askGraph } from './wire';

/**
 * What Meta says about the API version we are configured for (META_API_VERSION): `upgraded` means Meta already serves a newer
 * one in its place, `ended` that calls are refused, `unknown` that nobody answered.
 */
export type VersionState = {
  version: string;
  state: 'current' | 'upgraded' | 'ended' | 'unknown';
  notice: string | null;
};

/** One cheap question at start-up, so that an expired version is said plainly instead of failing every call. */
export async function probeVersion(mode: ConnectionMode, host: MetaHost = metaHost(mode)): Promise<VersionState> {
  const { version } = host;
  const told = (warning: string | null) => ({
    version,
    state: warning ? ('upgraded' as const) : ('current' as const),
    notice: warning,
  });
  try {
    const { usage } = await askGraph(host, host.appId && host.appSecret ? `${host.appId}|${host.appSecret}` : null, {
      method: 'GET',
      // An ads address: versions end there years before they end for people and Pages.
      path: ['me', 'adaccounts'],
    });
    return told(usage.versionWarning);
  } catch (error) {
    const failure = metaFailure(error);
    if (failure?.reason === 'version_ended') return { version, state: 'ended', notice: failure.message };
    // Any other refusal was given by the version that was asked.
    return failure?.metaCode ? told(failure.versionWarning) : { version, state: 'unknown', notice: null };
  }
}
