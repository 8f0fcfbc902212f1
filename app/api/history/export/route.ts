import { route } from '@/lib/http/route';
import { historyTable } from '@/lib/services/history/table';

/** The whole history as a table for a spreadsheet, in the same words as the page. */
export const GET = route({ name: 'history-export', limitPerMinute: 6 }, async ({ session }) => {
  const rows = historyTable(session.ctx, { locale: session.user.locale });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await rows.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void rows.return(undefined),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="history.csv"',
      'cache-control': 'no-store',
    },
  });
});
