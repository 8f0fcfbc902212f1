import { accountSelected } from './account-selected';
import { actionExecuted } from './action-executed';
import { actionFailed } from './action-failed';
import { adHindered } from './ad-hindered';
import { adRefused } from './ad-refused';
import { approvalRequested } from './approval-requested';
import { briefConfirmed } from './brief-confirmed';
import { campaignStatus } from './campaign-status';
import { changesRequested } from './changes-requested';
import { connectionBroken } from './connection-broken';
import { connectionRevoked } from './connection-revoked';
import { deploymentEnded } from './deployment-ended';
import { driftFound } from './drift-found';
import { effectFound } from './effect-found';
import { launchMail } from './launch-mail';
import { learnFromPast } from './learn-past';
import { quarantineOpened } from './quarantine-opened';
import type { Reaction } from './reaction';
import { reportCreated } from './report-created';
import { stopConfirmed } from './stop-confirmed';

/** "When this happened, also": one consequence per line. */
export const reactions: readonly Reaction[] = [
  briefConfirmed,
  accountSelected,
  learnFromPast,
  approvalRequested,
  changesRequested,
  deploymentEnded,
  campaignStatus,
  adHindered,
  adRefused,
  actionExecuted,
  actionFailed,
  reportCreated,
  connectionBroken,
  driftFound,
  effectFound,
  quarantineOpened,
  launchMail,
  stopConfirmed,
  connectionRevoked,
];
