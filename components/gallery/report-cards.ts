import type { ReportView } from '@/lib/domain/message';
import type { CardFixture } from './card-fixture';
import { bakeryPlan, eur } from './plan';

function report(more: Partial<ReportView> = {}): ReportView {
  return {
    kind: 'REPORT',
    reportId: 'report-1',
    campaignName: bakeryPlan.name,
    since: '2026-11-16',
    until: '2026-11-22',
    partialWeek: false,
    goal: 'LEADS',
    totals: {
      spend: eur(6_880),
      reach: 5_120,
      impressions: 11_400,
      clicks: 132,
      results: 7,
      costPerResult: eur(982),
      roas: null,
    },
    previous: {
      spend: eur(6_950),
      reach: 4_870,
      impressions: 11_020,
      clicks: 101,
      results: 5,
      costPerResult: eur(1_390),
      roas: null,
    },
    sinceLaunch: { spend: eur(13_830), results: 12 },
    expected: { low: 2, high: 8 },
    summary:
      'This week your ads cost €68.80 and reached about 5,120 people. They brought 132 clicks and 7 enquiries; each cost €9.82.',
    done: ['Paused the ad “You do the party” and put the reserve in its place'],
    watching: ['Whether the new ad finds its feet'],
    needsYou: ['A decision: raise the daily budget to €12?'],
    ...more,
  };
}

/** What is told: the week, a notice, an answer. */
export const reportCards: CardFixture[] = [
  { name: 'Report', card: report() },
  {
    name: 'Report, first short week',
    card: report({
      partialWeek: true,
      previous: null,
      expected: { low: 2, high: 8 },
      done: [],
      needsYou: [],
      watching: ['Too early to say anything. It needs about 9 more days.'],
      totals: {
        spend: eur(2_010),
        reach: null,
        impressions: 3_100,
        clicks: 28,
        results: 0,
        costPerResult: null,
        roas: null,
      },
      sinceLaunch: { spend: eur(2_010), results: 0 },
      summary: 'In the 3 days it ran your ads cost €20.10. They brought 28 clicks and no enquiry yet.',
    }),
  },
  {
    name: 'Notice, live',
    card: { kind: 'NOTICE', tone: 'good', key: 'campaign_live', params: { campaign: bakeryPlan.name } },
  },
  {
    name: 'Notice, in review',
    card: { kind: 'NOTICE', tone: 'info', key: 'campaign_in_review', params: { campaign: bakeryPlan.name } },
  },
  {
    name: 'Notice, refused',
    card: {
      kind: 'NOTICE',
      tone: 'warning',
      key: 'ad_refused',
      params: { ad: 'Birthday cakes from €24', reason: 'The text promises a price the page does not show.' },
    },
  },
  { name: 'Response, yes', card: { kind: 'APPROVAL_RESPONSE', decision: 'approve', approvalKind: 'launch' } },
  {
    name: 'Response, changes',
    card: { kind: 'APPROVAL_RESPONSE', decision: 'request_changes', approvalKind: 'launch' },
  },
];
