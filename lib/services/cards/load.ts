import * as z from 'zod';
import { APPROVAL_KINDS } from '../../domain/approval';
import type { Card, MessageKind } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { loadActionCards } from '../actions/card';
import { loadApprovalCards } from '../approvals/card';
import { loadBriefCards } from '../briefs/card';
import { loadAccountPickerCards, loadConnectCards } from '../connections/card';
import type { ServiceContext } from '../context';
import { loadDeploymentCards } from '../deployments/card';
import { loadReportCards } from '../reports/card';

type Loader = (tx: Tx, ctx: ServiceContext, ids: string[]) => Promise<Map<string, Card>>;

/** Kinds whose card is read from a row of ours, by the noun that owns the row. */
const LOADERS: Partial<Record<MessageKind, Loader>> = {
  FB_CONNECT: loadConnectCards,
  ACCOUNT_PICKER: loadAccountPickerCards,
  BRIEF_SUMMARY: loadBriefCards,
  APPROVAL_REQUEST: loadApprovalCards,
  AGENT_ACTION: loadActionCards,
  DEPLOY_PROGRESS: loadDeploymentCards,
  REPORT: loadReportCards,
};

/** Kinds whose card stands in the message itself; what does not fit its shape falls back to the message's text. */
const EMBEDDED: Partial<Record<MessageKind, z.ZodType<Card>>> = {
  NOTICE: z.object({
    kind: z.literal('NOTICE'),
    tone: z.enum(['info', 'good', 'warning']),
    key: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  APPROVAL_RESPONSE: z.object({
    kind: z.literal('APPROVAL_RESPONSE'),
    decision: z.enum(['approve', 'decline', 'request_changes']),
    approvalKind: z.enum(APPROVAL_KINDS),
  }),
  PLAN_DIFF: z.object({
    kind: z.literal('PLAN_DIFF'),
    fromVersion: z.number(),
    toVersion: z.number(),
    changes: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  }),
};

const reference = z.object({ id: z.string() });

type MessageRow = { id: string; kind: string; metadata: unknown };

/** Cards of a page of messages: one query per kind, keyed by message id. */
export async function loadCards(tx: Tx, ctx: ServiceContext, rows: MessageRow[]): Promise<Map<string, Card>> {
  const cards = new Map<string, Card>();
  for (const row of rows) {
    const parsed = EMBEDDED[row.kind as MessageKind]?.safeParse(row.metadata);
    if (parsed?.success) cards.set(row.id, parsed.data);
  }
  for (const [kind, load] of Object.entries(LOADERS)) {
    const pointing = rows.flatMap((row) => {
      const parsed = row.kind === kind ? reference.safeParse(row.metadata) : null;
      return parsed?.success ? [{ messageId: row.id, id: parsed.data.id }] : [];
    });
    if (pointing.length === 0) continue;
    const loaded = await load(tx, ctx, [...new Set(pointing.map(({ id }) => id))]);
    for (const { messageId, id } of pointing) {
      const card = loaded.get(id);
      if (card) cards.set(messageId, card);
      else log.warn({ kind, id, messageId }, 'a card points to nothing');
    }
  }
  return cards;
}
