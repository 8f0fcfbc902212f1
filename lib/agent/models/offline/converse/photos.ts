import { agentWords } from '../../../../words/en/agent';
import { call, type MessageView, type Reply, say } from '../reply';
import { intentOf } from '../understand/intent';
import { askOn } from './onboarding';
import { draftFirst } from './planning';

/**
 * The owner sent photos, with or without words. They are acknowledged first, never described: the helper sees none of them. A
 * plan that waits is drawn anew with them.
 */
export function photoMessage(view: MessageView, answer: (view: MessageView) => Reply): Reply {
  const thanks = agentWords.photosReceived(view.state.photos.justSent);
  const reply = view.text.trim() === '' ? wordless(view) : answer(view);
  const lead = { ...reply, text: say(thanks, reply.text).text };
  const keepsPlan = reply.calls.length > 0 || ['stop', 'injection'].includes(intentOf(view.text));
  const { stage } = view.state;
  return (stage === 'approve' || stage === 'change_plan') && !keepsPlan ? call('draft_campaign', {}, thanks) : lead;
}

/** Photos alone: the conversation goes on where it stood. */
function wordless(view: MessageView): Reply {
  switch (view.state.stage) {
    case 'brief':
      return say(askOn(view));
    case 'confirm_brief':
      return say(agentWords.pressConfirm);
    case 'connect':
      return say(agentWords.connectWaiting);
    case 'choose_account':
      return say(agentWords.chooseAccountWaiting);
    case 'plan':
      return draftFirst(view);
    case 'running':
      return say(agentWords.photosWhileRunning);
    default:
      return say();
  }
}
