import type { Role } from '../../domain/roles';

/** People and what they may do, in the owner's words. */
export const roleWords: Record<Role, { name: string; may: string }> = {
  owner: { name: 'Owner', may: 'May do everything, and decides who else is here.' },
  manager: { name: 'Manager', may: 'Runs the shops with you, and approves spending up to the limit you set.' },
  analyst: { name: 'Reader', may: 'Sees everything and changes nothing.' },
  client: { name: 'Approver', may: 'Sees everything, answers the cards, and can stop the ads.' },
};

export const memberWords = {
  title: 'People',
  lead: 'Who works with you here, and what each of them may do.',
  back: 'Your shops',
  you: 'you',
  withoutSignUp: 'Came without an account',
  role: 'What they may do',
  limit: 'Approves up to, a day',
  limitHint: 'More spending a day than this waits for you. Leave it empty for nothing that costs.',
  currency: 'Currency',
  limitOf: (amount: string) => `Approves up to ${amount} more a day`,
  noLimit: 'Approves nothing that costs',
  save: 'Save',
  saved: 'Saved.',
  change: (name: string) => `Change what ${name} may do`,
  changeShort: 'Change',
  remove: 'Remove',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeBody: 'They no longer see this workspace, at once. Ads, plans and reports stay as they are.',
  leave: 'Leave',
  leaveTitle: 'Leave this workspace?',
  leaveBody: 'You no longer see it, at once. Somebody here can invite you again.',
  keep: 'Keep',
  invite: 'Invite somebody',
  inviteLead: 'They get a mail with a link that works for seven days.',
  email: 'E-mail',
  send: 'Send the invitation',
  sent: (email: string) => `An invitation is on its way to ${email}.`,
  waiting: 'Invited, not here yet',
  until: (day: string) => `Works until ${day}`,
  takeBack: 'Take back',
  badAmount: 'Please write an amount such as 20 or 20.50.',
  signUpFirst: 'To invite people, create your account first. Your pretend shop comes along.',
  signUp: 'Create my account',
};

export const inviteWords = {
  title: (workspace: string) => `Join ${workspace}`,
  lead: (email: string, role: string) => `This invitation is for ${email}, as: ${role}.`,
  accept: 'Join',
  signIn: 'Sign in',
  signUp: 'Create an account',
  needAccount: (email: string) => `Sign in or create an account with ${email} first. The link brings you back here.`,
  other: (email: string) => `You are signed in with another address. Sign out, then come back as ${email}.`,
  stale: 'This invitation does not work any more',
};

export const workspaceWords = {
  label: 'Workspace',
  open: 'Switch workspace',
  pretend: 'Pretend',
  pretendName: 'Pretend shops',
  people: 'People',
  own: (name: string) => (name ? `${name}’s shops` : 'My shops'),
};
