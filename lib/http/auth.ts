import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { nextCookies } from 'better-auth/next-js';
import { anonymous, organization } from 'better-auth/plugins';
import { authDatabase } from '../runtime/db';
import { env } from '../runtime/env';
import { sendAccountMail } from '../services/mail/send-account-mail';
import { createWorkspace } from '../services/workspaces/create';
import { workspaceOfUser } from '../services/workspaces/of-user';

function build() {
  return betterAuth({
    appName: 'Aigency',
    baseURL: env().APP_URL,
    secret: env().BETTER_AUTH_SECRET,
    telemetry: { enabled: false },
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
      // Signing up from a pretend shop must not delete the workspace under ads and jobs.
      anonymous({ emailDomainName: 'pretend.aigency.test', disableDeleteAnonymousUser: true }),
      // A workspace may have ads running: deleting it is not one request.
      organization({ allowUserToCreateOrganization: false, disableOrganizationDeletion: true }),
      nextCookies(),
    ],
    databaseHooks: {
      user: {
        create: {
          after: async (user) => {
            await createWorkspace({ userId: user.id, name: user.name || 'My workspace' });
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
const holder = globalThis as typeof globalThis & { aigencyAuth?: Auth };

/** Built on first use, so that a build without configuration stays quiet. */
export function auth(): Auth {
  holder.aigencyAuth ??= build();
  return holder.aigencyAuth;
}
