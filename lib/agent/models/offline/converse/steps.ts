import { agentWords } from '../../../../words/en/agent';
import type { ToolOutput } from '../prompt-view';
import { call, type MessageView, type Reply, say, type View } from '../reply';
import { intentOf } from '../understand/intent';
import { hear, introduction } from './onboarding';
import { draftFirst } from './planning';
import { smallTalk } from './small-talk';

/** A button was pressed or something happened: the helper goes on by itself. */
export function nextStep(view: View): Reply {
  const { state } = view;
  if (state.cause === 'greeting' && state.stage === 'brief') {
    return say(agentWords.greeting, introduction(view), agentWords.questions.businessDescription[0]);
  }
  const { missing } = state.connection;
  if (state.cause === 'connection_denied')
    return call(
      'show_connect',
      {},
      missing.length > 0 ? agentWords.permissionsMissing(missing) : agentWords.connectDenied,
    );
  switch (state.stage) {
    case 'brief':
      return say(introduction(view), agentWords.questions.businessDescription[0]);
    case 'confirm_brief':
      return call('show_brief');
    case 'connect':
      return call(
        'show_connect',
        {},
        missing.length > 0
          ? agentWords.permissionsMissing(missing)
          : state.connection.state === 'broken'
            ? agentWords.connectBroken
            : agentWords.connectIntro,
      );
    case 'choose_account':
      return call('show_account_picker');
    case 'plan':
      return draftFirst(view);
    case 'approve':
      return say(agentWords.approvalWaiting);
    case 'change_plan':
      return say(agentWords.whatShouldChange);
    case 'running':
      return call('read_status', { days: 7 });
  }
}

/** The owner writes while a step waits: connecting, choosing an account, or the first plan. */
export function stepMessage(view: MessageView): Reply {
  const intent = intentOf(view.text);
  if (intent === 'stop') return say(agentWords.stopBefore);
  // The plan could not be drafted as the goal was, and messages were offered instead.
  if (intent === 'approve' && offeredMessages(view)) return call('update_brief', { goal: 'MESSAGES' });
  const { patch } = hear(view);
  if (intent !== 'injection' && Object.keys(patch).length > 0) return call('update_brief', patch);
  const talk = smallTalk(view);
  const shown = (kind: string) => view.state.recentCards.some((card) => card.kind === kind);
  switch (view.state.stage) {
    case 'connect':
      return shown('FB_CONNECT') ? say(talk, agentWords.connectWaiting) : call('show_connect', {}, talk);
    case 'choose_account':
      return shown('ACCOUNT_PICKER')
        ? say(talk, agentWords.chooseAccountWaiting)
        : call('show_account_picker', {}, talk);
    default:
      return talk ? say(talk) : draftFirst(view);
  }
}

function offeredMessages(view: MessageView): boolean {
  const { goal_needs_website, goal_needs_form, goal_needs_phone } = agentWords.draftProblems;
  const last = view.ownTexts.at(-1) ?? '';
  return [goal_needs_website, goal_needs_form, goal_needs_phone].some((offer) => last.includes(offer));
}

export function afterStepTool(view: View, last: ToolOutput): Reply {
  if (last.name === 'show_account_picker')
    return last.output.ok === true ? say(agentWords.chooseAccount) : call('show_connect');
  if (last.output.problem === 'already_connected') return nextStep(view);
  return view.state.cause === 'connection_denied' ? say() : say(agentWords.connectHow);
}
