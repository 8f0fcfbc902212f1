import { describe, expect, it } from 'vitest';
import { missingBriefFields } from '@/lib/domain/brief';
import { agentWords } from '@/lib/words/en/agent';
import { Conversation } from './conversation';

const FIRST = [
  'I am a painter in Porto and want people to leave their details for a quote on painting houses, 300 euros a month',
  'home owners, no website',
];

async function untilForm(says: readonly string[] = FIRST) {
  const conversation = new Conversation();
  let said = await conversation.event('greeting');
  for (const line of says) said = await conversation.say(line);
  for (
    let turn = 0;
    turn < 4 && missingBriefFields(conversation.draft).some((one) => one !== 'privacyPolicyUrl');
    turn++
  )
    said = await conversation.say(turn === 0 ? 'we are on time and clean' : 'I do not know');
  return { conversation, said };
}

describe('a business without a website that wants people to leave their details', () => {
  it('keeps that goal, is asked for its privacy notice in plain words, and finishes its brief with the answer', async () => {
    const { conversation } = await untilForm();
    expect(conversation.draft).toMatchObject({ goal: 'LEADS', websiteUrl: null });
    if (conversation.draft.privacyPolicyUrl === undefined) await conversation.say('pinturas.pt/privacy');
    expect(conversation.draft).toMatchObject({
      goal: 'LEADS',
      websiteUrl: null,
      privacyPolicyUrl: 'https://pinturas.pt/privacy',
    });
    expect(missingBriefFields(conversation.draft)).toEqual([]);
    expect(conversation.cardShown).toBe(true);
  });

  it('“none” is an answer: the brief is finished, and nothing is made up', async () => {
    const { conversation } = await untilForm();
    await conversation.say('none');
    expect(conversation.draft).toMatchObject({ goal: 'LEADS', privacyPolicyUrl: null });
    expect(missingBriefFields(conversation.draft)).toEqual([]);
  });

  it('is never asked for a privacy notice where nothing needs one', async () => {
    const conversation = new Conversation();
    const texts = [(await conversation.event('greeting')).text];
    for (const line of [
      'I run a bakery in Porto, 300 euros a month, more cake orders',
      'families, no website',
      'recipes',
    ])
      texts.push((await conversation.say(line)).text);
    expect(conversation.draft.goal).toBe('MESSAGES');
    for (const variant of agentWords.questions.privacyPolicyUrl) expect(texts.join('\n')).not.toContain(variant);
  });

  it.each(['a form', 'I would rather have a form', 'no, they should leave their phone number'])(
    '“%s” turns messages into a form',
    async (words) => {
      const conversation = new Conversation();
      await conversation.event('greeting');
      await conversation.say('I run a bakery in Porto, 300 euros a month, more cake orders');
      await conversation.say('families, no website');
      expect(conversation.draft.goal).toBe('MESSAGES');
      await conversation.say(words);
      expect(conversation.draft.goal).toBe('LEADS');
    },
  );

  it.each([
    ['goal_needs_form', 'privacy notice'],
    ['form_terms', 'facebook.com/ads/leadgen/tos'],
  ] as const)('%s is said with the next step and that nothing was spent', async (problem, part) => {
    const said = await new Conversation({
      draft: { goal: 'LEADS', websiteUrl: null, privacyPolicyUrl: null, product: 'Cakes', location: 'Porto' },
      stage: 'plan',
      answers: { draft_campaign: () => ({ ok: false, problem }) },
    }).event('connected');
    expect(said.text).toContain(part);
    expect(said.text).toMatch(/nothing was spent/i);
  });

  it.each([
    ['do not ask for the phone number in the form', false],
    ['the form should also ask for a phone number', true],
  ])('“%s” changes the form of the waiting plan', async (words, askPhone) => {
    const said = await new Conversation({
      draft: {
        goal: 'LEADS',
        websiteUrl: null,
        privacyPolicyUrl: 'https://a.pt/p',
        product: 'Cakes',
        location: 'Porto',
      },
      stage: 'change_plan',
      answers: { draft_campaign: () => ({ ok: true, version: 2, changed: true }) },
    }).say(words);
    expect(said.tools).toContainEqual({ name: 'draft_campaign', input: { form: { askPhone } } });
  });
});
