/** Words that decide what a message means, and that a hurried thumb gets wrong. */
const WORDS = [
  'bakery',
  'birthday',
  'restaurant',
  'hairdresser',
  'plumber',
  'electrician',
  'photographer',
  'florist',
  'flowers',
  'wedding',
  'website',
  'customers',
  'bookings',
  'messages',
  'families',
  'children',
  'everything',
  'business',
  'facebook',
  'instagram',
  'budget',
  'euros',
  'pounds',
  'dollars',
  'small',
  'cakes',
  'tourists',
  'students',
  'Lisbon',
  'Porto',
  'Braga',
  'London',
].map((word) => ({ word, lower: word.toLowerCase() }));
/** Short slips that a rule of one letter would not find, or would find too often. */
const SLIPS: Record<string, string> = {
  hav: 'have',
  smal: 'small',
  wit: 'with',
  wnat: 'want',
  teh: 'the',
  mnth: 'month',
  moneys: 'money',
  familys: 'families',
  adn: 'and',
  buisness: 'business',
  bussiness: 'business',
  resturant: 'restaurant',
  restaraunt: 'restaurant',
  evry: 'every',
  frm: 'from',
  becuase: 'because',
  wanna: 'want to',
  gonna: 'going to',
  websit: 'website',
  costumers: 'customers',
  peple: 'people',
};

/** The same text with plain slips of the keyboard put right; anything that could be a word of its own stays. */
export function withoutTypos(text: string): string {
  return text.replace(/(?<![\p{L}@.\d-])\p{L}{3,14}(?![\p{L}@\d-]|\.\p{L})/gu, (written) => {
    const lower = written.toLowerCase();
    const right = SLIPS[lower] ?? WORDS.find((known) => isSlipOf(lower, known.lower))?.word;
    return right ? withItsCapital(right, written) : written;
  });
}

/** Two neighbours swapped, or one letter in the middle missing or too many. The first letter is never doubted. */
function isSlipOf(written: string, word: string): boolean {
  if (written === word || written[0] !== word[0] || written.length < 4) return false;
  if (written.length === word.length) {
    const at = [...written].findIndex((letter, index) => letter !== word[index]);
    const swapped = written.slice(0, at) + written[at + 1] + written[at] + written.slice(at + 2);
    return at > 0 && swapped === word;
  }
  const [short, long] = written.length < word.length ? [written, word] : [word, written];
  if (long.length - short.length !== 1 || short.length < 4) return false;
  const at = [...long].findIndex((letter, index) => letter !== short[index]);
  // A missing or an added last letter is a singular or a plural.
  return at > 0 && at < long.length - 1 && long.slice(0, at) + long.slice(at + 1) === short;
}

function withItsCapital(right: string, written: string): string {
  return /^\p{Lu}/u.test(written) ? right.charAt(0).toUpperCase() + right.slice(1) : right;
}
