import type { Actor } from './events';

/**
 * Who may do what. This table is the whole answer: services ask it before they change anything, docs/roles.md is printed
 * from it, and a test walks every route with every role against it.
 */
export const ROLES = ['owner', 'manager', 'analyst', 'client'] as const;
export type Role = (typeof ROLES)[number];

type Rule = {
  roles: readonly Role[];
  /** Who else may, where no person pressed. Empty: only a person's own press counts. */
  alsoBy: readonly Exclude<Actor['type'], 'user'>[];
  /** Roles that need a limit of money above what is asked for. Without a limit they may approve nothing that costs. */
  upToLimit?: readonly Role[];
  says: string;
};

const LEADS: readonly Role[] = ['owner', 'manager'];
const ACTING: readonly Role[] = ['owner', 'manager', 'client'];
const PROGRAM = ['agent', 'job', 'webhook', 'system'] as const;

export const ROLE_MATRIX = {
  'workspace.read': { roles: ROLES, alsoBy: PROGRAM, says: 'See shops, chats, plans, numbers, reports and activity' },
  'notification.read': { roles: ROLES, alsoBy: [], says: 'Mark one’s own notices as read' },
  'message.send': { roles: LEADS, alsoBy: [], says: 'Write to the agent' },
  'turn.stop': { roles: ACTING, alsoBy: PROGRAM, says: 'Stop an answer of the agent while it is being written' },
  'project.create': { roles: LEADS, alsoBy: ['system'], says: 'Open a new shop' },
  'brief.confirm': { roles: LEADS, alsoBy: [], says: 'Confirm what the agent learned about the business' },
  'file.upload': { roles: LEADS, alsoBy: ['agent', 'job', 'system'], says: 'Add photos and other files' },
  'connection.manage': { roles: LEADS, alsoBy: [], says: 'Connect or disconnect an ad account' },
  'account.select': { roles: LEADS, alsoBy: ['system'], says: 'Choose the ad account and Page of a shop' },
  'clock.advance': { roles: LEADS, alsoBy: ['system'], says: 'Move the time of a pretend shop' },
  'approval.approve': {
    roles: ACTING,
    alsoBy: [],
    upToLimit: ['manager'],
    says: 'Approve a card: start a campaign, raise a budget, change what runs',
  },
  'approval.answer': { roles: ACTING, alsoBy: [], says: 'Decline a card, or ask for changes' },
  'policy.change': { roles: ['owner'], alsoBy: [], says: 'Propose other limits for what may run alone' },
  'policy.approve': { roles: ['owner', 'client'], alsoBy: [], says: 'Approve other limits for what may run alone' },
  'deployment.resume': { roles: LEADS, alsoBy: [], says: 'Continue an approved start that got stuck' },
  'action.undo': { roles: LEADS, alsoBy: [], says: 'Take a change back' },
  'ads.stop': {
    roles: ACTING,
    alsoBy: ['job', 'webhook', 'system'],
    says: 'Stop ads: the emergency stop, or the card that pauses',
  },
  'ads.release': { roles: ['owner'], alsoBy: [], says: 'Lift a stop or a quarantine again' },
  'job.manage': {
    roles: ['owner'],
    alsoBy: ['system'],
    says: 'Try background work again that had given up, or drop it',
  },
  'member.manage': { roles: ['owner'], alsoBy: [], says: 'Invite people, change what they may do, remove them' },
  'workspace.settings': { roles: ['owner'], alsoBy: ['system'], says: 'Change settings of the workspace' },
} as const satisfies Record<string, Rule>;

export type Verb = keyof typeof ROLE_MATRIX;
export const VERBS = Object.keys(ROLE_MATRIX) as Verb[];
const rules: Record<Verb, Rule> = ROLE_MATRIX;

/** Whether a role may use a verb at all; where money limits bind, see {@link isWithinLimit}. */
export function may(role: Role, verb: Verb): boolean {
  return rules[verb].roles.includes(role);
}

/** Whether the program may, with no person pressing. */
export function mayWithoutPerson(actor: Exclude<Actor['type'], 'user'>, verb: Verb): boolean {
  return rules[verb].alsoBy.includes(actor);
}

/** The role a stored word stands for; a word nobody knows may only read. */
export function roleNamed(stored: string): Role {
  const known = ROLES.find((role) => role === stored);
  if (known) return known;
  return stored === 'admin' ? 'manager' : 'analyst';
}

/** Minor units per day, and their currency. */
export type SpendLimit = { minor: bigint; currency: string };

/**
 * Whether a person of this role may approve that much more spend per day. A null `spend` is one nobody has counted: only
 * roles without a limit may approve it. Another currency is never converted, so it is outside every limit.
 */
export function isWithinLimit(
  role: Role,
  verb: Verb,
  limit: SpendLimit | null,
  spend: { minor: bigint | null; currency: string | null },
): boolean {
  if (!isUpToLimit(role, verb)) return true;
  if (spend.minor === null) return false;
  if (spend.minor <= 0n) return true;
  return limit !== null && limit.currency === spend.currency && spend.minor <= limit.minor;
}

/** Whether a limit of money binds this role with this verb. */
export function isUpToLimit(role: Role, verb: Verb): boolean {
  return rules[verb].upToLimit?.includes(role) ?? false;
}

/** The matrix as docs/roles.md prints it. */
export function rolesTable(): string {
  const cell = (role: Role, rule: Rule) => {
    if (!rule.roles.includes(role)) return '';
    return rule.upToLimit?.includes(role) ? 'up to the limit' : 'yes';
  };
  const rows = VERBS.map((verb) => {
    const rule = rules[verb];
    return [`\`${verb}\``, rule.says, ...ROLES.map((role) => cell(role, rule)), rule.alsoBy.join(', ')];
  });
  const head = ['Verb', 'What it is', ...ROLES, 'without a person'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
