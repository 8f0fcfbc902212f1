import type { BriefInput } from '../../../tools/brief-input';
import { findWebsite, readWebsiteAnswer } from './website';

/** Somebody who wants people to leave a name and a number, rather than to write. */
export const FORM_WORDS =
  /\b(?:an?|the|by|our|my|contact|leads?|sign[- ]?up|enquiry|inquiry|booking|instant|facebook)\s+forms?\b(?! of)|\bfill (?:in|out)\b|\bleav(?:e|ing)\s+(?:(?:me|us)\s+)?(?:their|your|an?|the)\s+(?:names?|(?:phone )?numbers?|details|contacts?|e-?mails?)\b|\bcontact details\b|\b(?:collect|gather)\w*\b.{0,30}\b(?:numbers|e-?mails?|addresses|contacts|details)\b/i;

function wantsForm(text: string): boolean {
  return (
    FORM_WORDS.test(text) && !/\b(?:no|not|without|don'?t|instead of|rather than)\b[^.!?]{0,20}\bforms?\b/i.test(text)
  );
}

type Asked = {
  known: { goal?: string; websiteUrl?: string | null; privacyPolicyUrl?: string | null };
  pending: readonly string[];
  earlier: readonly string[];
};

/** The address of the privacy notice: asked for, named as such, or the only address a business without a site can mean. */
export function hearPrivacyNotice(text: string, { known, pending }: Asked, patch: BriefInput): void {
  const isAsked = pending.includes('privacyPolicyUrl') && known.privacyPolicyUrl === undefined;
  const isMeant = known.websiteUrl === null && known.goal === 'LEADS' && !/\bweb\s?-?site\b/i.test(text);
  const said = isAsked ? readWebsiteAnswer(text) : findWebsite(text);
  if (said === undefined || !(isAsked || (said !== null && (isMeant || /\bprivacy\b/i.test(text))))) return;
  patch.privacyPolicyUrl = said;
  delete patch.websiteUrl;
}

/**
 * Orders online and visitors need a website to be counted on; without one people write to the business instead, which
 * Facebook counts by itself. Enquiries stay enquiries where the owner wants a form: that one stands on Facebook.
 */
export function settleGoalWithoutSite(text: string, { known, earlier }: Asked, patch: BriefInput): void {
  if (known.websiteUrl === null && known.goal === 'MESSAGES' && wantsForm(text)) patch.goal = 'LEADS';
  if (patch.websiteUrl === undefined && patch.goal === undefined) return;
  const website = patch.websiteUrl !== undefined ? patch.websiteUrl : known.websiteUrl;
  if (website !== null) return;
  const goal = patch.goal ?? known.goal;
  const inForm = goal === 'LEADS' && [text, ...earlier].some(wantsForm);
  if (goal === 'SALES' || goal === 'TRAFFIC' || (goal === 'LEADS' && !inForm)) patch.goal = 'MESSAGES';
}
