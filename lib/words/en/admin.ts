/** The pages behind "Your shops": what waits, limits, history, connections, problems. */
export const navWords = {
  label: 'Your account',
  shops: 'Shops',
  inbox: 'Waiting for you',
  limits: 'Limits',
  history: 'History',
  connections: 'Connections',
  problems: 'Problems',
};

export const inboxWords = {
  title: 'Waiting for you',
  lead: 'Every card of every shop, the one that runs out first on top. Nothing here happens without your press.',
  empty: { title: 'Nothing waits for you', body: 'When I need a decision, its card stands here and in the chat.' },
  kinds: { launch: 'New ads', campaign_action: 'A change', policy_change: 'Your limits' } as Record<string, string>,
  kindOther: 'A decision',
  until: (moment: string) => `Until ${moment}`,
  high: 'Big step',
  open: 'Show the card',
  chat: 'Open in the chat',
  perDay: { more: (money: string) => `${money} more a day`, less: (money: string) => `${money} less a day` },
  notYours: 'You can read this card. Somebody else in this workspace has to decide it.',
};

export const historyWords = {
  title: 'History',
  lead: 'Everything that was asked, decided and done, in order. Nobody can change or remove a line, not even us.',
  empty: { title: 'Nothing here yet', body: 'Decisions, changes and connections are written down as they happen.' },
  emptyFilter: { title: 'Nothing of this kind', body: 'Choose another filter to see more.' },
  filters: { shop: 'Shop', kind: 'Kind', all: 'Everything', allShops: 'All shops' },
  more: 'Show older',
  newest: 'Back to the newest',
  export: 'Download as a table',
  number: (seq: number) => `No. ${seq}`,
  details: 'Details',
};

export const connectionsWords = {
  title: 'Connections',
  lead: 'Where your ads are placed and paid: what each connection may do, and how well it is.',
  empty: { title: 'Nothing is connected yet', body: 'Open a shop’s chat and press Connect Facebook there.' },
  facebook: 'Facebook',
  pretend: 'Pretend',
  states: {
    HEALTHY: 'Works',
    BROKEN: 'Needs you',
    REVOKED: 'Taken back',
    QUARANTINED: 'Held still',
  } as Record<string, string>,
  reasons: {
    missing_permissions: 'Something ads need was left unticked at Facebook. Connect again: only that is asked for.',
    other:
      'Facebook no longer accepts this connection, usually after a password change. Connect again to put it right.',
    quarantined: 'Something unexpected happened, so I change nothing here. Stopping ads still works.',
    revoked: 'The permission was taken back at Facebook. The ads there are no longer ours to see.',
  },
  reconnect: 'Connect again',
  life: 'Good until',
  lifeEndless: 'until you take it back',
  lifeUnknown: 'not said by Facebook',
  lifeSoon: (days: number) => (days <= 0 ? 'ran out' : days === 1 ? '1 day left' : `${days} days left`),
  since: 'Connected',
  accounts: 'Ad accounts',
  accountStates: {
    ACTIVE: 'can be used',
    DISABLED: 'shut down by Facebook',
    UNSETTLED: 'has an unpaid bill',
    IN_REVIEW: 'being checked by Facebook',
    CLOSED: 'closed',
  } as Record<string, string>,
  noFunding: 'no way to pay is set',
  noAccounts: 'none found',
  pages: 'Pages',
  noPages: 'none found',
  shops: 'Used by',
  noShops: 'no shop yet',
  permissions: 'What it may do',
  granted: 'allowed',
  declined: 'not allowed',
  scopes: {
    ads_management: 'Set up and change ads',
    ads_read: 'Read ads and their numbers',
    business_management: 'See which accounts belong to your business',
    pages_show_list: 'See your Pages',
    pages_read_engagement: 'Put your Page’s name on ads',
    pages_manage_ads: 'Forms on ads of your Page',
    instagram_basic: 'See the Instagram account of your Page',
    leads_retrieval: 'Get the answers people give in your forms',
  } as Record<string, string>,
  pace: 'Room at Facebook',
  paceHint: 'How much of what Facebook allows this hour is used. Stopping ads always gets through.',
};

export const problemsWords = {
  title: 'Problems',
  lead: 'What went wrong lately and what became of it. Your limits hold whatever stands here.',
  empty: { title: 'No problems', body: 'Nothing failed lately, and nothing waits to be tried again.' },
};
