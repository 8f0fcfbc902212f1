import type { FieldRequest } from '../wire/field-grammar';
import type { Params } from '../wire/params';
import type { GraphObject } from '../world/types';
import type { Context } from './context';

const NOT_REPEATED = ['after', 'before', 'access_token', 'method', '_method'];

/** The absolute address of another page, with the same parameters and the token in clear, as Meta does. */
export function edgeUrl(
  context: Context,
  parent: GraphObject,
  name: string,
  params: Params,
  fields: FieldRequest[] | null,
  cursor: { after?: string; before?: string },
): string {
  const query = new URLSearchParams({ access_token: context.token.value });
  for (const [key, value] of Object.entries(params)) {
    if (!NOT_REPEATED.includes(key)) query.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  if (fields) query.set('fields', writeFields(fields));
  for (const [key, value] of Object.entries(cursor)) if (value !== undefined) query.set(key, value);
  return `${context.host.publicUrl()}/${context.call.version}/${parent.id}/${name}?${query}`;
}

function writeFields(fields: FieldRequest[]): string {
  return fields
    .map((field) => {
      const modifiers = Object.entries(field.modifiers)
        .map(([key, value]) => `.${key}(${value})`)
        .join('');
      const alias = field.alias ? `.as(${field.alias})` : '';
      return `${field.name}${modifiers}${alias}${field.fields ? `{${writeFields(field.fields)}}` : ''}`;
    })
    .join(',');
}
