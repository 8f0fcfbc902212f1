import type { MessageView } from '@/lib/domain/message';
import type { ChatView } from '@/lib/domain/views';
import { cardFixtures } from './cards';
import { eur } from './plan';

function card(name: string) {
  const found = cardFixtures.find((fixture) => fixture.name === name);
  if (!found) throw new Error(`no card fixture called ${name}`);
  return found.card;
}

let seq = 0;
function message(more: Partial<MessageView>): MessageView {
  seq += 1;
  const at = new Date(Date.parse('2026-11-21T09:00:00Z') + seq * 60_000).toISOString();
  return { id: `message-${seq}`, seq, role: 'agent', kind: 'TEXT', text: '', card: null, turnId: null, at, ...more };
}

export const bakeryMessages: MessageView[] = [
  message({ text: 'Hello! I look after ads for small shops. **What is your business?** One sentence is enough.' }),
  message({
    role: 'owner',
    text: 'I run a small bakery in Porto, about 300 euros a month, want more birthday cake orders',
  }),
  message({
    text: 'Lovely. A bakery in Porto, up to €300 a month, and more orders for birthday cakes.\n\nTwo questions:\n\n1. Who usually orders them?\n2. What do people praise about your cakes?',
  }),
  message({ role: 'owner', text: 'Families nearby. They say it tastes like their grandmother’s.' }),
  message({ kind: 'BRIEF_SUMMARY', card: card('Brief, confirmed') }),
  message({ text: 'Here is the plan. Have a look at the three ads and the money, and tell me what you would change.' }),
  message({ kind: 'APPROVAL_REQUEST', card: card('Launch, waits') }),
];

export const bakeryChat: ChatView = {
  project: {
    id: 'project-1',
    name: 'Padaria da Ana',
    simulated: true,
    connected: true,
    needsAttention: 1,
    spendLast7Days: eur(6_880),
    campaign: {
      id: 'campaign-1',
      name: 'Birthday cakes in Porto',
      status: 'PENDING_APPROVAL',
      dailyBudget: eur(1_000),
    },
  },
  projects: [
    { id: 'project-1', name: 'Padaria da Ana' },
    { id: 'project-2', name: 'Salão Bela Vista' },
  ],
  conversations: [
    {
      id: 'conversation-2',
      type: 'CAMPAIGN',
      status: 'ACTIVE',
      title: 'Birthday cakes in Porto',
      lastMessageAt: '2026-11-21T09:07:00Z',
    },
    {
      id: 'conversation-1',
      type: 'ONBOARDING',
      status: 'COMPLETED',
      title: 'Getting to know you',
      lastMessageAt: '2026-11-21T09:00:00Z',
    },
  ],
  conversation: {
    id: 'conversation-2',
    type: 'CAMPAIGN',
    status: 'ACTIVE',
    title: 'Birthday cakes in Porto',
    lastMessageAt: '2026-11-21T09:07:00Z',
  },
  messages: bakeryMessages,
  runningTurn: null,
  clock: { now: '2026-11-21T09:08:00Z', offsetMs: 0, mayAdvance: true },
  offlineAgent: true,
  quickReplies: [],
  eventSeq: 0,
};
