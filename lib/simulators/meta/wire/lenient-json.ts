import type { Json, JsonObject } from '../world/types';

/**
 * Reads JSON the way the Graph API does: single quotes, bare keys, trailing commas and Python's
 * True/False/None pass. Returns undefined when it is hopeless.
 */
export function parseLenient(text: string): Json | undefined {
  const strict = parseStrict(text);
  if (strict !== undefined) return strict;

  const reader = { text, at: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  return reader.at === text.length ? value : undefined;
}

function parseStrict(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

type Reader = { text: string; at: number };

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}

function peek(reader: Reader): string {
  skipSpace(reader);
  return reader.text[reader.at] ?? '';
}

function readValue(reader: Reader): Json | undefined {
  const next = peek(reader);
  if (next === '{') return readObject(reader);
  if (next === '[') return readArray(reader);
  if (next === '"' || next === "'") return readQuoted(reader);
  // Python's u'…' is text like any other.
  if (next === 'u' && /["']/.test(reader.text[reader.at + 1] ?? '')) {
    reader.at++;
    return readQuoted(reader);
  }
  return readBare(reader);
}

function readObject(reader: Reader): JsonObject | undefined {
  const object: JsonObject = {};
  reader.at++;
  while (peek(reader) !== '}') {
    if (peek(reader) === 'u' && /["']/.test(reader.text[reader.at + 1] ?? '')) reader.at++;
    const quote = peek(reader);
    const key = quote === '"' || quote === "'" ? readQuoted(reader) : readWord(reader);
    if (key === undefined || key === '' || peek(reader) !== ':') return undefined;
    reader.at++;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    object[key] = value;
    if (!skipComma(reader, '}')) return undefined;
  }
  reader.at++;
  return object;
}

function readArray(reader: Reader): Json[] | undefined {
  const items: Json[] = [];
  reader.at++;
  while (peek(reader) !== ']') {
    const value = readValue(reader);
    if (value === undefined) return undefined;
    items.push(value);
    if (!skipComma(reader, ']')) return undefined;
  }
  reader.at++;
  return items;
}

function skipComma(reader: Reader, close: string): boolean {
  const next = peek(reader);
  if (next === close) return true;
  if (next !== ',') return false;
  reader.at++;
  return true;
}

function readQuoted(reader: Reader): string | undefined {
  const quote = reader.text[reader.at];
  let read = '';
  for (reader.at++; reader.at < reader.text.length; reader.at++) {
    const char = reader.text[reader.at];
    if (char === quote) {
      reader.at++;
      return read;
    }
    if (char !== '\\') {
      read += char;
      continue;
    }
    reader.at++;
    const escaped = reader.text[reader.at] ?? '';
    if (escaped === 'u') {
      read += String.fromCharCode(Number.parseInt(reader.text.slice(reader.at + 1, reader.at + 5), 16));
      reader.at += 4;
      continue;
    }
    read += { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[escaped] ?? escaped;
  }
  return undefined;
}

function readWord(reader: Reader): string {
  skipSpace(reader);
  const found = /^[^\s,:{}[\]"']+/.exec(reader.text.slice(reader.at))?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function readBare(reader: Reader): Json | undefined {
  const word = readWord(reader);
  if (word === '') return undefined;
  if (/^true$/i.test(word)) return true;
  if (/^false$/i.test(word)) return false;
  if (/^(null|None)$/.test(word)) return null;
  const number = Number(word);
  return Number.isNaN(number) ? undefined : number;
}
