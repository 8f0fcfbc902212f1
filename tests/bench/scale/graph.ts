import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeGraph = { url: string; asked: Map<string, number>; close(): Promise<void> };

/**
 * A Graph API as slow as the real one and otherwise cheap: every account has three campaigns with an ad set and three ads
 * each. One account is told to wait at every question.
 */
export async function startGraph(options: { latencyMs: number; throttled: string }): Promise<FakeGraph> {
  const asked = new Map<string, number>();
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://graph');
    const [, , account = '', edge = ''] = url.pathname.split('/');
    asked.set(account, (asked.get(account) ?? 0) + 1);
    setTimeout(() => {
      response.setHeader('content-type', 'application/json');
      if (account === options.throttled) {
        response.statusCode = 400;
        response.end(
          JSON.stringify({
            error: { message: 'wait', type: 'OAuthException', code: 17, error_subcode: 2446079, fbtrace_id: 'x' },
          }),
        );
        return;
      }
      response.end(JSON.stringify({ data: answer(account.replace('act_', ''), edge, url.searchParams) }));
    }, options.latencyMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

const range = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
export const ids = (account: string) => ({
  campaigns: range(3).map((c) => `1${account}${c}`),
  adSet: (campaign: string) => campaign.replace(/^1/, '2'),
  ads: (campaign: string) => range(3).map((ad) => `${campaign.replace(/^1/, '3')}${ad}`),
});

function answer(account: string, edge: string, params: URLSearchParams): object[] {
  const own = ids(account);
  const on = { status: 'ACTIVE', configured_status: 'ACTIVE', effective_status: 'ACTIVE' };
  if (edge === 'campaigns') return own.campaigns.map((id) => ({ id, name: id, ...on }));
  if (edge === 'adsets')
    return own.campaigns.map((id) => ({
      id: own.adSet(id),
      campaign_id: id,
      name: id,
      daily_budget: '1000',
      optimization_goal: 'LANDING_PAGE_VIEWS',
      ...on,
    }));
  const ads = own.campaigns.flatMap((campaign) => own.ads(campaign).map((id) => ({ id, campaign })));
  if (edge === 'ads')
    return ads.map(({ id, campaign }) => ({
      id,
      name: id,
      campaign_id: campaign,
      adset_id: own.adSet(campaign),
      ...on,
    }));
  const { since, until } = JSON.parse(params.get('time_range') ?? '{}') as { since: string; until: string };
  if (params.get('level') === 'campaign')
    return own.campaigns.map((id) => ({
      campaign_id: id,
      reach: '900',
      impressions: '1200',
      date_start: since,
      date_stop: until,
    }));
  const rows: object[] = [];
  for (let day = Date.parse(since); day <= Date.parse(until); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    for (const { id, campaign } of ads)
      rows.push({
        ad_id: id,
        adset_id: own.adSet(campaign),
        campaign_id: campaign,
        date_start: date,
        date_stop: date,
        spend: '0.33',
        impressions: '400',
        reach: '300',
        inline_link_clicks: '6',
        account_currency: 'EUR',
      });
  }
  return rows;
}
