import type { Goal } from '../../domain/brief';
import type { LeadFormDraft } from '../../domain/lead-form';
import type { Money } from '../../domain/money';
import type { PlanAd, PlanAdSet, PlanTargeting } from '../../domain/plan';

type Dsa = { payor: string; beneficiary: string } | null;
type ImageHashes = { square: string; portrait: string; story: string };

/** Everything this product can ask of an ad platform. */
export type PlatformWrite =
  | { kind: 'upload_image'; sha256: string; bytes: () => Promise<Uint8Array> }
  | {
      kind: 'create_campaign';
      name: string;
      goal: Goal;
      specialAdCategories: string[];
      spendCap: Money | null;
      countries: string[];
    }
  | {
      kind: 'create_ad_set';
      name: string;
      campaignRemoteId: string;
      goal: Goal;
      adSet: PlanAdSet;
      pageId: string;
      pixelId: string | null;
      dsa: Dsa;
      /** The form in which people leave their details, for goal LEADS without a site. */
      leadFormId?: string;
    }
  | {
      kind: 'create_creative';
      name: string;
      ad: PlanAd;
      imageHashes: ImageHashes;
      pageId: string;
      instagramId: string | null;
      urlTags: string;
      leadFormId?: string;
    }
  /** A form in which people leave their details, published on the Page; it cannot be changed afterwards. */
  | { kind: 'create_lead_form'; name: string; pageId: string; form: LeadFormDraft }
  | { kind: 'create_ad'; name: string; adSetRemoteId: string; creativeRemoteId: string }
  | { kind: 'set_status'; level: 'campaign' | 'adset' | 'ad'; remoteId: string; status: 'ACTIVE' | 'PAUSED' }
  | { kind: 'set_ad_set_budget'; remoteId: string; dailyBudget: Money }
  | { kind: 'set_ad_set_audience'; remoteId: string; targeting: PlanTargeting }
  /** Over the campaign's whole life. */
  | { kind: 'set_spend_cap'; remoteId: string; spendCap: Money }
  /** `endsAt`: ISO instant. */
  | { kind: 'set_ad_set_end'; remoteId: string; endsAt: string }
  /** Lives at the platform and pauses the campaign where one day costs more. */
  | { kind: 'set_stop_rule'; name: string; campaignRemoteId: string; perDay: Money }
  /** Another amount on the rule that stands there. */
  | { kind: 'change_stop_rule'; remoteId: string; campaignRemoteId: string; perDay: Money }
  /** Has the platform draw by lot who may see which ad sets; instants, ISO. */
  | {
      kind: 'create_draw';
      name: string;
      ownerId: string;
      startsAt: string;
      endsAt: string;
      cells: { name: string; sharePercent: number; adSetIds: string[] }[];
    }
  /** `endsAt` null: it has not begun, and is deleted. */
  | { kind: 'end_draw'; remoteId: string; endsAt: string | null }
  | { kind: 'set_ad_creative'; remoteId: string; creativeRemoteId: string }
  /** For good: a second copy of our own made by a call that was thought lost, or what the owner approved to delete. */
  | { kind: 'remove'; level: 'campaign' | 'adset' | 'ad'; remoteId: string };
