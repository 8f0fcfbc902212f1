import type { BriefDraft } from '@/lib/domain/brief';
import type { CardFixture } from './card-fixture';
import { eur } from './plan';

const bakeryBrief: BriefDraft = {
  businessName: 'Padaria da Ana',
  businessDescription: 'A family bakery in the old town, two ovens, open since 1974',
  product: 'Birthday cakes made to order',
  targetAudience: 'Families with children who celebrate at home',
  goal: 'LEADS',
  monthlyBudget: eur(30_000),
  location: 'Porto, up to 10 km around',
  country: 'PT',
  uniqueSellingPoint: 'Baked the same morning, with the name on it',
  websiteUrl: 'https://padaria-da-ana.pt',
  customerValue: eur(3_200),
  marginPercent: null,
  language: 'pt',
};

const accounts = [
  { id: 'account-1', name: 'Padaria da Ana', currency: 'EUR', timezone: 'Europe/Lisbon', usable: true, problem: null },
  {
    id: 'account-2',
    name: 'Old account',
    currency: 'USD',
    timezone: 'America/New_York',
    usable: false,
    problem: 'unpaid bill at Facebook',
  },
];
const pages = [
  { id: 'page-1', name: 'Padaria da Ana', instagram: true },
  { id: 'page-2', name: 'Ana Martins', instagram: false },
];

/** The cards of the first day: the brief, connecting, choosing the account. */
export const startCards: CardFixture[] = [
  {
    name: 'Brief, waits',
    card: { kind: 'BRIEF_SUMMARY', projectId: 'project-1', version: 3, state: 'waiting', brief: bakeryBrief },
  },
  {
    name: 'Brief, unfinished',
    card: {
      kind: 'BRIEF_SUMMARY',
      projectId: 'project-1',
      version: 3,
      state: 'waiting',
      brief: { businessName: 'Padaria da Ana', goal: 'LEADS' },
    },
  },
  {
    name: 'Brief, confirmed',
    card: { kind: 'BRIEF_SUMMARY', projectId: 'project-1', version: 3, state: 'confirmed', brief: bakeryBrief },
  },
  {
    name: 'Brief, superseded',
    card: { kind: 'BRIEF_SUMMARY', projectId: 'project-1', version: 2, state: 'superseded', brief: bakeryBrief },
  },
  ...(['waiting', 'denied', 'broken', 'ending', 'connected'] as const).map((state) => ({
    name: `Connect, ${state}`,
    card: {
      kind: 'FB_CONNECT' as const,
      projectId: 'project-1',
      state,
      simulated: state === 'waiting',
      accountName: state === 'connected' ? 'Padaria da Ana' : null,
    },
  })),
  {
    name: 'Account, waits',
    card: {
      kind: 'ACCOUNT_PICKER',
      projectId: 'project-1',
      state: 'waiting',
      accounts,
      pages,
      accountId: null,
      pageId: null,
    },
  },
  {
    name: 'Account, nothing to choose',
    card: {
      kind: 'ACCOUNT_PICKER',
      projectId: 'project-2',
      state: 'waiting',
      accounts: [],
      pages: [],
      accountId: null,
      pageId: null,
    },
  },
  {
    name: 'Account, chosen',
    card: {
      kind: 'ACCOUNT_PICKER',
      projectId: 'project-1',
      state: 'chosen',
      accounts,
      pages,
      accountId: 'account-1',
      pageId: 'page-1',
    },
  },
];
