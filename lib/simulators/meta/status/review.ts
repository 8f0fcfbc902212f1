import { seeded } from '../../market/market';
import type { GraphObject, World } from '../world/types';

const HOUR_MS = 3_600_000;

/** Words that get an ad rejected, with the policy each one breaks. */
const POLICIES: readonly { pattern: RegExp; policy: string; text: string }[] = [
  {
    pattern: /\[disapprove\]/i,
    policy: 'Advertising Policies',
    text: 'Your ad was rejected because it does not follow our Advertising Standards.',
  },
  {
    pattern: /miracle|cures?\b|lose \d+ ?(kg|lb|pounds|kilos)|milagros[ao]/i,
    policy: 'Personal Health and Appearance',
    text: 'Ads must not imply or attempt to generate negative self-perception or promise unlikely results.',
  },
  {
    pattern: /casino|betting|gambling|apostas|slots/i,
    policy: 'Online Gambling and Games',
    text: 'Ads that promote online gambling need prior written permission.',
  },
  {
    pattern: /\bguns?\b|weapons?|ammunition|armas\b/i,
    policy: 'Weapons, Ammunition, or Explosives',
    text: 'Ads must not promote the sale or use of weapons, ammunition or explosives.',
  },
  {
    pattern: /tobacco|cigarettes?|vap(e|ing)\b|tabaco/i,
    policy: 'Tobacco and Related Products',
    text: 'Ads must not promote the sale or use of tobacco products.',
  },
  {
    pattern: /get rich|guaranteed income|dinheiro garantido|double your money/i,
    policy: 'Unacceptable Business Practices',
    text: 'Ads must not promote schemes with misleading or deceptive promises.',
  },
  { pattern: /\bf+u+c+k|\bshit\b/i, policy: 'Grammar and Profanity', text: 'Ads must not contain profanity.' },
];

/** The policies a creative's words break; empty when it may run. */
export function brokenPolicies(creative: GraphObject | null): Record<string, string> {
  const words = creative ? JSON.stringify(creative.data) : '';
  return Object.fromEntries(
    POLICIES.filter(({ pattern }) => pattern.test(words)).map(({ policy, text }) => [policy, text]),
  );
}

/** Queues an ad for review: one to three hours of the world's time. */
export function queueReview(world: World, ad: GraphObject, creative: GraphObject | null, nowMs: number): void {
  const round = Math.floor(nowMs / 1000);
  const hours = seeded(world.seed, 'review', ad.ordinal, round).between(1, 3);
  const broken = brokenPolicies(creative);
  ad.hidden.reviewStartMs = nowMs;
  ad.hidden.reviewDoneMs = nowMs + Math.round(hours * HOUR_MS);
  ad.hidden.disapproval = Object.keys(broken).length > 0 ? broken : undefined;
}

const IN_PROCESS_MS = 20_000;

/** Where the review of an ad stands. */
export function reviewState(
  ad: GraphObject,
  nowMs: number,
): 'IN_PROCESS' | 'PENDING_REVIEW' | 'DISAPPROVED' | 'APPROVED' {
  const { reviewStartMs = ad.createdMs, reviewDoneMs = ad.createdMs, disapproval } = ad.hidden;
  if (nowMs < reviewDoneMs) return nowMs < reviewStartMs + IN_PROCESS_MS ? 'IN_PROCESS' : 'PENDING_REVIEW';
  return disapproval ? 'DISAPPROVED' : 'APPROVED';
}
