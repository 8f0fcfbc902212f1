import { promises as dns, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** `answers`: true = the site gave a page; false = it is broken for everybody; null = we cannot say (our own line, a bot wall, a slow day). */
export type SiteLook = { answers: boolean | null; why: string };

export type LookOptions = {
  timeoutMs?: number;
  /** Resolves a name to all its addresses. */
  resolve?: (host: string) => Promise<LookupAddress[]>;
  /** Whether an address and port may be called; by default public addresses on the web's own ports. Tests admit their own server. */
  mayCall?: (address: string, port: string) => boolean;
};

const MOST_REDIRECTS = 5;
const PORTS: readonly string[] = ['', '80', '443'];
const isOpen = (address: string, port: string) => PORTS.includes(port) && isPublicAddress(address);

/** What belongs to machines, private networks, carriers and documentation: never called on an owner's word. */
const closed = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(network, bits, 'ipv6');

/** True for addresses of the open internet. IPv4 inside IPv6 is judged as the IPv4 it is. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPublicAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 6 && /^::ffff:/i.test(address)) return false;
  return !closed.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Looks whether a website answers, without reading it: a GET whose body is dropped. Only http and https on their own
 * ports, only public addresses; the name is resolved once and exactly that address is called, at every redirect anew, so
 * that no name can point inside meanwhile.
 */
export async function lookAtSite(address: string, options: LookOptions = {}): Promise<SiteLook> {
  let next = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const step = await oneHop(next, options);
    if (!('location' in step)) return step;
    next = step.location;
  }
  return { answers: null, why: 'too many redirects' };
}

type Hop = SiteLook | { location: string };

async function oneHop(address: string, options: LookOptions): Promise<Hop> {
  const { resolve = (host) => dns.lookup(host, { all: true }), mayCall = isOpen, timeoutMs = 8_000 } = options;
  const url = parse(address);
  if (!url) return { answers: null, why: 'not an address of a website' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let found: LookupAddress[];
  try {
    found = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host);
  } catch (error) {
    // The name is gone for everybody; anything else may be our own line.
    return codeOf(error) === 'ENOTFOUND'
      ? { answers: false, why: 'no such name' }
      : { answers: null, why: `name not resolved: ${codeOf(error)}` };
  }
  const target = found[0];
  if (!target || !found.every((one) => mayCall(one.address, url.port)))
    return { answers: null, why: 'not a public address' };
  return call(url, target, timeoutMs);
}

function parse(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const mayBe = (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password;
  return mayBe ? url : null;
}

function call(url: URL, target: LookupAddress, timeoutMs: number): Promise<Hop> {
  return new Promise((done) => {
    const pinned: LookupFunction = (_name, { all }, answer) =>
      all ? answer(null, [target]) : answer(null, target.address, target.family);
    const request = (url.protocol === 'https:' ? https : http).get(
      url,
      {
        lookup: pinned,
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'user-agent': 'Aigency site check', accept: 'text/html' },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        const { location } = response.headers;
        response.destroy();
        if (status >= 300 && status < 400 && location && URL.canParse(location, url))
          done({ location: new URL(location, url).href });
        else done(judge(status));
      },
    );
    request.on('error', (error) => done(failed(error)));
  });
}

/** A wall against robots proves nothing; a server that fails, or has no home page any more, is broken for everybody. */
function judge(status: number): SiteLook {
  const why = `status ${status}`;
  if (status >= 200 && status < 300) return { answers: true, why };
  if (status === 404 || status === 410 || (status >= 500 && status !== 503)) return { answers: false, why };
  return { answers: null, why };
}

const BROKEN = new Set(['ECONNREFUSED', 'ECONNRESET', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']);

function failed(error: unknown): SiteLook {
  const code = codeOf(error);
  return { answers: BROKEN.has(code) ? false : null, why: code };
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}
