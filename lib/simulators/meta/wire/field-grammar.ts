import { invalid } from './errors';

/** One requested field: `adsets.limit(5){name}` is name, one modifier and one sub-field. */
export type FieldRequest = {
  name: string;
  alias?: string;
  modifiers: Record<string, string>;
  fields?: FieldRequest[];
};

type Reader = { text: string; at: number };

/** Reads the `fields` grammar: `a,b{c,d},edge.limit(5).filtering([...]){x}`. */
export function parseFields(text: string): FieldRequest[] {
  const reader = { text, at: 0 };
  const fields = readList(reader);
  skipSpace(reader);
  if (reader.at < text.length) throw syntaxError(reader);
  return fields;
}

function syntaxError(reader: Reader) {
  return invalid(
    `Syntax error "Expected end of string instead of "${reader.text[reader.at] ?? ''}"." at character ${reader.at}: ${reader.text}`,
  );
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}

function readList(reader: Reader): FieldRequest[] {
  const fields: FieldRequest[] = [];
  for (;;) {
    skipSpace(reader);
    const field = readField(reader);
    if (field) fields.push(field);
    skipSpace(reader);
    if (reader.text[reader.at] !== ',') return fields;
    reader.at++;
  }
}

function readName(reader: Reader): string {
  const found = /^[A-Za-z0-9_:-]+/.exec(reader.text.slice(reader.at))?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function readField(reader: Reader): FieldRequest | null {
  const name = readName(reader);
  if (name === '') return null;

  const field: FieldRequest = { name, modifiers: {} };
  while (reader.text[reader.at] === '.') {
    reader.at++;
    const modifier = readName(reader);
    const value = readParenthesis(reader);
    if (modifier === 'as') field.alias = value;
    else if (modifier === 'fields') field.fields = parseFields(value);
    else field.modifiers[modifier] = value;
  }
  skipSpace(reader);
  if (reader.text[reader.at] !== '{') return field;

  reader.at++;
  field.fields = readList(reader);
  skipSpace(reader);
  if (reader.text[reader.at] !== '}') throw syntaxError(reader);
  reader.at++;
  return field;
}

function readParenthesis(reader: Reader): string {
  if (reader.text[reader.at] !== '(') throw syntaxError(reader);
  let depth = 0;
  let quote = '';
  const start = reader.at + 1;
  for (; reader.at < reader.text.length; reader.at++) {
    const char = reader.text[reader.at] ?? '';
    if (quote !== '') {
      if (char === '\\') reader.at++;
      else if (char === quote) quote = '';
      continue;
    }
    if (char === '"' || char === "'") quote = char;
    if ('([{'.includes(char)) depth++;
    if (')]}'.includes(char)) depth--;
    if (depth === 0) {
      reader.at++;
      return reader.text.slice(start, reader.at - 1);
    }
  }
  throw syntaxError(reader);
}
