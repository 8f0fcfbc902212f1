import type { Json, JsonObject } from '../world/types';
import { invalid, missing } from './errors';
import { parseLenient } from './lenient-json';

/** Parameters as they arrived: strings from queries and forms, anything from JSON bodies. */
export type Params = Record<string, Json>;

function isAbsent(value: Json | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

export function has(params: Params, name: string): boolean {
  return !isAbsent(params[name]);
}

export function readText(params: Params, name: string): string | undefined {
  const value = params[name];
  if (isAbsent(value)) return undefined;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

export function requireText(params: Params, name: string): string {
  const value = readText(params, name);
  if (value === undefined) throw missing(name);
  return value;
}

export function readInteger(params: Params, name: string): number | undefined {
  const value = params[name];
  if (isAbsent(value)) return undefined;
  const number = typeof value === 'number' ? value : Number(String(value).trim());
  if (typeof value === 'boolean' || !Number.isFinite(number) || !Number.isInteger(number)) {
    throw invalid(`Param ${name} must be an integer`);
  }
  return number;
}

export function readNumber(params: Params, name: string): number | undefined {
  const value = params[name];
  if (isAbsent(value)) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number)) throw invalid(`Param ${name} must be a number`);
  return number;
}

export function toBoolean(value: Json | undefined): boolean | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'boolean') return value;
  const word = String(value).toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  return undefined;
}

export function readBoolean(params: Params, name: string): boolean | undefined {
  if (!has(params, name)) return undefined;
  const value = toBoolean(params[name]);
  if (value === undefined) throw invalid(`Param ${name} must be a boolean`);
  return value;
}

/** Objects and lists: native in JSON bodies, JSON text everywhere else. */
export function readJson(params: Params, name: string): Json | undefined {
  const value = params[name];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') return value;
  const parsed = parseLenient(value);
  if (parsed === undefined) throw invalid(`Param ${name} must be valid JSON`);
  return parsed;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readObject(params: Params, name: string): JsonObject | undefined {
  const value = readJson(params, name);
  if (value === undefined) return undefined;
  if (!isObject(value)) throw invalid(`Param ${name} must be a JSON object`);
  return value;
}

/** Lists accept JSON and commas: `["a","b"]`, `a,b`, or one bare value. */
export function readList(params: Params, name: string): Json[] | undefined {
  const value = params[name];
  if (value === '') return [];
  if (isAbsent(value)) return undefined;
  if (Array.isArray(value)) return value;
  if (typeof value === 'object') return Object.values(value).filter((item) => item !== undefined);
  const text = String(value).trim();
  if (/^[[{]/.test(text)) {
    const parsed = parseLenient(text);
    if (Array.isArray(parsed)) return parsed;
    if (parsed !== undefined && parsed !== null && typeof parsed === 'object') return [parsed];
    throw invalid(`Param ${name} must be an array`);
  }
  return text.split(',').map((item) => item.trim().replace(/^["']|["']$/g, ''));
}

export function readTextList(params: Params, name: string): string[] | undefined {
  return readList(params, name)?.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item)));
}

/** An enum value; Meta's answer to anything else names all members. */
export function readEnum<T extends string>(params: Params, name: string, members: readonly T[]): T | undefined {
  const value = readText(params, name);
  if (value === undefined) return undefined;
  const found = members.find((member) => member === value.toUpperCase());
  if (found === undefined) throw invalid(`Param ${name} must be one of {${members.join(', ')}}`);
  return found;
}
