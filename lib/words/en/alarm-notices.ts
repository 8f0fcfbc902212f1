import type { WriteNotice } from './notice-reader';

const OVER: Record<string, string> = {
  site_down: 'Your website answers again',
  tracking_lost: 'Visitors are counted again',
  checkout_broken: 'Customers are coming in again',
  runaway_spend: 'Spending is back to normal',
  price_spike: 'Prices are back to normal',
  missing_data: 'The numbers from Facebook are back',
};

/** Something looks wrong at the shop, in the counting or in the spending. */
export const alarmNotices = {
  alarm_site_down: () => ({
    title: 'Your website does not answer',
    body: 'The page your ads lead to does not open at the moment. I pause the ads that lead there, so that no click is paid for nothing, and switch them on again as soon as the page answers. Please have a look at your website.',
  }),
  alarm_tracking_lost: ({ text }) => ({
    title: 'Visitors are no longer counted',
    body:
      text('asks') === '1'
        ? 'People click on your ads, but nobody is counted on your page any more. Either the counting on your website stopped or the page does not open. The ads go on and I change nothing. Please open your page and tell me here: is your shop all right, is only the counting broken, or is the shop broken?'
        : 'People click on your ads and your page opens, but visits are no longer counted. The ads go on, because customers can still reach you. Until the counting is back I change nothing and judge nothing by these days. Usually the counting code was lost in a change to the website.',
  }),
  alarm_no_results: () => ({
    title: 'Is your shop all right?',
    body: 'People click on your ads as usual, but far fewer of them became customers in the last hours than luck explains. The ads go on and I change nothing until I know more. Please try to buy or book something yourself and tell me here: is your shop all right, is only the counting broken, or is the shop broken? If it is broken, I pause the ads.',
  }),
  alarm_shop_broken: () => ({
    title: 'Ads paused until your shop works',
    body: 'You told me that your shop is broken, so I pause the ads that lead there. Tell me here when everything is fine again, and I switch them on.',
  }),
  alarm_runaway_spend: () => ({
    title: 'Too much was spent today',
    body: 'More was spent today than Facebook may take of your daily budget. I pause the ads now, so that nothing more is spent today, and switch them on again when a new day begins.',
  }),
  alarm_price_spike: () => ({
    title: 'Ads are unusually expensive right now',
    body: 'Being shown costs far more than in the last two weeks. Your daily budget still holds, it only buys less. I raise nothing and move no money until prices are back to normal.',
  }),
  alarm_missing_data: () => ({
    title: 'Numbers from Facebook are missing',
    body: 'Facebook has sent no new numbers for several hours. Your ads go on inside the limits you approved. I decide nothing until the numbers are back.',
  }),
  alarm_over: ({ text }) => ({
    title: OVER[text('kind')] ?? 'Back to normal',
    body: `${OVER[text('kind')] ?? 'What was wrong is over'}. ${Number(text('paused')) > 0 ? 'I switch on again what I had paused because of it.' : 'Nothing had to be paused, and I go on as before.'}`,
  }),
} satisfies Record<string, WriteNotice>;
