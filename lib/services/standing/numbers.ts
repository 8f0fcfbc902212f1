import { costPerResultMinor } from '../../domain/insight';
import { type MoneyJson, moneyToJson } from '../../domain/money';
import { addDays, dayIn } from '../../domain/time';
import { type ServiceContext, transact, workspaceNow } from '../context';

export type CampaignNumbers = {
  since: string;
  until: string;
  days: number;
  spend: MoneyJson;
  clicks: number;
  results: number | null;
  costPerResult: MoneyJson | null;
};

/**
 * What a campaign did in its last account days (today's unfinished day included), from what was pulled; null when
 * nothing was pulled yet. Sums of counters only: people reached cannot be added up over days.
 */
export async function readCampaignNumbers(
  ctx: ServiceContext,
  input: { campaignId: string; days: number },
): Promise<CampaignNumbers | null> {
  return transact(ctx, async (tx, inner) => {
    const campaign = await tx.campaignRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.campaignId },
      select: { timezone: true, currency: true },
    });
    if (!campaign) return null;
    const today = dayIn(campaign.timezone, await workspaceNow(inner, tx));
    const first = addDays(today, 1 - input.days);
    const rows = await tx.performanceSnapshot.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        campaignRecordId: input.campaignId,
        day: { gte: new Date(`${first}T00:00:00Z`), lte: new Date(`${today}T00:00:00Z`) },
      },
      orderBy: { day: 'asc' },
      select: { day: true, spendMinor: true, clicks: true, results: true },
    });
    const [earliest, latest] = [rows[0], rows.at(-1)];
    if (!earliest || !latest) return null;
    const spendMinor = rows.reduce((sum, row) => sum + row.spendMinor, 0n);
    const tracked = rows.filter((row) => row.results !== null);
    const results = tracked.length ? tracked.reduce((sum, row) => sum + (row.results ?? 0), 0) : null;
    const each = costPerResultMinor({ spendMinor, results });
    return {
      since: earliest.day.toISOString().slice(0, 10),
      until: latest.day.toISOString().slice(0, 10),
      days: rows.length,
      spend: moneyToJson({ minor: spendMinor, currency: campaign.currency }),
      clicks: rows.reduce((sum, row) => sum + row.clicks, 0),
      results,
      costPerResult: each === null ? null : moneyToJson({ minor: each, currency: campaign.currency }),
    };
  });
}
