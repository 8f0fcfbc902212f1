import type { HistoryEntry } from '../../domain/history';
import { historyColumns, historyKindWords } from '../../words/en/history';
import type { ServiceContext } from '../context';
import { listHistory } from './list';

const PAGE = 500;
/** Tells spreadsheets that the letters are UTF-8. */
const MARK = '\ufeff';

/** The workspace's trail as CSV (RFC 4180), newest first, page by page. Times are business time, UTC. */
export async function* historyTable(
  ctx: ServiceContext,
  input: { locale: string; pageSize?: number },
): AsyncGenerator<string, undefined> {
  yield MARK + line(historyColumns);
  let beforeSeq: number | undefined;
  for (;;) {
    const { entries, nextBefore } = await listHistory(ctx, {
      locale: input.locale,
      limit: input.pageSize ?? PAGE,
      ...(beforeSeq === undefined ? {} : { beforeSeq }),
    });
    yield entries.map((entry) => line(cellsOf(entry))).join('');
    if (nextBefore === null) return;
    beforeSeq = nextBefore;
  }
}

function cellsOf(entry: HistoryEntry): string[] {
  const { seq, at, who, kind, text, detail, project } = entry;
  return [String(seq), at, who, historyKindWords[kind], text, detail ?? '', project?.name ?? ''];
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe keeps it words. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
