import * as z from 'zod';
import type { DeadLetterBox, DeadLetterRow } from '../runtime/ports';
import { jobEnvelope } from './envelope';
import { DEAD_QUEUE } from './queues';

const output = z.object({ name: z.string().optional(), code: z.string().optional(), message: z.string().optional() });

type Row = {
  id: string;
  data: unknown;
  at: Date;
  source: string | null;
  retries: number | null;
  output: unknown;
  key: string | null;
};

/** What gave up, read and moved in the caller's transaction: the queue's tables stand in the same database. */
export const deadLetterBox: DeadLetterBox = {
  async list(tx, workspaceId, limit) {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT id::text, data, created_on AS at, source_name AS source, source_retry_count AS retries, source_output AS output, singleton_key AS key
      FROM jobs.job WHERE name = ${DEAD_QUEUE} AND state = 'created' AND data->>'workspaceId' = ${workspaceId}
      ORDER BY created_on DESC LIMIT ${limit}`;
    return rows.map(letterOf);
  },
  async take(tx, workspaceId, id) {
    // Whoever takes it first has it; a second press finds nothing.
    const rows = await tx.$queryRaw<Row[]>`
      UPDATE jobs.job SET state = 'completed', completed_on = now()
      WHERE name = ${DEAD_QUEUE} AND id::text = ${id} AND state = 'created' AND data->>'workspaceId' = ${workspaceId}
      RETURNING id::text, data, created_on AS at, source_name AS source, source_retry_count AS retries, source_output AS output, singleton_key AS key`;
    return rows[0] ? letterOf(rows[0]) : null;
  },
};

function letterOf(row: Row): DeadLetterRow {
  const envelope = jobEnvelope.safeParse(row.data);
  const said = output.safeParse(row.output);
  return {
    id: row.id,
    kind: envelope.success ? envelope.data.kind : 'unknown',
    queue: row.source ?? '',
    at: row.at,
    tries: (row.retries ?? 0) + 1,
    code: said.success ? (said.data.code ?? said.data.name ?? null) : null,
    message: said.success ? (said.data.message ?? null) : null,
    data: envelope.success ? envelope.data.data : {},
    key: row.key,
    requestId: envelope.success ? envelope.data.requestId : null,
  };
}
