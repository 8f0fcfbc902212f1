/** More texts than the product has: a list whose length varies makes new ones. */
const MOST = 1_000;

/**
 * Names for the statements of one client: by a name a connection keeps what Postgres worked out for the text, so that it is
 * parsed and planned once and not each time. Past the most of them a statement has no name, and nothing of it is kept.
 */
export function statementNames(most = MOST): (statement: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most) return '';
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}
