import { writeSync } from 'node:fs';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { exportAudit } from '@/lib/services/ledger/export-audit';
import { verifyAudit } from '@/lib/services/ledger/verify';

// npm run audit:verify                     every workspace
// npm run audit:verify -- <workspace>      one
// npm run audit:verify -- <workspace> --export > trail.jsonl
const [wanted, flag] = process.argv.slice(2);
const context = (workspaceId: string) => ({
  workspaceId,
  actor: { type: 'system' as const },
  requestId: 'audit-verify',
});
const ids = wanted
  ? [wanted]
  : (await inSystem((tx) => tx.organization.findMany({ select: { id: true }, orderBy: { createdAt: 'asc' } }))).map(
      ({ id }) => id,
    );

let bad = 0;
for (const id of ids) {
  if (flag === '--export') {
    for await (const line of exportAudit(context(id))) writeSync(1, line);
    continue;
  }
  const { rows, firstBad } = await verifyAudit(context(id));
  if (firstBad) bad += 1;
  writeSync(1, `${id}: ${firstBad ? `row ${firstBad.seq} is ${firstBad.problem}` : `${rows} rows, whole`}\n`);
}
if (flag !== '--export')
  writeSync(1, bad === 0 ? `All ${ids.length} trails are whole.\n` : `${bad} of ${ids.length} trails are broken.\n`);
await closeDatabase();
process.exitCode = bad === 0 ? 0 : 1;
