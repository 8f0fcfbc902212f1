import { normaliseWebsite } from '../../../../domain/website';

const ADDRESS = /\b(?:https?:\/\/)?(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24})(?:\/[^\s,;]*)?/gi;
const NONE = new RegExp(
  [
    "\\b(?:no|without(?: a| any)?|don'?t have(?: a| any)?|do not have(?: a| any)?|haven'?t(?: got)?(?: a| any)?|have no|there is no|there'?s no|not have(?: a| any)?|don'?t own a)\\s+(?:own\\s+|real\\s+|proper\\s+)?(?:web\\s?-?site|site|web\\s?page|homepage|online shop|url|domain)",
    '\\bweb\\s?-?site\\s*[:?-]?\\s*(?:no|none|not yet|nope|n/?a)\\b',
    '\\b(?:just|only)\\s+(?:an?\\s+|on\\s+|have\\s+|our\\s+|the\\s+)*(?:facebook|instagram|insta|fb)(?:\\s+(?:page|account|profile))?\\b',
  ].join('|'),
  'i',
);

/** An address the owner wrote, null for "no website", undefined when nothing was said about one. */
export function findWebsite(text: string): string | null | undefined {
  const withoutMail = text.replace(/\S+@\S+/g, ' ');
  for (const [candidate] of withoutMail.matchAll(ADDRESS)) {
    if (/^(?:e\.g|i\.e|a\.m|p\.m|etc\.)/i.test(candidate)) continue;
    if (/^(?:www\.)?(?:instagram|facebook|fb|tiktok|linktr)\./i.test(candidate.replace(/^https?:\/\//i, ''))) continue;
    if (looksLikeSentenceEnd(candidate)) continue;
    const url = normaliseWebsite(candidate);
    if (url) return url;
  }
  return NONE.test(text) ? null : undefined;
}

/** "great bread.Come by" has a dot but is no address: endings are checked against what domains really end in. */
function looksLikeSentenceEnd(candidate: string): boolean {
  if (/^https?:|^www\.|\//i.test(candidate)) return false;
  const ending = candidate.slice(candidate.lastIndexOf('.') + 1).toLowerCase();
  return !(
    ending.length === 2 ||
    /^(com|net|org|shop|store|info|biz|app|dev|online|site|cafe|bar|pizza|salon|beauty|studio|design|services|restaurant|bakery|cat|eco|london|berlin|paris|nyc|example|test|agency|coffee|pet|fit|yoga|kitchen|garden|house|flowers|wine|beer|art|photo|media)$/.test(
      ending,
    )
  );
}

/** A bare answer to "do you have a website?". */
export function readWebsiteAnswer(text: string): string | null | undefined {
  const found = findWebsite(text);
  if (found !== undefined) return found;
  return /^\s*(?:no+|nope|none|not yet|no,? (?:not yet|i don'?t|we don'?t|sorry)|nothing|n\/?a|i don'?t|we don'?t|don'?t have one|we have none|haven'?t)\b/i.test(
    text,
  )
    ? null
    : undefined;
}
