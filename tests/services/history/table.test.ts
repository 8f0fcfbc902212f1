import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { listHistory } from '@/lib/services/history/list';
import { historyTable } from '@/lib/services/history/table';
import { createProject } from '@/lib/services/projects/create';
import { buildProject } from '../../factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

it('the table holds every line of the history once, whatever the size of a page, and no cell a spreadsheet would run', async () => {
  const owner = await buildProject();
  await createProject(owner.ctx, { name: '=HYPERLINK("evil"), "Ana" & Rui', locale: 'en', timezone: 'UTC' });
  let csv = '';
  for await (const part of historyTable(owner.ctx, { locale: 'en', pageSize: 1 })) csv += part;
  const rows = csv.slice(1).trimEnd().split('\r\n');
  const { entries } = await listHistory(owner.ctx, { locale: 'en' });
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(rows.slice(1).map((row) => Number(row.split(',')[0]))).toEqual(entries.map(({ seq }) => seq));
  expect(rows.find((row) => row.includes('HYPERLINK'))).toMatch(/,"'=HYPERLINK\(""evil""\), ""Ana"" & Rui"$/);
});
