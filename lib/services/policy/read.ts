import { AppError } from '../../domain/errors';
import { type MoneyJson, money, moneyToJson } from '../../domain/money';
import type { Envelope } from '../../domain/plan';
import {
  type AutonomyLevel,
  type AutonomyRecord,
  autonomyOf,
  EARNED_DAYS,
  EARNED_DECISIONS,
  earnedLevel,
} from '../../domain/policy-change';
import { type FineLimits, limitsOf } from '../../domain/policy-limits';
import type { Tx } from '../../runtime/db';
import { type PolicyLine, policyLines, policyWords } from '../../words/en/policy';
import { type ServiceContext, transact } from '../context';
import { readMonth } from '../pacing/month';
import { workspaceLimit } from '../pacing/workspace-room';
import { readAutonomyRecord } from './autonomy';
import { currentPolicy } from './current';

export type PolicyView = {
  projectId: string;
  /** Version in force; versions count from 1. */
  version: number;
  limits: Envelope & FineLimits;
  /** The same in plain words. */
  lines: PolicyLine[];
  /** The account month, "2026-11"; null before the first campaign. `promised`: what runs now may still spend. */
  /** The most all businesses that pay in this currency may cost a month together; null: no limit of its own. */
  workspaceLimit: MoneyJson | null;
  month: { month: string; ceiling: MoneyJson; spent: MoneyJson; promised: MoneyJson; left: MoneyJson } | null;
  autonomy: {
    level: AutonomyLevel;
    sentence: string;
    record: AutonomyRecord & { sentence: string };
    /** The next level, where the record earned it. */
    earned: AutonomyLevel | null;
    next: string;
  };
  /** Newest first; `at` is real time, ISO. */
  versions: { version: number; at: string; approvalId: string | null }[];
  /** A card about limits that waits. */
  waiting: { approvalId: string; hash: string } | null;
};

/** A project's limits in plain words, what they leave of the month, and how they came about. Null before the first launch. */
export async function readPolicy(ctx: ServiceContext, input: { projectId: string }): Promise<PolicyView | null> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { locale: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    const policy = await currentPolicy(tx, inner, input.projectId);
    if (!policy) return null;
    const versions = await tx.policyVersion.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId },
      orderBy: { version: 'desc' },
      take: 50,
      select: { version: true, createdAt: true, approvalId: true },
    });
    const waiting = await tx.approval.findFirst({
      where: { workspaceId: ctx.workspaceId, subject: `policy:${input.projectId}`, state: 'WAITING' },
      select: { id: true, hash: true },
    });
    const record = await readAutonomyRecord(tx, inner, input.projectId);
    const level = autonomyOf(policy.envelope);
    const earned = earnedLevel(level, record);
    return {
      projectId: input.projectId,
      version: policy.version,
      limits: limitsOf(policy.envelope),
      lines: policyLines(policy.envelope, project.locale),
      workspaceLimit: await wholeLimit(tx, inner, policy.envelope.monthlyCeiling.currency),
      month: await monthView(await readMonth(tx, inner, input.projectId), policy.envelope.monthlyCeiling),
      autonomy: {
        level,
        sentence: policyWords.levels[level],
        record: { ...record, sentence: policyWords.record(record.decisions, record.takenBack, project.locale) },
        earned,
        next: earned ? policyWords.earned : policyWords.notYet(EARNED_DECISIONS, EARNED_DAYS),
      },
      versions: versions.map((row) => ({
        version: row.version,
        at: row.createdAt.toISOString(),
        approvalId: row.approvalId,
      })),
      waiting: waiting && { approvalId: waiting.id, hash: waiting.hash },
    };
  });
}

async function wholeLimit(tx: Tx, ctx: ServiceContext, currency: string): Promise<MoneyJson | null> {
  const limit = await workspaceLimit(tx, ctx, currency);
  return limit?.amountMinor == null ? null : moneyToJson(money(limit.amountMinor, currency));
}

async function monthView(
  seen: Awaited<ReturnType<typeof readMonth>>,
  ceiling: MoneyJson,
): Promise<PolicyView['month']> {
  if (!seen) return null;
  const { currency } = ceiling;
  const json = (minor: bigint) => moneyToJson(money(minor < 0n ? 0n : minor, currency));
  const held = seen.committedMinor + seen.reservedMinor;
  return {
    month: seen.month,
    ceiling,
    spent: json(seen.spentMinor),
    promised: json(held - seen.spentMinor),
    left: json(BigInt(ceiling.minor) - held),
  };
}
