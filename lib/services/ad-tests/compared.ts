import type { AdTestTerms } from '../../domain/ad-test';
import type { Plan } from '../../domain/plan';
import { agesSentence, placeSentence } from '../../words/en/audience';

/** What a comparison compares, as the owner knows it: an ad by its picture and words, a group by who sees it. */
export function comparedIn(
  { level, arms }: Pick<AdTestTerms, 'level' | 'arms'>,
  plan: Plan,
): { key: string; name: string; text: string; picture: string | null }[] {
  return arms.map((key) => {
    if (level === 'adset') {
      const group = plan.adSets.find((adSet) => adSet.key === key);
      const likes = group?.targeting.interests.map(({ name }) => name).join(', ');
      const who = group
        ? [placeSentence(group.targeting, 'en'), agesSentence(group.targeting), likes].filter(Boolean).join(' · ')
        : '';
      return { key, name: group?.name ?? key, text: who, picture: group?.ads[0]?.images.square ?? null };
    }
    const ad = plan.adSets.flatMap(({ ads, reserves }) => [...ads, ...reserves]).find((one) => one.key === key);
    return { key, name: ad?.headline ?? key, text: ad?.primaryText ?? '', picture: ad?.images.square ?? null };
  });
}
