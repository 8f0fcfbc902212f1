import { type FieldRequest, parseFields } from '../wire/field-grammar';
import { type Params, readText } from '../wire/params';

/** The `fields` parameter in any of its spellings; null when none were asked for. */
export function requestedFields(params: Params): FieldRequest[] | null {
  const value = params.fields;
  const text = Array.isArray(value) ? value.map(String).join(',') : readText(params, 'fields');
  if (text === undefined) return null;
  // Lists of fields also come as JSON: ["name","status"].
  return parseFields(text.trim().startsWith('[') ? text.replace(/[[\]"']/g, '') : text);
}
