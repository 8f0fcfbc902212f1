import { auth } from '@/lib/http/auth';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { env } from '@/lib/runtime/env';
import type { ServiceContext } from '@/lib/services/context';
import { createProject } from '@/lib/services/projects/create';
import { createDemoProject } from '@/lib/services/projects/create-demo';
import { workspaceOfUser } from '@/lib/services/workspaces/of-user';

type Owner = { ctx: ServiceContext; userId: string };

/** Each scenario prints where to look; every run adds to what is there and changes nothing that was. */
const scenarios: Record<string, { about: string; run(owner: Owner): Promise<string> }> = {
  empty: {
    about: 'an owner who signed up and has no shop yet',
    run: async () => '/dashboard',
  },
  shop: {
    about: 'an owner with one shop, at the first question',
    run: async ({ ctx }) => {
      const { projectId } = await createProject(ctx, {
        name: 'Padaria da Ana',
        locale: 'en',
        timezone: 'Europe/Lisbon',
      });
      return `/chat/${projectId}`;
    },
  },
  pretend: {
    about: 'an owner with a pretend shop on a simulated ad account with history (the simulator must be running)',
    run: async ({ ctx, userId }) => {
      const { projectId } = await createDemoProject(ctx, { userId, locale: 'en' });
      return `/chat/${projectId}`;
    },
  },
};

const PASSWORD = 'a-long-password';

async function signUp(): Promise<Owner & { email: string }> {
  const email = `seed-${Date.now()}@owner.test`;
  const { user } = await auth().api.signUpEmail({ body: { name: 'Ana Martins', email, password: PASSWORD } });
  const workspaceId = await workspaceOfUser(user.id);
  if (!workspaceId) throw new Error('sign-up gave no workspace');
  return { email, userId: user.id, ctx: { workspaceId, actor: { type: 'system' }, requestId: 'seed' } };
}

const scenario = scenarios[process.argv[2] ?? ''];
if (!scenario) {
  const list = Object.entries(scenarios).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`);
  process.stdout.write(`Which one? npm run seed <scenario>\n${list.join('\n')}\n`);
} else {
  plugJobEngine();
  const { email, ...owner } = await signUp();
  const path = await scenario.run(owner);
  process.stdout.write(`${env().APP_URL}${path}\nSign in with ${email} and "${PASSWORD}".\n`);
  await closeSendingBoss();
  await closeDatabase();
}
