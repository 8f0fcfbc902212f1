import type { Json } from '../world/types';
import { invalid } from './errors';
import { parseLenient } from './lenient-json';
import { isObject, type Params, readList } from './params';

export type Filter = { field: string; operator: string; value: Json };

const OPERATORS = new Set([
  'EQUAL',
  'NOT_EQUAL',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
  'IN_RANGE',
  'NOT_IN_RANGE',
  'CONTAIN',
  'NOT_CONTAIN',
  'CONTAINS_ANY',
  'NOT_CONTAINS_ANY',
  'IN',
  'NOT_IN',
  'STARTS_WITH',
  'ENDS_WITH',
  'ANY',
  'ALL',
  'AFTER',
  'BEFORE',
  'ON_OR_AFTER',
  'ON_OR_BEFORE',
  'NONE',
  'TOP',
]);

/** The `filtering` parameter: a list of {field, operator, value}. */
export function readFilters(params: Params): Filter[] {
  return (readList(params, 'filtering') ?? []).map((item) => {
    const filter = typeof item === 'string' ? parseLenient(item) : item;
    if (!isObject(filter) || typeof filter.field !== 'string' || typeof filter.operator !== 'string') {
      throw invalid('Param filtering must be a list of {field, operator, value}');
    }
    const operator = filter.operator.toUpperCase();
    if (!OPERATORS.has(operator))
      throw invalid(`Param filtering[0][operator] must be one of {${[...OPERATORS].join(', ')}}`);
    return { field: filter.field, operator, value: filter.value ?? null };
  });
}

function toList(value: Json): string[] {
  if (Array.isArray(value)) return value.map(String);
  const parsed = typeof value === 'string' && value.startsWith('[') ? parseLenient(value) : undefined;
  return Array.isArray(parsed) ? parsed.map(String) : [String(value)];
}

/** Times compare as unix seconds, however they are written. */
function unixText(item: string): string {
  const ms = /^\d+$/.test(item) ? Number.NaN : Date.parse(item.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? item : String(Math.floor(ms / 1000));
}

/** Whether a value passes a filter. Numbers compare as numbers, everything else as text without case. */
export function passes(actual: Json | undefined, { field, operator, value }: Filter): boolean {
  const text = String(actual ?? '').toLowerCase();
  const isTime = /(^|\.)(created_time|updated_time|time_created)$/.test(field);
  const wanted = toList(value).map((item) => (isTime ? unixText(item) : item.toLowerCase()));
  const first = wanted[0] ?? '';
  const number = Number(actual ?? 0);

  switch (operator) {
    case 'EQUAL':
      return text === first;
    case 'NOT_EQUAL':
      return text !== first;
    case 'IN':
    case 'ANY':
      return wanted.includes(text);
    case 'NOT_IN':
    case 'NONE':
      return !wanted.includes(text);
    case 'CONTAIN':
    case 'CONTAINS_ANY':
      return wanted.some((item) => text.includes(item));
    case 'NOT_CONTAIN':
    case 'NOT_CONTAINS_ANY':
      return !wanted.some((item) => text.includes(item));
    case 'ALL':
      return wanted.every((item) => text.includes(item));
    case 'STARTS_WITH':
      return text.startsWith(first);
    case 'ENDS_WITH':
      return text.endsWith(first);
    case 'GREATER_THAN':
    case 'AFTER':
      return number > Number(first);
    case 'GREATER_THAN_OR_EQUAL':
    case 'ON_OR_AFTER':
      return number >= Number(first);
    case 'LESS_THAN':
    case 'BEFORE':
      return number < Number(first);
    case 'LESS_THAN_OR_EQUAL':
    case 'ON_OR_BEFORE':
      return number <= Number(first);
    case 'IN_RANGE':
      return number >= Number(first) && number <= Number(wanted[1] ?? first);
    case 'NOT_IN_RANGE':
      return number < Number(first) || number > Number(wanted[1] ?? first);
    default:
      return true;
  }
}
