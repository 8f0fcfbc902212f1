import { env } from '../../runtime/env';

export type ConnectionMode = 'LIVE' | 'SIMULATED';

/** Where one connection's calls go, and the app they are made for. Nothing here is the process's: each connection has its own. */
export type MetaHost = {
  mode: ConnectionMode;
  graphUrl: string;
  dialogUrl: string;
  version: string;
  appId: string | null;
  appSecret: string | null;
  /** Milliseconds for the connection to stand, and for the whole answer to be there. */
  connectTimeoutMs: number;
  timeoutMs: number;
};

/** The simulator's own app, known to everybody: it protects nothing. */
const SIMULATED_APP = { appId: 'simulated-app', appSecret: 'simulated-secret' } as const;

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** @throws Error when a simulated connection is used where no simulator is configured. */
export function metaHost(mode: ConnectionMode): MetaHost {
  const config = env();
  const shared = {
    mode,
    version: config.META_API_VERSION,
    connectTimeoutMs: config.META_CONNECT_TIMEOUT_MS,
    timeoutMs: config.META_TIMEOUT_MS,
  };
  if (mode === 'LIVE') {
    return {
      ...shared,
      graphUrl: withoutSlash(config.META_GRAPH_URL),
      dialogUrl: withoutSlash(config.META_DIALOG_URL),
      appId: config.FACEBOOK_APP_ID ?? null,
      appSecret: config.FACEBOOK_APP_SECRET ?? null,
    };
  }
  if (!config.SIMULATOR_URL) throw new Error('SIMULATOR_URL is not set: simulated connections have nowhere to go');
  const url = withoutSlash(config.SIMULATOR_URL);
  return { ...shared, graphUrl: url, dialogUrl: url, ...SIMULATED_APP };
}
