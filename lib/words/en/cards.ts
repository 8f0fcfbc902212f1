import { actionCardWords } from './action-card';
import { approvalCardWords, responseCardWords } from './approval-card';
import { briefCardWords } from './brief-card';
import { connectCardWords, pickerCardWords } from './connect-card';
import { deployCardWords } from './deploy-card';
import { diffCardWords, feedCardWords, planCardWords } from './plan-card';
import { reportCardWords } from './report-card';

export { actionMarks } from './action-card';
export { briefLines } from './brief-card';
export { buttonWords, countResults, goalWords, resultWords } from './goals';
export { envelopeSentences } from './plan-card';

/** What stands on the cards, by the noun of each; the words themselves stand in the files named after it. */
export const cardWords = {
  feed: feedCardWords,
  unknown: 'There is something here this page cannot show yet. Reload the page to see it.',
  connect: connectCardWords,
  picker: pickerCardWords,
  brief: briefCardWords,
  approval: approvalCardWords,
  plan: planCardWords,
  action: actionCardWords,
  deploy: deployCardWords,
  diff: diffCardWords,
  report: reportCardWords,
  response: responseCardWords,
};
