/** Kinds of business there are words and pictures for; everything else is 'generic'. */
export const BUSINESS_KINDS = [
  'bakery',
  'salon',
  'barber',
  'plumber',
  'electrician',
  'builder',
  'cleaner',
  'restaurant',
  'cafe',
  'bar',
  'florist',
  'shop',
  'online-shop',
  'gym',
  'yoga',
  'dentist',
  'clinic',
  'vet',
  'pet',
  'photographer',
  'teacher',
  'garage',
  'hotel',
  'estate',
  'lawyer',
  'accountant',
  'garden',
  'travel',
  'app',
  'craft',
  'generic',
] as const;
export type BusinessKind = (typeof BUSINESS_KINDS)[number];

const SHAPES: readonly [BusinessKind, RegExp][] = [
  ['app', /\b(?:mobile app|phone app|an app|our app|my app|app for)\b/i],
  ['online-shop', /\b(?:online (?:shop|store|boutique|business)|web ?shop|e-?commerce|etsy|shopify)\b/i],
  [
    'bakery',
    /\b(?:bakery|bakeries|baker|patisserie|pastry|pastries|cake shop|cake maker|cakes?|padaria|boulangerie|cupcakes?|bread)\b/i,
  ],
  ['barber', /\b(?:barber ?shop|barbers?)\b/i],
  [
    'salon',
    /\b(?:hair ?(?:dresser|dressers|dressing|salon|stylist)|salon|beauty|nails?|manicure|lash(?:es)?|spa|make-?up|massage|waxing|cosmetician)\b/i,
  ],
  ['plumber', /\b(?:plumb(?:er|ers|ing)|boiler|heating|drains?)\b/i],
  ['electrician', /\b(?:electrician|electricians|electrical|solar panels?|hvac|air con(?:ditioning)?)\b/i],
  ['cleaner', /\b(?:clean(?:er|ers|ing)(?: company| service| business)?|laundry|window clean\w+)\b/i],
  ['garden', /\b(?:garden(?:er|ers|ing)|landscap\w+|lawn|tree surgeon)\b/i],
  [
    'builder',
    /\b(?:builder|builders|construction|roof(?:er|ers|ing)|carpenter|joiner|painter|painting|renovat\w+|kitchens?|handyman|tiler|flooring|locksmith|movers?|moving company|removals?)\b/i,
  ],
  ['cafe', /\b(?:cafe|coffee ?(?:shop|house|bar)?|tea ?(?:room|house)|espresso)\b/i],
  [
    'restaurant',
    /\b(?:restaurant|bistro|pizzeria|pizza|trattoria|diner|sushi|ramen|burger|taqueria|tapas|food truck|catering|caterer|take-?away|kebab|noodle\w*|grill|steak ?house|ice cream|gelato\w*)\b/i,
  ],
  ['bar', /\b(?:pub|wine bar|cocktail bar|brewery|bar|taproom|winery|vineyard)\b/i],
  ['florist', /\b(?:florist|flower ?(?:shop|store)|flowers|bouquets?)\b/i],
  ['yoga', /\b(?:yoga|pilates|meditation|dance (?:studio|school))\b/i],
  ['gym', /\b(?:gym|crossfit|personal train(?:er|ing)|fitness|martial arts|boxing|karate|climbing)\b/i],
  ['dentist', /\b(?:dentist|dental|orthodont\w+)\b/i],
  ['vet', /\b(?:vet|vets|veterinar\w+|animal clinic)\b/i],
  [
    'pet',
    /\b(?:dog (?:groom\w*|walk\w*|train\w*|sitter|daycare)|pet (?:shop|store|sitt\w+|groom\w*)|kennels?|cattery)\b/i,
  ],
  [
    'clinic',
    /\b(?:physio\w*|clinic|osteopath|chiropract\w+|therapist|doctor|psycholog\w+|nutritionist|optician|podiatrist|acupunctur\w+)\b/i,
  ],
  ['photographer', /\b(?:photograph(?:er|ers|y)|videograph\w+|film ?maker)\b/i],
  [
    'teacher',
    /\b(?:tutor(?:s|ing)?|teacher|teach|school|lessons?|classes|courses?|kindergarten|nursery|driving school|coach(?:ing)?)\b/i,
  ],
  [
    'garage',
    /\b(?:garage|mechanic|car (?:repair\w*|wash|detailing|dealer\w*)|auto (?:shop|repair)|bike (?:shop|repair)|bikes?|bicycles?|tyres?|tires?)\b/i,
  ],
  [
    'hotel',
    /\b(?:hotel|b&b|bed and breakfast|guest ?house|hostel|airbnb|holiday (?:home|let|apartment)s?|campsite|cottage)\b/i,
  ],
  ['estate', /\b(?:real estate|estate agen\w+|realtor|property (?:management|agency)|lettings?)\b/i],
  ['lawyer', /\b(?:lawyer|attorney|law firm|solicitor|notary)\b/i],
  ['accountant', /\b(?:accountants?|accounting|bookkeep\w+|tax (?:advisor|adviser|consultant))\b/i],
  ['travel', /\b(?:travel agency|tours?\b(?! de)|tour guide|boat trips?|surf(?:ing)? school|diving|excursions?)\b/i],
  [
    'craft',
    /\b(?:handmade|hand-made|jewel(?:le)?ry|candles?|soaps?|pottery|ceramics?|leather|knit\w*|sewing|tailor|embroider\w*|furniture|woodwork\w*|prints?|cards)\b/i,
  ],
  [
    'shop',
    /\b(?:shop|store|boutique|bookshop|bookstore|grocer\w*|butcher\w*|cheese|deli|wine shop|market stall|clothes|clothing|fashion|shoes|toys?|furniture)\b/i,
  ],
];

/** The kind a description speaks of, by its own words. */
export function kindOf(text: string): BusinessKind {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
  return SHAPES.find(([, shape]) => shape.test(plain))?.[0] ?? 'generic';
}
