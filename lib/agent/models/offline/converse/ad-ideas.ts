import { unsafeClaim } from '../../../../domain/ad-claims';
import type { Goal } from '../../../../domain/brief';
import { kindOf } from '../../../../domain/business-kind';
import { adTexts, buttonOf } from '../../../../words/en/ad-copy';
import { agentWords } from '../../../../words/en/agent';
import type { View } from '../reply';
import { findPlaces, withArticle } from '../understand/places';

type BriefSeen = View['state']['brief'];
export type Idea = { idea: string; headline: string; primaryText: string; callToAction: string };

/** Three ads and two spares from the brief's own words; each turn of `variation` begins with another thought. */
export function adIdeas(brief: BriefSeen, variation: number): { ads: Idea[]; reserves: Idea[] } {
  const kind = kindOf(`${brief.businessDescription ?? ''} ${brief.product ?? ''}`);
  const goal = (brief.goal ?? 'LEADS') as Goal;
  const special =
    brief.uniqueSellingPoint && brief.uniqueSellingPoint !== agentWords.notNamedYet ? brief.uniqueSellingPoint : null;
  const place = findPlaces(brief.location ?? '')[0];
  const facts = {
    product: brief.product ?? brief.businessDescription ?? '',
    town: withArticle(brief.location?.split(',')[0]?.trim() ?? ''),
    name: brief.businessName ?? null,
    goal,
    local: place === undefined || place.kind === 'town',
    // What may not run as an ad is left out; the rest of the brief stands.
    special: special && !unsafeClaim(special) ? special : null,
  };
  const ideas = adTexts(kind, facts).map((text) => ({ ...text, callToAction: buttonOf(kind, goal) }));
  const turned = ideas
    .map((_, index) => ideas[(index + variation * 2) % ideas.length])
    .filter((idea) => idea !== undefined);
  return { ads: turned.slice(0, 3), reserves: turned.slice(3, 5) };
}

type Audience = { cities?: string[]; specialAdCategories?: string[] };

/** Around the owner's town; a whole country stays whole. Topics under stricter rules are marked as such. */
export function audienceFor(brief: BriefSeen): Audience {
  const place = findPlaces(brief.location ?? '')[0];
  const audience: Audience = place && place.kind !== 'town' ? { cities: [] } : {};
  const about = `${brief.businessDescription ?? ''} ${brief.product ?? ''} ${brief.targetAudience ?? ''}`;
  const categories = [
    ...(/\b(?:hiring|vacanc\w+|job (?:ads?|offers?)|recruit\w*|staffing|job seekers)\b/i.test(about)
      ? ['EMPLOYMENT']
      : []),
    ...(/\b(?:real estate|estate agen\w+|realtor|apartments? (?:for|to) rent|houses? for sale|lettings?|property management)\b/i.test(
      about,
    )
      ? ['HOUSING']
      : []),
    ...(/\b(?:loans?|mortgages?|credit|insurance|lending|investments?)\b/i.test(about)
      ? ['FINANCIAL_PRODUCTS_SERVICES']
      : []),
  ];
  return categories.length > 0 ? { ...audience, specialAdCategories: categories } : audience;
}
