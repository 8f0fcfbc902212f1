import { agentWords } from '../../../words/en/agent';
import { afterBriefTool, onboardingMessage } from './converse/onboarding';
import { photoMessage } from './converse/photos';
import { afterPlanTool, planMessage } from './converse/planning';
import { afterRunningTool, runningMessage } from './converse/running';
import { afterStepTool, nextStep, stepMessage } from './converse/steps';
import type { PromptView } from './prompt-view';
import { type MessageView, type Reply, say } from './reply';

/** One step of the built-in helper: words, tool calls, or both, from nothing but the prompt. */
export function think(view: PromptView): Reply {
  const { state } = view;
  if (!state) return say(agentWords.lostThread);
  const last = view.results.at(-1);
  if (last) {
    const at = { ...view, state };
    switch (last.name) {
      case 'update_brief':
        return state.stage === 'approve' || state.stage === 'change_plan'
          ? afterPlanTool(at, last)
          : afterBriefTool(at, last);
      case 'show_brief':
        return afterBriefTool(at, last);
      case 'draft_campaign':
        return afterPlanTool(at, last);
      case 'show_connect':
      case 'show_account_picker':
        return afterStepTool(at, last);
      default:
        return afterRunningTool(at, last);
    }
  }
  const at = { ...view, state };
  if (view.text === null) return nextStep(at);
  const message = { ...at, text: view.text };
  return state.photos.justSent > 0 ? photoMessage(message, answer) : answer(message);
}

function answer(message: MessageView): Reply {
  switch (message.state.stage) {
    case 'brief':
    case 'confirm_brief':
      return onboardingMessage(message);
    case 'connect':
    case 'choose_account':
    case 'plan':
      return stepMessage(message);
    case 'approve':
    case 'change_plan':
      return planMessage(message);
    case 'running':
      return runningMessage(message);
  }
}
