import { GraphError } from '../wire/errors';

export const CURRENT_VERSION = 'v26.0';
const OLDEST_LIVE = 25;
const VERSION = /^v(\d{1,3})\.(\d)$/;

export function isVersion(segment: string | undefined): segment is string {
  return segment !== undefined && VERSION.test(segment);
}

/** Headers for the version of a call; strict simulators refuse versions that have ended. */
export function versionHeaders(version: string, isStrict: boolean): Record<string, string> {
  const major = Number(VERSION.exec(version)?.[1] ?? 0);
  if (major >= OLDEST_LIVE) return { 'facebook-api-version': version };
  if (isStrict) {
    throw new GraphError({
      code: 2635,
      message: `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: ${CURRENT_VERSION}.`,
    });
  }
  return {
    'facebook-api-version': CURRENT_VERSION,
    'x-ad-api-version-warning': `The call has been auto-upgraded to ${CURRENT_VERSION} as ${version} has been deprecated`,
  };
}
