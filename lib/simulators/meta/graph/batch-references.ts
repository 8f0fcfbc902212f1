import { isObject } from '../wire/params';
import type { Json } from '../world/types';
import type { GraphAnswer } from './context';

const REFERENCE = /\{result=([^:}]+):(\$[^}]*)\}/g;

/** References are often percent-encoded together with the rest of an address or body. */
function decoded(text: string): string {
  return text.replace(/%7Bresult(?:=|%3D)[^&]*?%7D/gi, (found) => decodeURIComponent(found));
}

/** The names of other items that a text refers to. */
export function namesReferenced(text: string): string[] {
  return [...decoded(text).matchAll(REFERENCE)].map((match) => match[1] ?? '');
}

/** Steps of a JSONPath: `$.data.*.id`, `$['data'][0].id`, `$.data[*].id`, `$..id`. */
function stepsOf(path: string): string[] {
  return path
    .replace(/^\$/, '')
    .replace(/\.\./g, '.**.')
    .replace(/\[['"]?([^\]'"]+)['"]?\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
}

function everything(value: Json | undefined): (Json | undefined)[] {
  if (Array.isArray(value)) return [value, ...value.flatMap(everything)];
  if (isObject(value)) return [value, ...Object.values(value).flatMap(everything)];
  return [];
}

function follow(value: Json | undefined, path: string): Json[] {
  let found: (Json | undefined)[] = [value];
  for (const step of stepsOf(path)) {
    found = found.flatMap((one) => {
      if (step === '**') return everything(one);
      if (Array.isArray(one)) return step === '*' ? one : [one[Number(step)]];
      if (!isObject(one)) return [];
      return step === '*' ? Object.values(one) : [one[step]];
    });
  }
  return found.filter((one) => one !== undefined && one !== null) as Json[];
}

/** A text with every reference replaced by what it points to; several values are joined by commas. */
export function fillReferences(text: string, results: Map<string, GraphAnswer>): string {
  return decoded(text).replace(REFERENCE, (_whole, name: string, path: string) => {
    const body = results.get(name)?.body;
    return follow(Array.isArray(body) ? body : (body ?? null), path)
      .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
      .join(',');
  });
}
