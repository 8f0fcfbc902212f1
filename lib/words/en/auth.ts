export const authWords = {
  signUp: {
    title: 'Start with your shop',
    lead: 'An e-mail and a password. No card, and nothing is spent by signing up.',
    submit: 'Create my account',
    other: 'Already here before?',
    otherLink: 'Sign in',
  },
  signIn: {
    title: 'Welcome back',
    lead: 'Your chats, plans and reports are where you left them.',
    submit: 'Sign in',
    other: 'New here?',
    otherLink: 'Create an account',
    forgot: 'Forgot the password?',
  },
  reset: {
    title: 'Choose a new password',
    ask: 'Tell us your e-mail and we send you a link.',
    askSubmit: 'Send the link',
    asked: 'If there is an account with this address, a link is on its way. It works for one hour.',
    set: 'Type the new password. You are signed in with it from now on.',
    setSubmit: 'Save the new password',
    done: 'Saved. You can sign in with the new password now.',
    stale: 'This link is old or was already used. Ask for a fresh one.',
    back: 'Back to sign in',
  },
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 8 characters.',
  problems: {
    taken: 'There is already an account with this e-mail. Sign in instead?',
    wrong: 'This e-mail and password do not fit together.',
    short: 'The password needs at least 8 characters.',
    email: 'This does not look like an e-mail address.',
    tooFast: 'That was a bit too fast. Wait a minute and try again.',
    other: 'That did not work. Please try again.',
  },
};

/** better-auth's answer codes -> our sentences. */
export function authProblem(code: string | undefined, status: number): string {
  const { problems } = authWords;
  if (status === 429) return problems.tooFast;
  if (code?.startsWith('USER_ALREADY_EXISTS')) return problems.taken;
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return problems.wrong;
  if (code === 'PASSWORD_TOO_SHORT') return problems.short;
  if (code === 'INVALID_EMAIL') return problems.email;
  if (code === 'INVALID_TOKEN') return authWords.reset.stale;
  return problems.other;
}
