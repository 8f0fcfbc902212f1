import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { nextCookies } from 'better-auth/next-js';
import { anonymous, organization } from 'better-auth/plugins';
import { authDatabase } from '../runtime/db';
import { env } from '../runtime/env';
import { newRequestId } from '../runtime/ids';
import { processWide } from '../runtime/process-wide';
import { sendAccountMail } from '../services/mail/send-account-mail';
import { createWorkspace } from '../services/workspaces/create';
import { workspaceOfUser } from '../services/workspaces/of-user';
import { takeOverWorkspaces } from '../services/workspaces/take-over';
import { workspaceWords } from '../words/en/roles';

const ORGANIZATION = { allowUserToCreateOrganization: false, disableOrganizationDeletion: true } as const;

/**
 * Doors of the library that would go round our own: its organization routes know another set of roles, and pretend owners
 * come through /api/demo, where they are counted.
 */
function closedPaths(): string[] {
  const theirs = Object.values(organization(ORGANIZATION).endpoints as Record<string, { path?: string }>);
  return [...theirs.flatMap(({ path }) => path ?? []), '/sign-in/anonymous', '/delete-anonymous-user'];
}

function build() {
  return betterAuth({
    appName: 'Aigency',
    baseURL: env().APP_URL,
    secret: env().BETTER_AUTH_SECRET,
    telemetry: { enabled: false },
    disabledPaths: closedPaths(),
    database: prismaAdapter(authDatabase(), { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, url }) => sendAccountMail({ kind: 'reset', to: user.email, name: user.name, url }),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: ({ user, url }) =>
        sendAccountMail({ kind: 'verify', to: user.email, name: user.name, url }),
    },
    user: {
      additionalFields: {
        locale: { type: 'string', required: false, defaultValue: 'en' },
        timezone: { type: 'string', required: false, defaultValue: 'UTC' },
      },
    },
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24 },
    rateLimit: { enabled: env().NODE_ENV === 'production', storage: 'database', window: 60, max: 60 },
    plugins: [
      anonymous({
        emailDomainName: 'pretend.aigency.test',
        // Who signs up from a pretend shop keeps it; the nameless person goes with the last workspace, in takeOverWorkspaces.
        disableDeleteAnonymousUser: true,
        onLinkAccount: async ({ anonymousUser, newUser }) => {
          await takeOverWorkspaces({
            fromUserId: anonymousUser.user.id,
            toUserId: newUser.user.id,
            requestId: newRequestId(),
          });
        },
      }),
      // A workspace may have ads running: deleting it is not one request.
      organization(ORGANIZATION),
      nextCookies(),
    ],
    databaseHooks: {
      user: {
        create: {
          after: async (user) => {
            const pretend = Boolean((user as { isAnonymous?: boolean | null }).isAnonymous);
            const name = pretend ? workspaceWords.pretendName : workspaceWords.own(user.name);
            await createWorkspace({ userId: user.id, name, pretend });
          },
        },
      },
      session: {
        create: {
          before: async (session) => ({
            data: { ...session, activeOrganizationId: await workspaceOfUser(session.userId) },
          }),
        },
      },
    },
  });
}

type Auth = ReturnType<typeof build>;
const held = processWide<{ auth?: Auth }>('auth', () => ({}));

/** Built on first use, so that a build without configuration stays quiet. */
export function auth(): Auth {
  held.auth ??= build();
  return held.auth;
}
