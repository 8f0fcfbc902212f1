import { kindOf } from '../../../../domain/business-kind';
import type { BriefInput } from '../../../tools/brief-input';
import { askedAbout, isQuestion } from './asked';
import { hearMoney } from './budget';
import { findBusiness, findBusinessName, readBusinessAnswer } from './business';
import { hearPrivacyNotice, settleGoalWithoutSite } from './form';
import { findGoal, isOnlineShop, readGoalAnswer } from './goal';
import { intentOf, isCorrection, looksForeign } from './intent';
import { readList } from './listed';
import type { AskField, Known, Listening } from './listening';
import { findLocation, movesTheBusiness, readLocationAnswer } from './location';
import { findAmounts, findCurrency } from './money';
import { findAudience, findSpecial, isEmptyAnswer, readFreeAnswer } from './people';
import { findPlaces } from './places';
import { findProduct, readProductAnswer } from './product';
import { withoutTypos } from './typos';
import { findWebsite, readWebsiteAnswer } from './website';

export type Heard = {
  patch: BriefInput;
  /** An amount was said, but in which money is unknown. */
  currencyUnclear: boolean;
};

/** Everything a message says about the business, given what is known and what was just asked. */
export function listen(written: string, to: Listening): Heard {
  const text = withoutTypos(written).replace(/^\s*something (?:has )?changed in my business:?\s*/i, '');
  const patch: BriefInput = {};
  const { known, pending } = to;
  const correcting = isCorrection(text);
  const asked = (field: AskField) => pending.includes(field);
  const open = (field: keyof Known) => known[field] === undefined || correcting || to.complete === true;

  // A question asks; what it mentions is no answer.
  const told = withoutQuestions(text);
  const plain = withoutAddresses(told);
  const listed = pending.length === 0 || asked('businessDescription') ? readList(text) : null;
  const name = findBusinessName(text);
  if (name) patch.businessName = name;
  const business = known.businessDescription === undefined || correcting ? findBusiness(plain) : undefined;
  if (listed?.business && known.businessDescription === undefined) patch.businessDescription = listed.business;
  else if (business)
    patch.businessDescription = business.description.replace(
      /\s+(?:called|named)\s+.*?(?=\s+(?:in|near|at|on|from)\s|$)/i,
      '',
    );

  const listedPlace =
    listed?.location && !findPlaces(text).some(({ kind }) => kind === 'town') ? listed.location : null;
  const place = findLocation(text) ?? (listedPlace ? { location: listedPlace, country: undefined } : undefined);
  const countryMissing = known.location !== undefined && !known.country && !correcting;
  const onlyCountry = findPlaces(text).every(({ kind }) => kind === 'country') && place?.country;
  if (countryMissing && onlyCountry) patch.country = onlyCountry;
  else if (
    place &&
    (known.location === undefined ||
      asked('location') ||
      (open('location') && (movesTheBusiness(text) || isPlaceOnly(text))))
  ) {
    patch.location = place.location;
    if (place.country !== undefined) patch.country = place.country;
  }
  if (asked('country') && !patch.location) {
    const country = findPlaces(text).find((found) => found.country !== null)?.country;
    if (country) patch.country = country;
    else if (to.askedOften('country') > 1 && isEmptyAnswer(text)) patch.country = null;
  }

  const website = asked('websiteUrl') ? readWebsiteAnswer(text) : open('websiteUrl') ? findWebsite(text) : undefined;
  if (website !== undefined) patch.websiteUrl = website;
  hearPrivacyNotice(text, to, patch);

  const shop = isOnlineShop(`${known.businessDescription ?? ''} ${text}`);
  // A word or two that name a goal are one, asked for or not.
  const goal =
    asked('goal') || (known.goal === undefined && text.trim().split(/\s+/).length <= 2)
      ? readGoalAnswer(told, shop)
      : open('goal')
        ? findGoal(told, shop)
        : undefined;
  if (goal) patch.goal = goal;

  if (open('product')) {
    const product = findProduct(plain);
    if (product) patch.product = alsoSold(text, known.product, product);
  }
  if (known.product === undefined && listed?.product) patch.product ??= listed.product;
  if (known.targetAudience === undefined && listed?.audience) patch.targetAudience = listed.audience;
  if (open('targetAudience') && !asked('targetAudience') && !patch.targetAudience) {
    const audience = findAudience(told);
    if (audience) patch.targetAudience = audience;
  }
  if (open('uniqueSellingPoint') && !asked('uniqueSellingPoint')) {
    const special = findSpecial(plain);
    if (special && !patch.businessDescription?.toLowerCase().includes(special.toLowerCase().slice(0, 12)))
      patch.uniqueSellingPoint = special;
  }

  const currencyUnclear = hearMoney(text, to, patch, correcting);
  // A piece of news answers no question that was open.
  const news = text !== withoutTypos(written);
  if (!news && !isTalk(text) && !(looksForeign(text) && pending.every((field) => to.askedOften(field) < 2)))
    hearDirectAnswers(text, to, patch);
  hearNamedChange(text, patch, shop);
  settleGoalWithoutSite(text, to, patch);
  return { patch, currencyUnclear };
}

/** Answers to the question just asked: what is not a structured fact is the free answer. */
function hearDirectAnswers(text: string, to: Listening, patch: BriefInput): void {
  const { pending } = to;
  if (pending.includes('location') && !patch.location) {
    // Beside a question that wants a free answer, only a place that is known as one counts.
    const free = pending.some((field) =>
      ['businessDescription', 'product', 'targetAudience', 'uniqueSellingPoint'].includes(field),
    );
    const rest = free || isEmptyAnswer(text) ? undefined : readLocationAnswer(text);
    if (rest) {
      patch.location = rest.location;
      if (rest.country !== undefined) patch.country = rest.country;
    }
  }
  if (pending.includes('customerValue') && patch.customerValue === undefined && sentences(text).some(isEmptyAnswer))
    patch.customerValue = null;
  if (describesNothing(text)) return;
  if (pending.includes('businessDescription') && !patch.businessDescription) {
    const left = leftOver(text, patch);
    const answer = isEmptyAnswer(left) ? undefined : readBusinessAnswer(left);
    if (answer) patch.businessDescription = answer.description;
  }
  if (pending.includes('product') && !patch.product) {
    const left = leftOver(text, patch);
    const answer = isEmptyAnswer(left) ? undefined : readProductAnswer(left);
    if (answer) patch.product = answer;
  }
  for (const field of ['targetAudience', 'uniqueSellingPoint'] as const) {
    if (!pending.includes(field) || patch[field]) continue;
    const answer = readFreeAnswer(leftOver(text, patch));
    if (answer) patch[field] = answer;
  }
}

/** A question, a greeting or a remark to us is no answer to what was asked. */
export function isTalk(text: string): boolean {
  const talk = [
    'injection',
    'guarantee',
    'who_are_you',
    'privacy',
    'price',
    'how_it_works',
    'banned',
    'upset',
    'thanks',
    'greeting',
    'off_topic',
    'confused',
    'stop',
    'status',
    'why',
    'undo',
    'approve',
  ];
  return (
    /\?\s*$/.test(text) ||
    /^\s*(?:please|show me|tell me|draft|write me)\b/i.test(text) ||
    isQuestion(text) ||
    askedAbout(text) !== null ||
    talk.includes(intentOf(text))
  );
}

/** The sentences that tell something; a short "bakery?" does, "how many customers will I get?" does not. */
function withoutQuestions(text: string): string {
  const kept = text.split(/(?<=[.!?\n])\s+/).filter((sentence) => !isQuestion(sentence));
  return kept.join(' ');
}

/** "We also do cupcakes" adds to what is sold, it does not replace it. */
function alsoSold(text: string, before: string | undefined, product: string): string {
  if (!before || !/\b(?:also|too|as well)\b/i.test(text)) return product;
  const added = product.charAt(0).toLowerCase() + product.slice(1);
  return before.toLowerCase().includes(added.toLowerCase()) ? before : `${before} and ${added}`;
}

/** A place, a sum, a currency or a goal, said once more: no customer, no product and nothing special. */
function describesNothing(text: string): boolean {
  const short = text.trim().split(/\s+/).length <= 2;
  return (
    isPlaceOnly(text) ||
    !/\p{L}/u.test(text) ||
    (short && findCurrency(text) !== null) ||
    /^\s*(?:more )?(?:messages?|(?:phone )?calls?|bookings?|visits|visitors|(?:online )?sales|leads|enquiries|appointments)[\s.!]*$/i.test(
      text,
    )
  );
}

/** Nothing but a place, perhaps with a small word before it. */
function isPlaceOnly(text: string): boolean {
  const covered = findPlaces(text).reduceRight(
    (rest, place) => rest.slice(0, place.index) + rest.slice(place.end),
    text,
  );
  return (
    covered !== text &&
    /^[\s,.!]*(?:(?:we(?:'re| are)|i(?:'m| am)|it'?s|in|near|around|from|the|based|located|yes)\s*)*[\s,.!]*$/i.test(
      covered,
    )
  );
}

/** "candles at waxandwick.co.uk" is about candles. */
function withoutAddresses(text: string): string {
  return text.replace(
    /\s*\b(?:at|on|via|from|through)?\s*\b(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:com|net|org|shop|store|[a-z]{2})(?:\/\S*)?\b/gi,
    ' ',
  );
}

const sentences = (text: string) =>
  text
    .split(/[.!?;\n]+(?=\s|$)/)
    .map((part) => part.trim())
    .filter(Boolean);

/** The parts of an answer that no structured fact was read from. */
function leftOver(text: string, patch: BriefInput): string {
  const spoken = Object.keys(patch).some((field) =>
    ['websiteUrl', 'privacyPolicyUrl', 'monthlyBudget', 'customerValue', 'location', 'country', 'goal'].includes(field),
  );
  if (!spoken) return text;
  const clauses = text.split(
    /[.!?;\n]+(?=\s|$)|,\s+|\s+(?:and|but)\s+(?=(?:we|i|no|my|our|the|about|around|it)\b)|\s+[-–—]\s+/i,
  );
  const kept = clauses.filter((clause) => {
    const part = clause?.trim() ?? '';
    if (part === '' || /^(?:yes|no|nope|none)$/i.test(part)) return false;
    if ((patch.location ?? patch.country) && isPlaceOnly(part)) return false;
    if (patch.websiteUrl !== undefined && findWebsite(part) !== undefined) return false;
    if (patch.privacyPolicyUrl !== undefined && readWebsiteAnswer(part) !== undefined) return false;
    if ((patch.monthlyBudget ?? patch.customerValue) && findAmounts(part).length > 0) return false;
    return !(patch.customerValue === null && isEmptyAnswer(part));
  });
  return kept.map((clause) => clause.trim()).join(', ');
}

const NAMED_CHANGE =
  /\b(?:change|set|update|make|correct|put)\s+(?:my |the |our )?(?<field>location|place|town|city|goal|website|site|name|product|audience|customers|description|business)\s+(?:to|into|as|is|=|:)\s*(?<value>.+)$/i;

/** "Change the location to Braga": the owner names the field. */
function hearNamedChange(text: string, patch: BriefInput, shop: boolean): void {
  const groups = NAMED_CHANGE.exec(text)?.groups;
  const value = groups?.value?.trim().replace(/[.!]+$/, '');
  if (!groups?.field || !value) return;
  const field = groups.field.toLowerCase();
  if (/location|place|town|city/.test(field)) {
    const place = readLocationAnswer(value);
    if (place) {
      patch.location = place.location;
      if (place.country !== undefined) patch.country = place.country;
    }
  } else if (field === 'goal') {
    const goal = readGoalAnswer(value, shop);
    if (goal) patch.goal = goal;
  } else if (/site/.test(field)) {
    const website = readWebsiteAnswer(value);
    if (website !== undefined) patch.websiteUrl = website;
  } else if (field === 'name') patch.businessName = value;
  else if (field === 'product') patch.product = value;
  else if (/audience|customers/.test(field)) patch.targetAudience = value;
  else if (kindOf(value) !== 'generic' || value.length > 3) patch.businessDescription = value;
}
