// Who may import whom. This table is the checker's configuration; docs/architecture.md prints it and a test compares the two.

/**
 * A room owns files by path prefix (a folder ends in "/"); the longest prefix wins. A room may always import itself.
 * `packages`, where given, closes the list of packages too.
 */
export const rooms = {
  domain: {
    files: ['lib/domain/', 'lib/optimization.ts'],
    may: [],
    packages: ['zod', 'jstat', 'simple-statistics', 'pure-rand', 'luxon', 'node:crypto'],
    is: 'values in, values out: no I/O, no clock, no chance',
  },
  words: { files: ['lib/words/'], may: ['domain'], is: 'every sentence and number format the owner sees' },
  runtime: { files: ['lib/runtime/'], may: [], is: 'environment, database, clock, crypto, log, ids' },
  platforms: {
    files: ['lib/platforms/', 'lib/facebook.ts'],
    may: ['domain', 'runtime'],
    is: 'the outside world of ads behind one port',
  },
  channels: { files: ['lib/channels/'], may: ['domain', 'runtime'], is: 'outbound messages' },
  services: {
    files: ['lib/services/'],
    may: ['domain', 'words', 'runtime', 'platforms', 'channels'],
    is: 'verbs on our database; mutations/ is the gate',
  },
  agent: {
    files: ['lib/agent/'],
    may: ['domain', 'words', 'runtime', 'services'],
    is: 'the model: providers, prompts, tools, turns',
  },
  reactions: {
    files: ['lib/reactions/'],
    may: ['domain', 'words', 'runtime', 'services'],
    is: '"when this happened, also"',
  },
  http: { files: ['lib/http/'], may: ['domain', 'words', 'runtime', 'services'], is: 'the one route wrapper' },
  jobs: {
    files: ['lib/jobs/'],
    may: ['domain', 'words', 'runtime', 'services', 'agent', 'reactions'],
    is: 'work that outlives a request',
  },
  simulators: { files: ['lib/simulators/'], may: [], is: "stand-ins that speak the platforms' HTTP" },
  components: { files: ['components/'], may: ['domain', 'words'], is: 'what the browser shows' },
  app: {
    files: ['app/', 'instrumentation.ts', 'proxy.ts'],
    may: ['components', 'domain', 'words', 'http', 'services', 'agent', 'jobs'],
    is: 'pages and routes: parse, call one verb, answer',
  },
  'app/simulator': {
    files: ['app/simulator/'],
    may: ['app', 'components', 'domain', 'words', 'http', 'services', 'agent', 'jobs', 'simulators'],
    is: 'where the simulators are mounted, and nowhere else',
  },
};

/** Files that write to an ad platform. `lib/facebook.ts` is the public face of both halves, so it counts as a writer. */
const writers = /^lib\/(facebook\.ts|platforms\/(registry-writers\.ts|[^/]+\/(writer\.ts|write\/.+)))$/;
const readers = /^lib\/platforms\/(registry-readers\.ts|[^/]+\/(reader\.ts|read\/.+))$/;
const database = /^lib\/runtime\/(db\.ts|prisma\/.+)$/;
const prismaPackage = /^(@prisma\/.+|prisma|pg)$/;

/** Rules about one import. `from` and `to` are tested against paths (or a package name). */
export const importRules = [
  {
    name: 'only the gate writes',
    says: 'Platform writers are imported only by services/mutations (and by one another).',
    breaks: ({ from, to }) => writers.test(to) && !writers.test(from) && !from.startsWith('lib/services/mutations/'),
  },
  {
    name: 'Prisma stays in runtime',
    says: 'Prisma, its client and the driver are imported only by runtime (the job engine installs its own schema through the driver).',
    breaks: ({ from, to }) =>
      (prismaPackage.test(to) || to.startsWith('lib/runtime/prisma/')) &&
      !from.startsWith('lib/runtime/') &&
      from !== 'lib/jobs/install.ts',
  },
  {
    name: 'the database is held by services',
    says: 'agent, app, components and reactions never import lib/runtime/db.',
    breaks: ({ from, to }) => /^(lib\/(agent|reactions)\/|app\/|components\/)/.test(from) && database.test(to),
  },
];

/** Rules about everything a file pulls in when it runs (types excepted). */
export const reachRules = [
  {
    name: 'readers never reach writers',
    says: 'Nothing a platform reader imports, directly or not, is a writer.',
    starts: (file) => readers.test(file),
    forbids: (to) => writers.test(to),
  },
  {
    name: 'the browser reaches values only',
    says: 'Components, and files marked "use client", never pull in zod, the database, services, platforms or a Node module.',
    starts: (file, { client }) => file.startsWith('components/') || client,
    forbids: (to) =>
      /^(zod|server-only|node:.+|pg|pg-boss|ai|@ai-sdk\/.+|@prisma\/.+)$/.test(to) ||
      /^lib\/(runtime|services|platforms|channels|agent|jobs|http|reactions|simulators)\//.test(to),
  },
];

/** Rules about the text of a file: what a room's code may not touch. */
export const textRules = [
  {
    name: 'one reader of the environment',
    says: 'process.env is read only in runtime.',
    applies: (file) => /^(lib|app|components)\//.test(file) && !/^lib\/(runtime|simulators)\//.test(file),
    forbids: /\bprocess\.env\b(?!\.NODE_ENV|\.NEXT_RUNTIME)/,
  },
  {
    name: 'no clock and no chance in values',
    says: 'domain and words take the time and the seed as arguments.',
    applies: (file) => /^lib\/(domain|words)\//.test(file) || file === 'lib/optimization.ts',
    forbids: /\bMath\.random\(|\bDate\.now\(|\bnew Date\(\)/,
  },
];

/** The table as docs/architecture.md prints it. */
export function tableText() {
  const rows = Object.entries(rooms).map(([name, { files, may, is }]) => [
    `\`${name}\``,
    files.map((file) => `\`${file}\``).join(' '),
    may.length ? may.join(', ') : 'nothing of ours',
    is,
  ]);
  const lines = [['Room', 'Files', 'May import', 'What it is'], ['---', '---', '---', '---'], ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  const rules = [...importRules, ...reachRules, ...textRules].map(({ name, says }) => `- **${name}**: ${says}`);
  return [...lines, '', ...rules, '- **no cycles**: no file imports itself through others.'].join('\n');
}
