// Every guard between a wish and money, each with the one edit that takes exactly it away, and the test that then turns
// red. `npm run mutation -- guards [name]` runs them. A guard that stands behind a second one is judged with that other
// one out of the way (`given`, or a further edit): else nothing could tell whether it works.

/** Tenants are kept apart in the queries and again in the database: to see the queries alone, the database's part is off. */
const NO_ROW_SECURITY = `DO $$ DECLARE t regclass; BEGIN
  FOR t IN SELECT c.oid::regclass FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
  LOOP EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', t); END LOOP; END $$`;

const services = (file) => `lib/services/${file}.ts`;
const decide = services('approvals/decide');
const check = services('mutations/check');
const execute = services('mutations/execute');
const facts = services('mutations/policy-facts');
const ledger = services('effects/ledger');
const perform = services('effects/perform');
const inTests = (file) => `tests/services/${file}.test.ts`;
const decideTest = inTests('approvals/decide');
const gateTest = inTests('mutations/gate');
const limitsTest = inTests('mutations/limits');
const moveTest = inTests('mutations/move-campaigns');
const performTest = inTests('effects/perform');

/** @type {{ guard: string, edits?: { file: string, from: string, to: string }[], given?: string, sql?: string, test: string, named: string }[]} */
export const guards = [
  {
    guard: 'approval hash: the press carries what was shown',
    edits: [{ file: decide, from: '!sameSecret(input.hash, approval.hash) || ', to: '' }],
    test: decideTest,
    named: 'is refused with any other hash than the one shown',
  },
  {
    guard: 'approval hash: the stored text is what was hashed',
    edits: [
      { file: decide, from: ' || sha256Hex(approval.payload) !== approval.hash', to: '' },
      {
        file: services('approvals/carry-out-launch'),
        from: 'version.canonical !== approval.payload || ',
        to: '',
      },
    ],
    test: decideTest,
    named: 'is refused when the stored plan was changed by one cent',
  },
  {
    guard: 'approval hash: the plan that runs is the plan on the card',
    edits: [
      {
        file: services('approvals/carry-out-launch'),
        from: 'version.canonical !== approval.payload || version.sha256 !== approval.hash',
        to: 'false',
      },
    ],
    test: decideTest,
    named: 'is refused when the stored plan was changed by one cent',
  },
  {
    guard: 'approval hash: the plan is still the approved one when it is deployed',
    edits: [
      {
        file: services('deployments/take'),
        from: '!version || !isApproved || sha256Hex(version.canonical) !== row.planHash',
        to: '!version',
      },
    ],
    test: inTests('deployments/run'),
    named: 'a plan altered after the press is not deployed',
  },
  {
    guard: 'approval: it counts for exactly its action',
    edits: [{ file: check, from: ' || !covers(approval, wanted)', to: '' }],
    test: gateTest,
    named: 'an approved action that was changed afterwards is not carried out',
  },
  {
    guard: 'approval: what must be asked is not done without',
    edits: [{ file: check, from: "verdict.answer === 'ask' && !row.approvalId", to: 'false' }],
    test: gateTest,
    named: 'without an approval it needs is refused',
  },
  {
    guard: 'expiry: a card ends by business time',
    edits: [{ file: decide, from: 'expiresAt: { gt: now },', to: '' }],
    test: decideTest,
    named: 'works a business minute before its time is over and not at it',
  },
  {
    guard: 'one use: a card is pressed once',
    edits: [{ file: decide, from: "state: 'WAITING',\n      hash", to: 'hash' }],
    test: decideTest,
    named: 'a newer one took the place of',
  },
  {
    guard: 'one use: one launch per campaign',
    edits: [
      { file: services('approvals/carry-out-launch'), from: 'if (!taken) throw', to: 'if (false) throw' },
      {
        file: services('mutations/set-campaign-status'),
        from: '.filter((status) => change.from === undefined || change.from.includes(status))',
        to: '',
      },
    ],
    test: inTests('approvals/decide'),
    named: 'starts nothing for a campaign that another card already launched',
  },
  {
    guard: 'a person: nothing but a person presses',
    edits: [
      {
        file: decide,
        from: "if (ctx.actor.type !== 'user') throw new AppError('not_permitted', { actor: ctx.actor.type });\n  const userId = ctx.actor.id;",
        to: "const userId = ctx.actor.type === 'user' ? ctx.actor.id : '';",
      },
      {
        file: services('workspaces/require-may'),
        from: "if (!mayWithoutPerson(actor.type, verb)) throw new AppError('not_permitted', { verb, actor: actor.type });",
        to: '',
      },
    ],
    test: decideTest,
    named: 'is not permitted',
  },
  {
    guard: 'role: who may press a card',
    edits: [
      {
        file: decide,
        from: 'await requireMay(ctx, ...pressOf(approval, input.decision, policy?.envelope.monthlyCeiling ?? null));',
        to: 'void [pressOf, requireMay, policy];',
      },
    ],
    test: inTests('tenancy/every-route'),
    named: 'POST /api/chat/approve',
  },
  {
    guard: 'role: who may take back',
    edits: [
      { file: services('mutations/undo'), from: "await requireMay(inner, 'action.undo');", to: 'void requireMay;' },
    ],
    test: inTests('tenancy/every-route'),
    named: 'undo',
  },
  {
    guard: 'role: who may lift a stop',
    edits: [
      {
        file: services('mutations/release-stop'),
        from: "await requireMay(inner, 'ads.release');",
        to: 'void requireMay;',
      },
    ],
    test: inTests('stops/release'),
    named: 'is the owner’s alone',
  },
  {
    guard: 'tenant: a card is looked for in its own workspace',
    given: NO_ROW_SECURITY,
    edits: [
      {
        file: decide,
        from: 'const approval = await tx.approval.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.approvalId } });',
        to: 'const approval = await tx.approval.findFirst({ where: { id: input.approvalId } });',
      },
    ],
    test: decideTest,
    named: 'of another workspace is not found',
  },
  {
    guard: 'tenant: row-level security',
    sql: NO_ROW_SECURITY,
    test: inTests('tenancy/isolation'),
    named: 'row-level security',
  },
  {
    guard: 'kill switch: policy',
    edits: [{ file: facts, from: ' || (await stopInForce(tx, ctx, campaign.projectId)) !== null', to: '' }],
    test: limitsTest,
    named: 'leave stops alone and refuse everything else',
  },
  {
    guard: 'kill switch: the last moment before a write',
    edits: [{ file: ledger, from: '!held.mayStop && (await isStopped(tx, inner, held.key))', to: 'false' }],
    test: limitsTest,
    named: 'a write whose intent stood before the stop does not leave after it',
  },
  {
    guard: 'kill switch: no deployment begins',
    edits: [
      {
        file: services('deployments/take'),
        from: "if (await stopInForce(tx, inner, row.projectId)) throw new AppError('stopped', { deployment: row.id });",
        to: 'void stopInForce;',
      },
      { file: ledger, from: '!held.mayStop && (await isStopped(tx, inner, held.key))', to: 'false' },
    ],
    test: inTests('stops/stop'),
    named: 'a plan approved while the stop stands is not started',
  },
  {
    guard: 'kill switch: a stop itself is never held back',
    edits: [{ file: ledger, from: '!held.mayStop && (await isStopped', to: '(await isStopped' }],
    test: limitsTest,
    named: 'a write whose intent stood before the stop does not leave after it',
  },
  {
    guard: 'stop lock: claims and stops wait for each other',
    edits: [{ file: ledger, from: "await lockAgainstStops(tx, inner, 'shared');", to: 'void lockAgainstStops;' }],
    test: limitsTest,
    named: 'a claim waits for a stop that is being placed',
  },
  {
    guard: 'stop lock: a stop waits for claims under way',
    edits: [
      {
        file: services('mutations/stop-everything'),
        from: "await lockAgainstStops(tx, inner, 'alone');",
        to: 'void lockAgainstStops;',
      },
    ],
    test: limitsTest,
    named: 'a stop waits for a claim under way',
  },
  {
    guard: 'quarantine: policy',
    edits: [{ file: facts, from: '(await isQuarantined(tx, ctx, campaign.projectId)) || ', to: '' }],
    test: limitsTest,
    named: 'leave stops alone and refuse everything else',
  },
  {
    guard: 'quarantine: no key to the account',
    edits: [
      {
        file: services('connections/access'),
        from: "connection.status === 'QUARANTINED' && !input.evenIfBroken",
        to: 'false',
      },
    ],
    test: inTests('quarantine/quarantine'),
    named: 'changes nothing any more',
  },
  {
    guard: 'freshness: numbers of the last hours',
    edits: [
      {
        file: facts,
        from: 'dataFresh: await wasPulledSince(tx, ctx, campaign.projectId, new Date(now.getTime() - FRESH_HOURS * HOUR_MS)),',
        to: 'dataFresh: true || wasPulledSince || FRESH_HOURS || HOUR_MS,',
      },
    ],
    test: limitsTest,
    named: 'needs numbers of the last nine business hours',
  },
  {
    guard: 'confidence: the statistic must be sure',
    edits: [{ file: facts, from: 'confidence: evidence?.confidence ?? null,', to: 'confidence: 1,' }],
    test: limitsTest,
    named: 'needs the statistic to be sure',
  },
  {
    guard: 'cooldown: rest between changes',
    edits: [
      {
        file: facts,
        from: 'hoursSinceLastChange: hoursSinceChange({ campaignRecordId: campaign.id, action }, past, now),',
        to: 'hoursSinceLastChange: null,',
      },
    ],
    test: limitsTest,
    named: 'leaves an object alone for the rest after its last change',
  },
  {
    guard: 'day cap: changes of one day',
    edits: [
      {
        file: facts,
        from: '{ changesMade: alone.filter((row) => dayIn(campaign.timezone, row.occurredAt) === today).length }',
        to: '{ changesMade: 0 }',
      },
    ],
    test: limitsTest,
    named: 'stays within the changes of one account day',
  },
  {
    guard: 'day cap: the dearest day of all ads together',
    edits: [
      { file: 'lib/domain/policy-budget.ts', from: 'if (dayCeiling && daily', to: 'if (false && dayCeiling && daily' },
    ],
    test: limitsTest,
    named: 'stays within the owner’s day and week',
  },
  {
    guard: 'week cap: seven days of all ads together',
    edits: [
      {
        file: 'lib/domain/policy-budget.ts',
        from: 'return weekCeiling && daily',
        to: 'return false && weekCeiling && daily',
      },
    ],
    test: limitsTest,
    named: 'stays within the owner’s day and week',
  },
  {
    guard: 'week cap: money moved in seven days',
    edits: [
      {
        file: facts,
        from: 'movedPercent7Days: movedPercent(alone, other ? [campaign, other] : [campaign], addDays(today, -7)),',
        to: 'movedPercent7Days: 0,',
      },
    ],
    test: limitsTest,
    named: 'stays within what may be moved in seven days',
  },
  {
    guard: 'week cap: small raises count like a large one',
    edits: [
      {
        file: facts,
        from: 'raisedPercent7Days: raisedPercent(past, campaign, addDays(today, -7)),',
        to: 'raisedPercent7Days: 0,',
      },
    ],
    test: limitsTest,
    named: 'counts what was raised in the seven days before',
  },
  {
    guard: 'month cap: policy',
    edits: [
      {
        file: 'lib/domain/policy-budget.ts',
        from: 'if (month <= limit) return',
        to: 'if (true || month <= limit) return',
      },
    ],
    test: limitsTest,
    named: 'stays within the owner’s month',
  },
  {
    guard: 'month cap: a part of the month is taken before anything spends',
    edits: [
      {
        file: services('pacing/reserve'),
        from: 'if (leastMinor > ownMinor && leastMinor - ownMinor > free) throw',
        to: 'if (false) throw',
      },
      { file: services('pacing/reserve'), from: 'if (amountMinor > highest(free, 0n)) throw', to: 'if (false) throw' },
    ],
    sql: 'ALTER TABLE "MonthBudget" DROP CONSTRAINT "MonthBudget_within_ceiling"',
    test: inTests('attacks/month'),
    named: '',
  },
  {
    guard: 'month cap: the database itself',
    sql: 'ALTER TABLE "MonthBudget" DROP CONSTRAINT "MonthBudget_within_ceiling"',
    test: limitsTest,
    named: 'the database itself refuses',
  },
  {
    guard: 'month cap: limits never go below what is promised',
    edits: [
      {
        file: services('approvals/carry-out-policy'),
        from: 'if (ceilingMinor < row.ceilingMinor && ceilingMinor < promised)',
        to: 'if (false)',
      },
    ],
    sql: 'ALTER TABLE "MonthBudget" DROP CONSTRAINT "MonthBudget_within_ceiling"',
    test: inTests('policy/change'),
    named: 'never go below what already runs',
  },
  {
    guard: 'month cap: what may be spending is never given back',
    edits: [
      {
        file: services('pacing/settle'),
        from: "return release(tx, ctx, holderId, ['HELD']);",
        to: "return release(tx, ctx, holderId, ['HELD', 'SPENDING']);",
      },
    ],
    test: limitsTest,
    named: 'money that may be spending is never given back',
  },
  {
    guard: 'limits: a card changes them only from the version it was made from',
    edits: [{ file: services('approvals/carry-out-policy'), from: 'if (!stands) throw', to: 'if (false) throw' }],
    test: inTests('policy/change'),
    named: 'made before others came into force another way',
  },
  {
    guard: 'drift: the platform still shows what the action was planned from',
    edits: [
      {
        file: services('mutations/step-writes'),
        from: 'if (await hasDrifted(ctx, looking))',
        to: 'if ((await hasDrifted(ctx, looking)) && false)',
      },
    ],
    test: gateTest,
    named: 'refuses when the platform no longer shows what the action was planned from',
  },
  {
    guard: 'drift: a card still fits what it was made from',
    edits: [
      {
        file: services('approvals/carry-out-action'),
        from: 'if (remoteDigest(now) === approval.remoteDigest) return;',
        to: 'if (remoteDigest(now) !== undefined) return;',
      },
    ],
    test: inTests('mutations/undo'),
    named: 'planned from another state is refused with the difference',
  },
  {
    guard: 'judged again: right before the first write',
    edits: [
      {
        file: check,
        from: "if (verdict.answer === 'refuse' || verdict.answer === 'shadow')",
        to: 'if (false)',
      },
      {
        file: services('connections/access'),
        from: "connection.status === 'QUARANTINED' && !input.evenIfBroken",
        to: 'false',
      },
      {
        file: services('connections/access'),
        from: "connection.status !== 'HEALTHY' && !input.evenIfBroken",
        to: 'false',
      },
    ],
    test: gateTest,
    named: 'a raise does not',
  },
  {
    guard: 'idempotency claim: an action that is over is left alone',
    edits: [
      { file: check, from: "if (row.state !== 'EXECUTING') return null;", to: '' },
      {
        file: perform,
        from: "if (effect.state === 'DONE') return { kind: 'done', remoteId: effect.remoteId };",
        to: '',
      },
      { file: ledger, from: `"fence" = \${held.fence} AND "state" <> 'DONE'`, to: `"fence" = \${held.fence}` },
    ],
    test: gateTest,
    named: 'is over once it is done',
  },
  {
    guard: 'idempotency claim: an effect that is done is not sent again',
    edits: [
      {
        file: perform,
        from: "if (effect.state === 'DONE') return { kind: 'done', remoteId: effect.remoteId };",
        to: '',
      },
    ],
    test: performTest,
    named: 'makes its object at most once whatever happens',
  },
  {
    guard: 'idempotency claim: one subject a day',
    edits: [
      {
        file: services('mutations/propose'),
        from: `\${subjectOf(action)}:\${input.day}\``,
        to: `\${subjectOf(action)}:\${input.day}:\${Math.random()}\``,
      },
    ],
    test: gateTest,
    named: 'the same subject is proposed once per account day',
  },
  {
    guard: 'idempotency claim: the same key with another request',
    edits: [{ file: ledger, from: 'if (row.requestHash !== requestHash) throw', to: 'if (false) throw' }],
    test: performTest,
    named: 'with the same key but another request is refused',
  },
  {
    guard: 'fence: an older attempt cannot take the work back',
    edits: [{ file: ledger, from: `AND "fence" <= COALESCE(\${intent.fence}::int, "fence")`, to: '' }],
    test: performTest,
    named: 'of an older attempt does not leave once a newer one holds the work',
  },
  {
    guard: 'fence: a frozen attempt does not leave when it wakes',
    edits: [{ file: ledger, from: `AND "fence" = \${held.fence} AND "state" <> 'DONE'`, to: `AND "state" <> 'DONE'` }],
    test: performTest,
    named: 'that was frozen while a newer attempt took over',
  },
  {
    guard: 'read-back: only what the platform shows is done',
    edits: [{ file: execute, from: 'if (!standsAsWanted(step, seen, creative?.remoteId ?? null))', to: 'if (false)' }],
    test: gateTest,
    named: 'is not called done while the platform shows something else',
  },
  {
    guard: 'read-back: only what the platform shows is live',
    edits: [
      {
        file: services('deployments/look'),
        from: 'if (serious.length === 0) return;',
        to: 'if (serious.length >= 0) return;',
      },
    ],
    test: inTests('deployments/run'),
    named: 'below the campaign is never switched on with it',
  },
  {
    guard: 'marker look-up: before anything is sent again',
    edits: [{ file: perform, from: 'if (effect.sentMsAgo !== null) {', to: 'if (false as boolean) {' }],
    test: performTest,
    named: 'makes its object at most once whatever happens',
  },
  {
    guard: 'marker look-up: not before the platform had its time',
    edits: [
      { file: perform, from: "if (left > 0) return { kind: 'wait'", to: "if (left > Infinity) return { kind: 'wait'" },
    ],
    test: performTest,
    named: 'is not looked for before the platform had its time',
  },
  {
    guard: 'marker look-up: nothing is sent on a doubtful look',
    edits: [
      {
        file: perform,
        from: "if (lookup.kind === 'absent') return null;",
        to: "if (lookup.kind === 'absent' || lookup.kind === 'inconclusive') return null;",
      },
    ],
    test: performTest,
    named: 'is never sent on an inconclusive look',
  },
  {
    guard: 'marker look-up: what somebody else changed is not adopted',
    edits: [
      {
        file: perform,
        from: "lookup.kind === 'found' && calls.mayAdopt(lookup.object)",
        to: "lookup.kind === 'found'",
      },
    ],
    test: performTest,
    named: 'does not adopt what somebody else switched on',
  },
  {
    guard: 'cap at the platform: nothing is switched on without it',
    edits: [
      { file: services('deployments/reconcile'), from: 'if (guard && !isGuarded(guard, seen))', to: 'if (false)' },
    ],
    test: 'tests/unit/deployments/guard.test.ts',
    named: 'must show exactly the cap that was set',
  },
  {
    guard: 'cap at the platform: set at every launch',
    edits: [{ file: services('deployments/tasks'), from: '...(spendCap ? [', to: '...(false ? [' }],
    test: 'tests/unit/deployments/guard.test.ts',
    named: 'is set before the first look',
  },
  {
    guard: 'rule at the platform: nothing is switched on without it',
    edits: [
      {
        file: services('deployments/reconcile'),
        from: 'if (guard && input.rule && !isRuled(guard, input.rule))',
        to: 'if (false)',
      },
    ],
    test: inTests('deployments/stop-rule'),
    named: '',
  },
  {
    guard: 'rule at the platform: dearer days are let through before a raise',
    edits: [{ file: services('mutations/tell-stop-rule'), from: 'if (!held.stopRule) return', to: 'if (true) return' }],
    test: inTests('deployments/stop-rule'),
    named: 'lets the dearer days of an approved raise through',
  },
  {
    guard: 'rule at the platform: comes down with the budgets, in the same execution',
    edits: [
      {
        file: services('mutations/stop-rule-wanted'),
        from: 'if (changeOf(budgetMovesIn(action, campaign.id)) >= 0n) return null;',
        to: 'if (changeOf(budgetMovesIn(action, campaign.id)) < 1_000_000n) return null;',
      },
    ],
    test: inTests('mutations/renew-guards'),
    named: 'bring the cap and the stop rule down with them',
  },
  {
    guard: 'rule at the platform: never below what today cost already',
    edits: [
      {
        file: services('mutations/tell-stop-rule'),
        from: 'amounts.set(remoteId, lowest > perDay.minor ? lowest : perDay.minor);',
        to: 'amounts.set(remoteId, perDay.minor);',
      },
    ],
    test: inTests('mutations/renew-guards'),
    named: 'on a day that cost much already',
  },
  {
    guard: 'Undo: not once somebody changed it since',
    edits: [{ file: services('mutations/undo'), from: 'if (changed.length > 0) throw', to: 'if (false) throw' }],
    test: inTests('mutations/undo'),
    named: 'is refused at the press where the change was already seen',
  },
  {
    guard: 'money between campaigns: what one gives is what the other takes',
    edits: [
      {
        file: 'lib/domain/policy-budget.ts',
        from: "return sidesOf(action, id) ? judgeShift(steps, input) : refuse('sum_changes');",
        to: 'return judgeShift(steps, input);',
      },
    ],
    test: moveTest,
    named: 'is judged: one sum, one project',
  },
  {
    guard: 'money between campaigns: of one project, and both running',
    edits: [
      { file: 'lib/domain/policy-budget.ts', from: "if (!otherBudgetsMinor) return refuse('unknown_ad_set');", to: '' },
      {
        file: 'lib/domain/policy-budget.ts',
        from: '[action.other.moves, otherBudgetsMinor],',
        to: '[action.other.moves, otherBudgetsMinor ?? input.campaign.dailyBudgetsMinor],',
      },
    ],
    test: moveTest,
    named: 'is judged: one sum, one project',
  },
  {
    guard: 'money between campaigns: both are looked at before anything is written',
    edits: [
      {
        file: services('mutations/execute-move'),
        from: 'for (const { step, key, name } of [...down, ...guards, ...up])',
        to: 'for (const { step, key, name } of [...down])',
      },
    ],
    test: moveTest,
    named: 'writes nothing where one of the two was changed',
  },
  {
    guard: 'money between campaigns: what cannot be finished is put back',
    edits: [
      {
        file: services('mutations/execute-move'),
        from: 'return await putMoveBack(ctx, run, error);',
        to: 'throw error;',
      },
    ],
    test: moveTest,
    named: 'a raise that Facebook refuses is told',
  },
  {
    guard: 'money between campaigns: nothing else of either is reckoned meanwhile',
    edits: [
      {
        file: services('pacing/reserve'),
        from: 'if (await isMoving(tx, ctx, campaignRecordId))\n',
        to: 'if (false)\n',
      },
    ],
    test: moveTest,
    named: 'nothing else of either campaign is reckoned',
  },
  {
    guard: 'cap at the platform: a higher one is kept only where the month has room for it',
    edits: [
      {
        file: services('pacing/keep-cap'),
        from: 'if (growsMinor > (await freeOf(tx, ctx, of)))',
        to: 'if (growsMinor > (await freeOf(tx, ctx, { ...of, limit: of.limit + 1_000_000n })))',
      },
    ],
    test: inTests('drift/caps'),
    named: 'is refused where the month has no room',
  },
  {
    guard: 'cap at the platform: what is kept counts in the month',
    edits: [
      {
        file: services('pacing/keep-cap'),
        from: 'data: { committedMinor: { increment: growsMinor } }',
        to: 'data: { committedMinor: { increment: 0n } }',
      },
    ],
    test: inTests('drift/caps'),
    named: 'promise grow by exactly what the card said',
  },
  {
    guard: 'audit: rows cannot be changed or deleted',
    sql: 'DROP TRIGGER "AuditEntry_append_only" ON "AuditEntry"',
    test: inTests('ledger/audit'),
    named: 'cannot be changed or deleted',
  },
];
