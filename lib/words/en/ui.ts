/** Words that belong to no page: controls, the frame, failures of the line itself. */
export const uiWords = {
  close: 'Close',
  loading: 'Loading',
  skip: 'Skip to the content',
  signOut: 'Sign out',
  theme: { label: 'Light or dark', light: 'Use the light look', dark: 'Use the dark look' },
  wordmark: 'Aigency',
  home: 'Aigency, home',
  offline: 'No connection. What you see may be a little old.',
  lost: {
    title: 'We could not reach the server.',
    money: 'Nothing was sent, nothing was spent.',
    next: 'Check your connection and try again.',
  },
  reference: (id: string) => `Reference ${id}`,
  tryAgain: 'Try again',
  notFound: {
    title: 'There is nothing here.',
    body: 'The page has moved, or it belongs to someone else’s workspace.',
    action: 'Go to your shops',
  },
  crashed: {
    title: 'This page fell over.',
    body: 'That is our fault, not yours. Nothing was spent and nothing was changed by it. Ads that already run stay inside the limits you approved.',
  },
};
