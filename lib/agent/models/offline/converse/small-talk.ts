import { agentWords } from '../../../../words/en/agent';
import { answerWords } from '../../../../words/en/answers';
import type { MessageView } from '../reply';
import { askedAbout } from '../understand/asked';
import { type Intent, intentOf, looksForeign } from '../understand/intent';

const ANSWERS: Partial<Record<Intent, string>> = {
  injection: agentWords.injection,
  guarantee: agentWords.guarantee,
  who_are_you: agentWords.whoAreYou,
  privacy: agentWords.privacy,
  price: agentWords.price,
  how_it_works: agentWords.howItWorks,
  banned: agentWords.banned,
  upset: agentWords.upset,
  thanks: agentWords.thanks,
  greeting: agentWords.hello,
  off_topic: agentWords.offTopic,
};

/** The answer to something that is not about the step at hand; empty where there is none. */
export function smallTalk(view: MessageView): string {
  if (looksForeign(view.text)) return alreadySaid(view, agentWords.foreign);
  if (/\bwhy (?:do you (?:need|ask|want)|are you asking)\b/i.test(view.text)) return agentWords.whyAsk;
  const asked = askedAbout(view.text);
  // An insult outranks nothing: "is this a scam?" is a question first.
  const answer = asked ? answerWords[asked] : ANSWERS[intentOf(view.text)];
  return alreadySaid(view, answer ?? '');
}

/** The same long answer is not given twice in a row. */
function alreadySaid(view: MessageView, answer: string): string {
  const repeated = answer !== '' && view.ownTexts.at(-1)?.includes(answer);
  return repeated ? `${answer.split(/(?<=[.!?])\s/)[0] ?? answer}` : answer;
}
