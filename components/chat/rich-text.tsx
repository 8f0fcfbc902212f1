// biome-ignore-all lint/suspicious/noArrayIndexKey: text is only ever added to at its end, so a part's place is what it is
import { Fragment, type ReactNode } from 'react';

type Block = { kind: 'text'; lines: string[] } | { kind: 'list'; ordered: boolean; items: string[] };

/**
 * The little formatting an answer needs: paragraphs, lists, bold, links. Built as elements, never as HTML, so that no
 * text, wherever it came from, can become markup.
 */
export function RichText({ text }: { text: string }) {
  return (
    <div className="grid gap-3 break-words">
      {blocksOf(text).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'text') {
    return (
      <p>
        {block.lines.map((line, index) => (
          <Fragment key={index}>
            {index > 0 ? <br /> : null}
            {inline(line)}
          </Fragment>
        ))}
      </p>
    );
  }
  const items = block.items.map((item, index) => (
    <li key={index} className="ps-1">
      {inline(item)}
    </li>
  ));
  return block.ordered ? (
    <ol className="list-decimal space-y-1 ps-6">{items}</ol>
  ) : (
    <ul className="list-disc space-y-1 ps-6">{items}</ul>
  );
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      open = null;
      continue;
    }
    const item = /^\s*(?:([-*•])|\d+[.)])\s+(.*)$/.exec(line);
    if (item) {
      const ordered = item[1] === undefined;
      if (open?.kind !== 'list' || open.ordered !== ordered) {
        open = { kind: 'list', ordered, items: [] };
        blocks.push(open);
      }
      open.items.push(item[2] ?? '');
      continue;
    }
    if (open?.kind !== 'text') {
      open = { kind: 'text', lines: [] };
      blocks.push(open);
    }
    open.lines.push(line.replace(/^#{1,4}\s+/, ''));
  }
  return blocks;
}

const MARKS = /(\*\*[^*\n]+\*\*|https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"])/g;

function inline(line: string): ReactNode[] {
  return line.split(MARKS).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.startsWith('**'))
      return (
        <strong key={index} className="font-semibold">
          {part.slice(2, -2)}
        </strong>
      );
    return (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow" className="link">
        {part}
      </a>
    );
  });
}
