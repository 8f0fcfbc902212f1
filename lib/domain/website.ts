/**
 * A web address as people write it ("www.bakery.pt", "Bakery.pt/cakes") as an absolute https or http address; null where
 * it cannot be a public website. Nothing is fetched.
 */
export function normaliseWebsite(written: string): string | null {
  const trimmed = written.trim().replace(/^[<("']+|[>)"'.,;!]+$/g, '');
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  const withScheme =
    /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]*:\d/.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username || url.password || url.port) return null;
  // A public name has a dot and a top level of letters: this also refuses addresses in numbers and "localhost".
  if (!/^([a-z0-9](-*[a-z0-9])*\.)+([a-z]{2,}|xn--[a-z0-9-]+)$/.test(url.hostname)) return null;
  if (/\.(local|internal|localhost|example)$/.test(url.hostname)) return null;
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${url.protocol}//${url.hostname}${path}${url.search}`;
}
