import type { Goal } from '../../domain/brief';
import type { CallToAction } from '../../domain/plan';

/** Facts an ad may use: the owner's own, nothing else. */
export type AdFacts = {
  product: string; town: string; name: string | null;
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
  salon: tone('salon', 'Time for a change?', 'Some days all you need is an hour for yourself and a good mirror.', 'BOOK_NOW'),
  barber: tone('barber shop', 'Due for a trim?', 'A good cut makes the whole week look better.', 'BOOK_NOW'),
  plumber: tone('plumber', 'Something dripping?', 'A tap that drips never picks a good moment.', 'GET_QUOTE'),
  electrician: tone('electrician', 'Lights playing up?', 'Some jobs at home are better left to somebody who does them every day.', 'GET_QUOTE'),
  builder: tone('builder', 'Planning work at home?', 'The right hands make all the difference to a job at home.', 'GET_QUOTE'),
  cleaner: tone('cleaning service', 'Rather do something else?', 'There are nicer ways to spend a free afternoon than cleaning.', 'GET_QUOTE'),
  restaurant: tone('restaurant', 'Hungry yet?', 'Some evenings are made for a good table and somebody else’s cooking.', 'BOOK_NOW'),
  cafe: tone('café', 'Time for a break?', 'A good cup and ten quiet minutes can save a day.', 'LEARN_MORE'),
  bar: tone('bar', 'Plans for tonight?', 'Good company likes a good place.', 'LEARN_MORE'),
  florist: tone('florist', 'Somebody to surprise?', 'Flowers say it when words come out wrong.', 'CONTACT_US'),
  shop: tone('shop', 'Looking for something special?', 'It is nice to see a thing with your own eyes before you choose it.', 'LEARN_MORE'),
  'online-shop': tone('online shop', 'Looking for something special?', 'Sometimes the right thing is only a click away.', 'SHOP_NOW'),
  gym: tone('gym', 'Ready to move again?', 'The hardest step is the one through the door.', 'BOOK_NOW'),
  yoga: tone('studio', 'Need a quiet hour?', 'An hour on the mat, away from everything else.', 'BOOK_NOW'),
  dentist: tone('dentist', 'Time for a check-up?', 'Teeth are easier to look after than to repair.', 'BOOK_NOW'),
  clinic: tone('practice', 'Taking care of yourself?', 'It helps to have somebody nearby to turn to.', 'BOOK_NOW'),
  vet: tone('vet', 'Time for a check-up?', 'They cannot tell us what is wrong, so a vet nearby is good to have.', 'BOOK_NOW'),
  pet: tone('place for pets', 'Who has earned a treat?', 'They look after our mood all day. Now and then it is their turn.', 'BOOK_NOW'),
  photographer: tone('photographer', 'A day worth keeping?', 'Some days deserve more than a picture on a phone.', 'GET_QUOTE'),
  teacher: tone('teacher', 'Ready to learn something?', 'Learning is easier with somebody beside you.', 'SIGN_UP'),
  garage: tone('garage', 'Hearing a strange noise?', 'New noises are a vehicle’s way of asking for help.', 'GET_QUOTE'),
  hotel: tone('place to stay', 'Time to get away?', 'Sometimes a few days somewhere else are all it takes.', 'BOOK_NOW'),
  estate: tone('estate agent', 'Thinking of moving?', 'A move goes better with somebody who knows the streets.', 'CONTACT_US'),
  lawyer: tone('law office', 'A letter you don’t understand?', 'Some letters are easier to read with somebody beside you.', 'CONTACT_US'),
  accountant: tone('accountant', 'Paperwork piling up?', 'Receipts do not sort themselves.', 'CONTACT_US'),
  garden: tone('gardener', 'The garden is calling?', 'A garden gives back what somebody puts into it.', 'GET_QUOTE'),
  travel: tone('guide', 'Where to next?', 'The best stories begin with leaving the house.', 'BOOK_NOW'),
  app: tone('app', 'Tried it yet?', 'Some things are easier with the phone that is in your hand anyway.', 'INSTALL_APP'),
  craft: tone('workshop', 'Looking for a present?', 'Some things you can tell were made by somebody.', 'SHOP_NOW'),
  generic: tone('business', 'Just what you need?', 'Sometimes you simply want somebody who does this every day.', 'CONTACT_US'),
};

const INVITES: Record<Goal, { headline: string; line: string }> = {
  MESSAGES: { headline: 'Just send us a message', line: 'Send us a message and tell us what you have in mind.' },
  CALLS: { headline: 'Just give us a call', line: 'Give us a call and tell us what you need.' },
  LEADS: { headline: 'Tell us what you need', line: 'Tell us what you have in mind and we will get back to you.' },
  SALES: { headline: 'Find yours today', line: 'Have a look around our shop.' },
  TRAFFIC: { headline: 'Have a look around', line: 'Have a look at our website.' },
  APP_INSTALLS: { headline: 'Try it on your phone', line: 'Have a look and try it for yourself.' },
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

const fallback = tone('business', 'Just what you need?', 'Sometimes you simply want somebody who does this every day.', 'CONTACT_US');

/** Five thoughts for one business, each a different way in. Only the owner's own facts appear. */
export function adTexts(kind: string, facts: AdFacts): AdText[] {
  const { noun, hook, scene } = TONES[kind] ?? fallback;
  const { product, town, special } = facts;
  const invite = INVITES[facts.goal];
  const from = facts.name ?? `your ${noun}`;
  return [
    {
      idea: 'Shows plainly what you offer, and where',
      headline: fit([`${product} in ${town}`, product, `Your ${noun} in ${town}`]),
      primaryText: text(`Looking for ${low(product)} in ${town}?`, invite.line),
    },
    special
      ? {
          idea: 'Puts forward what people like about you',
          headline: fit([special, `${capital(from)} in ${town}`, `Your ${noun} in ${town}`]),
          primaryText: text(`What people like about us: ${low(special)}.`, `${product} in ${town}.`, invite.line),
        }
      : {
          idea: 'Introduces you to the neighbourhood',
          headline: fit([`${capital(from)} in ${town}`, `Your ${noun} in ${town}`, capital(from)]),
          primaryText: text(`${product}, right here in ${town}.`, invite.line),
        },
    {
      idea: 'Catches the moment when people need you',
      headline: fit([hook]),
      primaryText: text(scene, `${product} in ${town}.`, invite.line),
    },
    {
      idea: 'Makes the first step easy',
      headline: fit([invite.headline]),
      primaryText: text(`${product} in ${town}: you only have to ask.`, invite.line),
    },
    {
      idea: 'Reminds people that you are close by',
      headline: fit([`Your ${noun} in ${town}`, `Close by: ${product}`, `Close by in ${town}`]),
      primaryText: text(`Good to know it is near: ${low(product)} from ${from} in ${town}.`, invite.line),
    },
  ];
}

function fit(candidates: readonly string[]): string {
  const clean = candidates.map((candidate) => candidate.replace(/[.\s]+$/, '').trim());
  const fitting = clean.find((candidate) => [...candidate].length <= HEADLINE_LENGTH);
  if (fitting) return fitting;
  const words = (clean[0] ?? '').split(' ');
  while (words.join(' ').length > HEADLINE_LENGTH - 1 && words.length > 1) words.pop();
  return `${words.join(' ').slice(0, HEADLINE_LENGTH - 1).replace(/[,;:]+$/, '')}…`;
}

/** Whole sentences up to the length; the first always stands. */
function text(...sentences: string[]): string {
  const kept: string[] = [];
  for (const sentence of sentences) if ([...kept, sentence].join(' ').length <= TEXT_LENGTH || kept.length === 0) kept.push(sentence);
  return kept.join(' ').slice(0, TEXT_LENGTH);
}

function capital(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1);
}

/** Inside a sentence; what looks like a name or an abbreviation keeps its capitals. */
function low(value: string): string {
  return /^\p{Lu}\p{Ll}/u.test(value) && !/^\p{Lu}\p{Ll}+\s\p{Lu}/u.test(value) && !/^I(?:['’]|\s)/.test(value) ? value.charAt(0).toLowerCase() + value.slice(1) : value;
}
