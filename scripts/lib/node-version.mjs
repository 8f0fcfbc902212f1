// Says in one sentence when Node is too old, before anything else can fail strangely.
import { PlainError } from './say.mjs';

export function assertNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (!fits)
    throw new PlainError(
      `Aigency needs Node 20.19, 22.12 or 24 and newer; this is Node ${version}. Install a newer one from https://nodejs.org.`,
    );
}
