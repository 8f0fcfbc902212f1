import * as z from 'zod';
import { type MoneyJson, moneyToDecimal } from '../../domain/money';
import { readCampaignNumbers } from '../../services/standing/numbers';
import { defineTool } from './tool';

const readable = (value: MoneyJson | null) =>
  value && {
    amount: moneyToDecimal({ minor: BigInt(value.minor), currency: value.currency }),
    currency: value.currency,
  };

export const readStatusTool = defineTool({
  name: 'read_status',
  description:
    'The campaigns of this business: what Facebook last said about them, and spend, clicks and results of the last days as pulled. null = not measured.',
  inputSchema: z.object({ days: z.number().int().min(1).max(90).optional() }),
  async run({ ctx, input, turn }) {
    const { campaigns, waiting } = await turn.standing();
    const days = input.days ?? 7;
    const rows = await Promise.all(
      campaigns.map(async (campaign) => {
        const numbers = await readCampaignNumbers(ctx, { campaignId: campaign.id, days });
        return {
          name: campaign.name,
          status: campaign.status,
          goal: campaign.plan.goal,
          dailyBudget: readable(campaign.plan.dailyBudget),
          waitsForOwner: waiting.some((card) => card.campaignId === campaign.id),
          numbers: numbers && {
            ...numbers,
            spend: readable(numbers.spend),
            costPerResult: readable(numbers.costPerResult),
          },
        };
      }),
    );
    return { ok: true, days, campaigns: rows };
  },
});
