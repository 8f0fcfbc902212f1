import type { Goal } from '../../domain/brief';
import type { CallToAction } from '../../domain/plan';
import { formatNumber, type Locale } from '../format';

/** What the owner wants, as a wish. */
export const goalWords: Record<Goal, string> = {
  LEADS: 'More people asking',
  SALES: 'More sales online',
  TRAFFIC: 'More visits to the website',
  APP_INSTALLS: 'More people using the app',
  MESSAGES: 'More messages',
  CALLS: 'More phone calls',
};

/** What is counted: one, several, and the price of one. */
export const resultWords: Record<Goal, { one: string; many: string; each: string }> = {
  LEADS: { one: 'enquiry', many: 'enquiries', each: 'Each enquiry' },
  SALES: { one: 'sale', many: 'sales', each: 'Each sale' },
  TRAFFIC: { one: 'visit', many: 'visits', each: 'Each visit' },
  APP_INSTALLS: { one: 'install', many: 'installs', each: 'Each install' },
  MESSAGES: { one: 'message', many: 'messages', each: 'Each message' },
  CALLS: { one: 'call', many: 'calls', each: 'Each call' },
};

export const buttonWords: Record<CallToAction, string> = {
  LEARN_MORE: 'Learn more',
  SIGN_UP: 'Sign up',
  SHOP_NOW: 'Shop now',
  CONTACT_US: 'Contact us',
  GET_QUOTE: 'Get quote',
  BOOK_NOW: 'Book now',
  MESSAGE_PAGE: 'Send message',
  CALL_NOW: 'Call now',
  INSTALL_APP: 'Install now',
};

/** "12 enquiries", "1 sale". */
export function countResults(count: number, goal: Goal, locale: Locale): string {
  return `${formatNumber(count, locale)} ${count === 1 ? resultWords[goal].one : resultWords[goal].many}`;
}
