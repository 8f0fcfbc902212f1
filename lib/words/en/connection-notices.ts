import type { WriteNotice } from './notice-reader';

/** Why a connection is held still. */
const HELD: Record<string, string> = {
  ledger:
    'Something was done at Facebook in my name that stands in none of my records, or something I did there is not to be found.',
  drift: 'The ads look quite different at Facebook from what I left there.',
  refused: 'Facebook refused me several times in a row.',
  manual: 'Somebody in this workspace asked for it.',
};

export const connectionNotices = {
  connection_broken: () => ({
    title: 'Facebook needs you to sign in again',
    body: 'Facebook no longer accepts our connection, so I cannot see your numbers or change anything. Ads that already run stay inside the limits you approved. Please connect Facebook again.',
  }),
  connection_held: ({ text }) => ({
    title: 'I hold your Facebook connection still',
    body: `${HELD[text('reason')] ?? 'Something unexpected happened.'} To keep your money safe I change nothing through this connection until you have looked. Ads that already run stay inside the limits you approved, and stopping them still works. Please look at your ads at Facebook, then release the connection on the page Connections.`,
  }),
  connection_ending: ({ day }) => ({
    title: 'Facebook wants you to sign in again soon',
    body: `Our connection to Facebook ends on ${day()}. Signing in once more takes a minute and keeps everything as it is. Without it I could no longer see your numbers or stop your ads.`,
  }),
  connection_revoked: () => ({
    title: 'The connection to Facebook was removed',
    body: 'At Facebook, our access to your account was taken away. I cannot see your numbers or stop anything there any more. Ads that already run stay inside the limits you approved; to stop them, use Facebook itself or connect again.',
  }),
  account_gone: ({ text }) => ({
    title: 'Your ad account is out of reach',
    body: `Facebook no longer shows “${text('account')}” to the person who signed in. I cannot see its numbers or stop its ads. Please check at Facebook that this person still works on the account, or let somebody connect who does.`,
  }),
} satisfies Record<string, WriteNotice>;
