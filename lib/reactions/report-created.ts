import { announceReport } from '../services/reports/announce';
import type { Reaction } from './reaction';

/** A weekly report stands: card, artifact, bell. */
export const reportCreated: Reaction = {
  name: 'tell-report',
  hears: ['report.created'],
  run: ({ event, ctx }) => announceReport(ctx, { reportId: event.subject, eventId: event.id }),
};
