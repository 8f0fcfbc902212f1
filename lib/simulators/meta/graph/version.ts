import { GraphError } from '../wire/errors';

export const CURRENT_VERSION = 'v26.0';
const OLDEST_LIVE = 25;
const VERSION = /^v(\d{1,3})\.(\d)$/;

export function isVersion(segment: string | undefined): segment is string {
  return segment !== undefined && VERSION.test(segment);
}

function hasEnded(version: string): boolean {
  return Number(VERSION.exec(version)?.[1] ?? 0) < OLDEST_LIVE;
}

/** Headers for the version of a call. Versions that have ended are served as the current one, with a warning. */
export function versionHeaders(version: string): Record<string, string> {
  if (!hasEnded(version)) return { 'facebook-api-version': version };
  return {
    'facebook-api-version': CURRENT_VERSION,
    'x-ad-api-version-warning': `The call has been auto-upgraded to ${CURRENT_VERSION} as ${version} has been deprecated`,
  };
}

/** Ads endpoints need a version in the address; strict simulators also refuse versions that have ended. */
export function requireVersion(call: { version: string; isVersioned: boolean }, isStrict: boolean): void {
  if (call.isVersioned && !(isStrict && hasEnded(call.version))) return;
  throw new GraphError({
    code: 2635,
    message: `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: ${CURRENT_VERSION}.`,
  });
}
