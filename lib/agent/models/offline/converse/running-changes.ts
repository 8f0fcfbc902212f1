import { changeWords } from '../../../../words/en/changes';
import { call, type MessageView, type Reply } from '../reply';
import { wishedChange } from '../understand/changes';
import { adIdeas } from './ad-ideas';

/** What the owner wants different about ads that run, as a call of the tool that puts a card there; null: nothing of it. */
export function changeWish(view: MessageView): Reply | null {
  const running = view.state.campaigns[0];
  const wish = wishedChange(view.text, { ages: running?.ages ?? [18, 65], places: running?.places ?? [] });
  if (!wish) return null;
  const used = running?.ads.map(({ headline }) => headline) ?? [];
  if (wish.tool === 'propose_deletion') return call(wish.tool, named(wish.input, view.text, used));
  if (wish.tool !== 'propose_new_ad') return call(wish.tool, wish.input);
  const { ads, reserves } = adIdeas(view.state.brief, used.length);
  const fresh = [...ads, ...reserves].find(({ headline }) => !used.includes(headline)) ?? ads[0];
  if (!fresh) return null;
  const { idea, headline, primaryText } = fresh;
  return call('propose_new_ad', { idea, headline: wish.headline ?? headline, primaryText });
}

/** "Delete the ad about birthday cakes": an ad whose headline stands in the owner's words, where nothing else names one. */
function named<T extends { what: string; number?: number; headline?: string }>(
  input: T,
  text: string,
  headlines: readonly string[],
): T {
  if (input.what !== 'ad' || input.number !== undefined || input.headline !== undefined) return input;
  const said = bare(text);
  const found = headlines.filter((headline) => said.includes(bare(headline)));
  return found.length === 1 ? { ...input, headline: found[0] } : input;
}

/** Letters and digits alone, so that a question mark more or less makes no difference. */
function bare(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

type ChangeTool = keyof typeof changeWords.done;

/** What is said once the card stands there, or why none does. */
export function changeAnswer(tool: ChangeTool, output: Record<string, unknown>): string {
  const notes = Array.isArray(output.notes) ? output.notes.map(String) : [];
  if (output.ok === true) {
    const missing = notes.flatMap((note) => /^(?:town|like)_not_found: (.+)$/.exec(note)?.[1] ?? []);
    return [changeWords.done[tool], missing.length > 0 ? changeWords.notFound(missing) : ''].filter(Boolean).join(' ');
  }
  const problem = String(output.problem ?? '');
  if (problem === 'no_such_ad') return changeWords.whichAd(texts(output.ads));
  if (problem === 'not_found') return changeWords.notFound(texts(output.notFound));
  if (problem === 'refused') return [changeWords.refused, ...texts(output.because)].join(' ');
  if (problem === 'unsafe_claim') return changeWords.unsafe(String(output.phrase ?? ''));
  const words = changeWords.problems as Record<string, string>;
  return (Object.hasOwn(words, problem) ? words[problem] : undefined) ?? String(output.say ?? changeWords.refused);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
