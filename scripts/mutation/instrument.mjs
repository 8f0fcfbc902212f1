// Puts every mutant of a TypeScript file into its text at once, each behind a switch: `globalThis.__mutant` chooses the one
// that is awake. One build then serves all of them.
import { parseSync } from 'oxc-parser';

const OPERATORS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
};
const LOGICAL = { '&&': '||', '||': '&&' };

/** @returns {{ code: string, mutants: { id: number, line: number, from: string, to: string }[] }} */
export function instrument(source, fileName, firstId = 1) {
  const { program } = parseSync(fileName, source, { lang: 'ts', range: true });
  const mutants = [];
  const lineOf = (offset) => source.slice(0, offset).split('\n').length;
  const add = (node, to) => {
    const id = firstId + mutants.length;
    mutants.push({
      id,
      line: lineOf(node.start),
      from: source.slice(node.start, node.end).slice(0, 80),
      to: to.slice(0, 80),
    });
    return id;
  };

  const text = (node) => {
    const plain = () => stitched(node);
    switch (node.type) {
      case 'BinaryExpression': {
        const others = OPERATORS[node.operator];
        if (!others || isText(node)) return plain();
        const [left, right] = [text(node.left), text(node.right)];
        const versions = others.map((operator) => `(${left}) ${operator} (${right})`);
        return switched(node, versions, `(${left}) ${node.operator} (${right})`);
      }
      case 'LogicalExpression': {
        const other = LOGICAL[node.operator];
        if (!other) return plain();
        const [left, right] = [text(node.left), text(node.right)];
        return switched(node, [`(${left}) ${other} (${right})`], `(${left}) ${node.operator} (${right})`);
      }
      case 'UnaryExpression': {
        if (node.operator !== '!') return plain();
        // Once for both versions: a mutant that stands in one of them alone could never be woken.
        const argument = text(node.argument);
        return switched(node, [`(${argument})`], `!(${argument})`);
      }
      case 'ConditionalExpression': {
        const [test, yes, no] = [text(node.test), text(node.consequent), text(node.alternate)];
        return switched(node, [`(${yes})`, `(${no})`], `(${test}) ? (${yes}) : (${no})`);
      }
      case 'Literal':
        if (typeof node.value === 'boolean') return switched(node, [String(!node.value)], plain());
        if (typeof node.value === 'bigint') return switched(node, [`${node.value + 1n}n`], plain());
        if (typeof node.value === 'number') return switched(node, [String(node.value + 1)], plain());
        return plain();
      default:
        return plain();
    }
  };

  const switched = (node, versions, original) => {
    const choices = versions.map((version) => `globalThis.__mutant === ${add(node, version)} ? (${version}) : `);
    return `(${choices.join('')}(${original}))`;
  };

  const stitched = (node) => {
    let [code, at] = ['', node.start];
    for (const { child, replace } of childrenOf(node)) {
      code += source.slice(at, child.start) + (replace ?? text(child));
      at = child.end;
    }
    return code + source.slice(at, node.end);
  };

  const childrenOf = (node) =>
    Object.entries(node)
      .flatMap(([key, value]) => (skipped(node, key) ? [] : [value].flat()))
      .filter((child) => child !== null && typeof child === 'object' && typeof child.type === 'string')
      .filter(
        (child) =>
          !child.type.startsWith('TS') || child.type === 'TSAsExpression' || child.type === 'TSSatisfiesExpression',
      )
      .sort((a, b) => a.start - b.start)
      .map((child) => ({ child, replace: guarded(node, child) }));

  // A mutant that never ends is as dead as one that fails.
  const guarded = (node, child) =>
    /^(While|For|DoWhile|ForOf|ForIn)Statement$/.test(node.type) &&
    child === node.body &&
    child.type === 'BlockStatement'
      ? `{ globalThis.__turn?.(); ${stitched(child).slice(1)}`
      : undefined;

  return { code: stitched({ ...program, start: 0, end: source.length }), mutants };
}

/** Joining words is no arithmetic. */
function isText(node) {
  const text = (side) => side.type === 'TemplateLiteral' || (side.type === 'Literal' && typeof side.value === 'string');
  return node.operator === '+' && (text(node.left) || text(node.right));
}

function skipped(node, key) {
  if (['typeAnnotation', 'typeArguments', 'typeParameters', 'returnType', 'superTypeArguments'].includes(key))
    return true;
  // Keys, names and types are not values.
  return (node.type === 'Property' && key === 'key' && !node.computed) || node.type === 'ImportDeclaration';
}
