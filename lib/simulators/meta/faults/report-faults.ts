import { worldByMark } from '../world/find-world';
import type { WorldHost } from '../world/host';
import { markOf } from '../world/ids';
import { objectOf } from '../world/live-world';
import { type Fault, numberParam, textParam } from './faults';

/** What becomes of a report that was just ordered: it fails on the way, is given up as too old, or stands still. */
export function spoilReport(host: WorldHost, runId: string, fault: Fault): void {
  const live = worldByMark(host.worlds, markOf(runId));
  const report = live ? objectOf(live.world, runId, 'reportrun') : null;
  if (!live || !report) return;
  if (fault.kind === 'report_failed') {
    report.hidden.failure = {
      error_code: numberParam(fault, 'code', -3),
      error_subcode: numberParam(fault, 'subcode', 1504045),
      error_message: textParam(fault, 'message', 'The report is too large'),
      error_user_title: 'Report failed',
      error_user_msg: 'Ask for less data and try again.',
    };
  }
  if (fault.kind === 'report_expired') report.hidden.expiredReport = true;
  if (fault.kind === 'report_stalled') {
    const ms = fault.params?.ms === undefined ? null : numberParam(fault, 'ms', 0);
    report.hidden.stalledReport = {
      percent: numberParam(fault, 'percent', 43),
      untilMs: ms === null ? null : report.createdMs + ms,
    };
  }
  host.persist(live);
}
