import { kindOf } from '../../../../domain/business-kind';
import { findGoal } from './goal';
import { findAmounts } from './money';
import { findPlaces } from './places';
import { findWebsite } from './website';

export type Listed = { business?: string; location?: string; product?: string; audience?: string };

const PEOPLE =
  /^(?:mostly |mainly |for |young |older |working |busy |local |small )*(?:women|men|families|parents|mums|moms|couples|students|tourists|professionals|seniors|pensioners|children|kids|teenagers|home ?owners|landlords|tenants|brides|commuters|locals|neighbou?rs|office workers|expats|beginners|adults|freelancers|runners|(?:dog|pet|cat|car) owners|travell?ers)\b/i;
const PLACE =
  /^(?:in |near )?\p{Lu}[\p{L}'’.-]+(?: (?:(?:de|da|do|dos|das|del|la|le|upon|on|of|am) )?\p{Lu}[\p{L}'’.-]+){0,3}$/u;
const SENTENCE = /\b(?:i|we|my|our|you|it|they|want|wants|need|is|are|have|has|no|not|yes|open|since|years?)\b/i;
const LEAST_PARTS = 3;

/**
 * A message in headings ("nail salon, Vila Nova de Gaia, 200 € a month, women 20-40, gel nails"): what each part is. Null where
 * the commas are those of an ordinary sentence.
 */
export function readList(text: string): Listed | null {
  const parts = text
    .split(/,\s+|;\s*|\n+|!\s+|\.\s+/)
    .map((part) => part.trim().replace(/[.!]+$/, ''))
    .filter(Boolean);
  const short = parts.filter((part) => part.split(/\s+/).length <= 6);
  if (parts.length < LEAST_PARTS || short.length < parts.length) return null;
  const found: Listed = {};
  for (const part of parts) {
    if (findAmounts(part).length > 0 || findWebsite(part) !== undefined || findGoal(part, false)) continue;
    if (PEOPLE.test(part)) found.audience ??= sentence(part);
    else if (!found.business && !SENTENCE.test(part) && kindOf(part) !== 'generic') found.business = sentence(part);
    else if (found.business && !found.location && (findPlaces(part).length > 0 || PLACE.test(part)))
      found.location = part.replace(/^(?:in|near) /i, '');
    else if (found.business && !found.product && !SENTENCE.test(part) && part.split(/\s+/).length <= 4)
      found.product = sentence(part);
  }
  return found.business ? found : null;
}

const sentence = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);
