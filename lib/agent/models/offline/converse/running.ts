import type { Goal } from '../../../../domain/brief';
import { agentWords } from '../../../../words/en/agent';
import { holdoutWords } from '../../../../words/en/holdout';
import { formatNumber } from '../../../../words/format';
import type { ToolOutput } from '../prompt-view';
import { call, type MessageView, type Reply, say, type View } from '../reply';
import { askedAbout } from '../understand/asked';
import { wishedTest } from '../understand/compared';
import { type Intent, intentOf } from '../understand/intent';
import { type Amount, moneyText } from './amounts';
import { explain, type SeenDecision } from './explain';
import { draftAnother } from './planning';
import { changeAnswer, changeWish } from './running-changes';
import { smallTalk } from './small-talk';

const WANTS_PLAN =
  /\b(?:draft|write|make|plan|want|need|start)\b.{0,20}\b(?:new|another|second|different)\b.{0,12}\b(?:plan|campaign|ads)\b|^\s*(?:another|new|a second) (?:plan|campaign)\b/i;
const WANTS_CHANGE =
  /\b(?:change|replace|add|remove|delete|pause|resume|restart|start|edit|update|switch|turn|make|use|new|another|different|moved|moving|changed)\b/i;

/** The owner writes about ads that exist at Facebook. */
export function runningMessage(view: MessageView): Reply {
  const weeks = weeklySalesIn(view.text);
  if (weeks) return call('plan_holdout', { weeklySales: weeks });
  const intent = intentOf(view.text);
  // Stopping outranks everything, and words that only look like an order are no wish.
  const change = intent === 'stop' || intent === 'injection' || intent === 'why' ? null : changeWish(view);
  if (change) return change;
  const test = MAY_TEST.includes(intent) ? wishedTest(view.text) : null;
  if (test) return call('test_ads', test);
  if (MAY_ASK.includes(intent)) {
    if (WITHOUT_ADS.test(view.text)) return say(holdoutWords.ask);
    // "We are closed next week" is no question about the ads.
    if (AHEAD.test(view.text) && !askedAbout(view.text)) return call('read_forecast');
  }
  switch (intent) {
    case 'stop':
      return call('stop_everything');
    case 'why':
      return call('explain_action', { limit: 10 });
    case 'undo':
      return say(agentWords.undoHow);
    case 'approve':
      return call('show_approval');
    case 'spend_more':
      return say(agentWords.spendMoreRunning);
    case 'cheaper':
      return say(agentWords.runningBudget, agentWords.whatICanDo.running);
    case 'status':
      return askedAbout(view.text) ? say(smallTalk(view)) : call('read_status', { days: 7 });
    default: {
      const talk = smallTalk(view);
      if (talk) return say(talk);
      if (WANTS_PLAN.test(view.text)) return draftAnother(view);
      if (WANTS_CHANGE.test(view.text)) return say(agentWords.notFromChat, agentWords.whatICanDo.running);
      return /\b(?:budget|per day|a day|a month)\b|[€$£¥]/i.test(view.text)
        ? say(agentWords.runningBudget)
        : say(agentWords.noneOfThat, agentWords.whatICanDo.running);
    }
  }
}

export function afterRunningTool(view: View, last: ToolOutput): Reply {
  const { output } = last;
  switch (last.name) {
    case 'explain_action':
      return say(explain((output.decisions as SeenDecision[] | undefined) ?? [], view.text ?? ''));
    case 'show_approval':
      return approvalAnswer(output);
    case 'stop_everything':
      return say(stopAnswer(output));
    case 'read_forecast':
    case 'plan_holdout':
    case 'test_ads':
      return say(aheadAnswer(output));
    case 'propose_audience':
    case 'propose_new_ad':
    case 'propose_deletion':
    case 'propose_category':
      return say(changeAnswer(last.name, output));
    default:
      return say(statusAnswer((output.campaigns as SeenCampaign[] | undefined) ?? []));
  }
}

/** Questions about what comes, and about what would have come anyway; an order to stop or to change is neither. */
const MAY_ASK: readonly Intent[] = ['none', 'status', 'guarantee', 'how_it_works', 'confused'];
const MAY_TEST: readonly Intent[] = [...MAY_ASK, 'spend_more'];
const AHEAD =
  /\b(?:next (?:week|month|\d+ days|few days)|coming (?:week|weeks|days)|forecast|look ahead|what (?:can|should|will|do) (?:i|we) (?:expect|get)|how many\b.{0,40}\bwill)\b/i;
const WITHOUT_ADS =
  /\b(?:come|came|have come|bought|buy|have bought) anyway\b|\bwithout (?:the |my |any )?ads\b|\breally (?:the ads|because of the ads)\b|\bdo the ads (?:really|actually)\b/i;
/** Numbers in a row that are taken for sales per week. */
const WEEKS_NAMED = 6;

function weeklySalesIn(text: string): number[] | null {
  const numbers = text.match(/\d+(?:\.\d+)?/g) ?? [];
  const listed = /^[^\d]*(?:\d+(?:\.\d+)?[\s,;]+(?:and\s+)?){5,}\d+[^\d]*$/.test(text);
  return listed && numbers.length >= WEEKS_NAMED ? numbers.map(Number) : null;
}

function aheadAnswer(output: Record<string, unknown>): string {
  if (typeof output.sentence === 'string') return output.sentence;
  if (output.ok !== true) return agentWords.status.none;
  const rows = (output.campaigns as { name: string; sentence: string | null }[] | undefined) ?? [];
  const said = rows.flatMap(({ name, sentence }) =>
    sentence ? [rows.length > 1 ? `“${name}”: ${sentence}` : sentence] : [],
  );
  return said.length > 0 ? said.join(' ') : agentWords.status.none;
}

function stopAnswer(output: Record<string, unknown>): string {
  if (output.problem === 'nothing_runs') return agentWords.stopBefore;
  if (output.ok !== true) return agentWords.stopNotPossible;
  if (output.done !== true) return agentWords.stopRunning;
  return output.confirmed === true ? agentWords.stopDone : agentWords.stopOrdered;
}

function approvalAnswer(output: Record<string, unknown>): Reply {
  if (output.problem === 'nothing_waits') return say(agentWords.nothingWaits, agentWords.whatICanDo.running);
  if (output.problem === 'several_wait') {
    const names = (output.waiting as { campaign: string | null; kind: string }[]).map(
      ({ campaign, kind }) => campaign ?? kind,
    );
    return say(agentWords.approvalsSeveral([...new Set(names)]));
  }
  return say(agentWords.approvalWaiting);
}

type SeenCampaign = {
  name: string;
  status: string;
  goal: Goal;
  numbers: { days: number; spend: Amount; clicks: number; results: number | null; costPerResult: Amount | null } | null;
};

/** Fewer clicks than this say nothing about an ad yet. */
const EARLY_CLICKS = 100;

function statusAnswer(campaigns: readonly SeenCampaign[]): string {
  const words = agentWords.status;
  if (campaigns.length === 0) return words.none;
  return campaigns
    .map(({ name, status, goal, numbers }) => {
      const state = words.states[status] ?? '';
      if (!numbers)
        return `“${name}” ${state}. ${['IN_REVIEW', 'ACTIVE'].includes(status) ? words.noNumbers(name) : ''}`.trim();
      const results =
        numbers.results === null
          ? null
          : words.results(goal, formatNumber(numbers.results, 'en'), numbers.results === 1);
      const line = words.line({
        name,
        state,
        days: numbers.days,
        spend: moneyText(numbers.spend),
        clicks: formatNumber(numbers.clicks, 'en'),
        results,
        each: numbers.costPerResult && moneyText(numbers.costPerResult),
      });
      return numbers.clicks < EARLY_CLICKS ? `${line} ${words.early}` : line;
    })
    .join(' ');
}
