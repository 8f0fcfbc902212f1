import type { Goal } from '../../domain/brief';
import type { CallToAction } from '../../domain/plan';

/** Facts an ad may use: the owner's own, nothing else. */
export type AdFacts = {
  product: string;
  town: string;
  name: string | null;
  /** The place is a town one can walk through, not a whole country or state. */
  local: boolean;
  /** What the owner said makes it special; null when nothing was named. */
  special: string | null;
  goal: Goal;
};
export type AdText = { idea: string; headline: string; primaryText: string };

type Tone = {
  /** What such a business is called: "your bakery in Porto". */
  noun: string;
  /** A question people in that moment ask themselves. */
  hook: string;
  /** One true-to-life line that claims nothing about this business. */
  scene: string;
  button: CallToAction;
};

const tone = (noun: string, hook: string, scene: string, button: CallToAction): Tone => ({ noun, hook, scene, button });

const TONES: Record<string, Tone> = {
  bakery: tone('bakery', 'Something to celebrate?', 'Every party has a moment everybody waits for.', 'CONTACT_US'),
  salon: tone(
    'salon',
    'Time for a change?',
    'Some days all you need is an hour for yourself and a good mirror.',
    'BOOK_NOW',
  ),
  barber: tone('barber shop', 'Due for a trim?', 'A good cut makes the whole week look better.', 'BOOK_NOW'),
  plumber: tone('plumber', 'Something dripping?', 'A tap that drips never picks a good moment.', 'GET_QUOTE'),
  electrician: tone(
    'electrician',
    'Lights playing up?',
    'Some jobs at home are better left to somebody who does them every day.',
    'GET_QUOTE',
  ),
  builder: tone(
    'builder',
    'Planning work at home?',
    'The right hands make all the difference to a job at home.',
    'GET_QUOTE',
  ),
  cleaner: tone(
    'cleaning service',
    'Rather do something else?',
    'There are nicer ways to spend an afternoon than cleaning.',
    'GET_QUOTE',
  ),
  restaurant: tone(
    'restaurant',
    'Hungry yet?',
    'Some evenings are made for a good table and somebody else’s cooking.',
    'BOOK_NOW',
  ),
  cafe: tone('café', 'Time for a break?', 'A good cup and ten quiet minutes can save a day.', 'LEARN_MORE'),
  bar: tone('bar', 'Plans for tonight?', 'Good company likes a good place.', 'LEARN_MORE'),
  florist: tone('florist', 'Somebody to surprise?', 'Flowers say it when words come out wrong.', 'CONTACT_US'),
  shop: tone(
    'shop',
    'Looking for something special?',
    'It is nice to see a thing with your own eyes before you choose it.',
    'LEARN_MORE',
  ),
  'online-shop': tone(
    'online shop',
    'Looking for something special?',
    'Sometimes the right thing is only a click away.',
    'SHOP_NOW',
  ),
  gym: tone('gym', 'Ready to move again?', 'The hardest step is the one through the door.', 'BOOK_NOW'),
  yoga: tone('studio', 'Need a quiet hour?', 'An hour on the mat, away from everything else.', 'BOOK_NOW'),
  dentist: tone('dentist', 'Time for a check-up?', 'Teeth are easier to look after than to repair.', 'BOOK_NOW'),
  clinic: tone('practice', 'Taking care of yourself?', 'It helps to have somebody nearby to turn to.', 'BOOK_NOW'),
  vet: tone(
    'vet',
    'Time for a check-up?',
    'They cannot tell us what is wrong, so a vet nearby is good to have.',
    'BOOK_NOW',
  ),
  pet: tone(
    'place for pets',
    'Who has earned a treat?',
    'They look after our mood all day. Now and then it is their turn.',
    'BOOK_NOW',
  ),
  photographer: tone(
    'photographer',
    'A day worth keeping?',
    'Some days deserve more than a picture on a phone.',
    'GET_QUOTE',
  ),
  teacher: tone('teacher', 'Ready to learn something?', 'Learning is easier with somebody beside you.', 'SIGN_UP'),
  garage: tone('garage', 'Hearing a strange noise?', 'New noises are a vehicle’s way of asking for help.', 'GET_QUOTE'),
  hotel: tone(
    'place to stay',
    'Time to get away?',
    'Sometimes a few days somewhere else are all it takes.',
    'BOOK_NOW',
  ),
  estate: tone(
    'estate agent',
    'Thinking of moving?',
    'A move goes better with somebody who knows the streets.',
    'CONTACT_US',
  ),
  lawyer: tone(
    'law office',
    'A letter you don’t understand?',
    'Some letters are easier to read with somebody beside you.',
    'CONTACT_US',
  ),
  accountant: tone('accountant', 'Paperwork piling up?', 'Receipts do not sort themselves.', 'CONTACT_US'),
  garden: tone('gardener', 'The garden is calling?', 'A garden gives back what somebody puts into it.', 'GET_QUOTE'),
  travel: tone('guide', 'Where to next?', 'The best stories begin with leaving the house.', 'BOOK_NOW'),
  app: tone(
    'app',
    'Tried it yet?',
    'Some things are easier with the phone that is in your hand anyway.',
    'INSTALL_APP',
  ),
  craft: tone('workshop', 'Looking for a present?', 'Some things you can tell were made by somebody.', 'SHOP_NOW'),
  generic: tone(
    'business',
    'Just what you need?',
    'Sometimes you simply want somebody who does this every day.',
    'CONTACT_US',
  ),
};

type Invite = { headline: string; lines: readonly [string, string, string]; ease: (product: string) => string };

const asking = (product: string) => `You only have to ask: ${product}.`;
const clicking = (product: string) => `${capital(product)}, and the rest is a click away.`;
const INVITES: Record<Goal, Invite> = {
  MESSAGES: {
    headline: 'Just send us a message',
    ease: asking,
    lines: [
      'Send us a message and tell us what you have in mind.',
      'Write to us here, we are happy to help.',
      'One message is enough to start.',
    ],
  },
  CALLS: {
    headline: 'Just give us a call',
    ease: asking,
    lines: [
      'Give us a call and tell us what you need.',
      'Call us and we talk it through.',
      'One call is enough to start.',
    ],
  },
  LEADS: {
    headline: 'Tell us what you need',
    ease: asking,
    lines: [
      'Tell us what you need and we will get back to you.',
      'Ask us, we are happy to help.',
      'One question is enough to start.',
    ],
  },
  SALES: {
    headline: 'Find yours',
    ease: clicking,
    lines: ['Have a look around our shop.', 'See it all in our shop.', 'Find the one you like.'],
  },
  TRAFFIC: {
    headline: 'Have a look around',
    ease: clicking,
    lines: ['Have a look at our website.', 'Read more on our website.', 'See it all on our website.'],
  },
  APP_INSTALLS: {
    headline: 'Try it on your phone',
    ease: clicking,
    lines: ['Have a look and try it yourself.', 'Get it on your phone.', 'Try it and see.'],
  },
};

const HEADLINE_LENGTH = 40;
const TEXT_LENGTH = 280;

export function buttonOf(kind: string, goal: Goal): CallToAction {
  if (goal === 'MESSAGES') return 'MESSAGE_PAGE';
  if (goal === 'CALLS') return 'CALL_NOW';
  if (goal === 'APP_INSTALLS') return 'INSTALL_APP';
  if (goal === 'SALES') return 'SHOP_NOW';
  return goal === 'TRAFFIC' ? 'LEARN_MORE' : (TONES[kind] ?? fallback).button;
}

const fallback = tone(
  'business',
  'Just what you need?',
  'Sometimes you simply want somebody who does this every day.',
  'CONTACT_US',
);

/** Longer than this, a product no longer fits into a sentence with a place. */
const SHORT_PRODUCT = 45;

/** Five thoughts for one business, each a different way in. Only the owner's own facts appear. */
export function adTexts(kind: string, facts: AdFacts): AdText[] {
  const { noun, hook, scene } = TONES[kind] ?? fallback;
  const { product, town, special, local } = facts;
  const { headline: easy, lines, ease } = INVITES[facts.goal];
  const short = product.length <= SHORT_PRODUCT;
  const offer = short ? `${product} in ${town}` : product;
  const from = facts.name ?? (local ? `your ${noun}` : `a ${noun} you can reach`);
  const near = local
    ? [`Your ${noun} in ${town}`, `Close by in ${town}`]
    : [facts.name ? `Meet ${facts.name}` : `For all of ${town}`];
  const used = new Set<string>();
  const headline = (...candidates: string[]) => {
    const chosen = shortEnough(candidates.filter((candidate) => !used.has(candidate)));
    used.add(chosen);
    return chosen;
  };
  return [
    {
      idea: 'Shows plainly what you offer, and where',
      headline: headline(offer, product, `A ${noun} in ${town}`, capital(noun)),
      primaryText: text(short ? `Looking for ${low(product)} in ${town}?` : `${product}.`, lines[0]),
    },
    special
      ? {
          idea: 'Puts forward what people like about you',
          headline: headline(
            special,
            special.split(/,| and | because | so that /)[0] ?? special,
            ...(facts.name ? [`What people like at ${facts.name}`] : []),
            `What people like about us`,
          ),
          primaryText: text(`What people like about us: ${low(special)}.`, `${offer}.`, lines[1]),
        }
      : {
          idea: 'Introduces you',
          headline: headline(
            ...(facts.name ? [`${facts.name} in ${town}`, facts.name] : []),
            `A ${noun} in ${town}`,
            'Nice to meet you',
          ),
          primaryText: text(local ? `${product}, right here in ${town}.` : `${product}, all over ${town}.`, lines[1]),
        },
    {
      idea: 'Catches the moment when people need you',
      headline: headline(hook),
      primaryText: text(scene, `${offer}.`, lines[2]),
    },
    { idea: 'Makes the first step easy', headline: headline(easy), primaryText: text(ease(low(offer)), lines[0]) },
    {
      idea: local ? 'Reminds people that you are close by' : 'Says your name once more',
      headline: headline(...near, capital(from), 'Good to know'),
      primaryText: local
        ? text(`Good to know it is near: ${low(product)} from ${from}${short ? ` in ${town}` : ''}.`, lines[1])
        : text(`${product} from ${from}.`, lines[1]),
    },
  ];
}

function shortEnough(candidates: readonly string[]): string {
  const clean = candidates.map((candidate) => candidate.replace(/[.\s]+$/, '').trim()).filter(Boolean);
  const fitting = clean.find((candidate) => [...candidate].length <= HEADLINE_LENGTH);
  if (fitting) return fitting;
  const words = (clean[0] ?? '').split(' ');
  while (words.join(' ').length > HEADLINE_LENGTH - 1 && words.length > 1) words.pop();
  return `${words
    .join(' ')
    .slice(0, HEADLINE_LENGTH - 1)
    .replace(/[,;:]+$/, '')}…`;
}

/** Whole sentences up to the length; the first always stands. */
function text(...sentences: string[]): string {
  const kept: string[] = [];
  for (const sentence of sentences)
    if ([...kept, sentence].join(' ').length <= TEXT_LENGTH || kept.length === 0) kept.push(sentence);
  return kept.join(' ').slice(0, TEXT_LENGTH);
}

function capital(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1);
}

/** Inside a sentence; what looks like a name or an abbreviation keeps its capitals. */
function low(value: string): string {
  return /^\p{Lu}\p{Ll}/u.test(value) && !/^\p{Lu}\p{Ll}+\s\p{Lu}/u.test(value) && !/^I(?:['’]|\s)/.test(value)
    ? value.charAt(0).toLowerCase() + value.slice(1)
    : value;
}
