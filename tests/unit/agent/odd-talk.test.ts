import { describe, expect, it } from 'vitest';
import { withoutTypos } from '@/lib/agent/models/offline/understand/typos';
import type { BriefDraft } from '@/lib/domain/brief';
import { agentWords } from '@/lib/words/en/agent';
import { answerWords } from '@/lib/words/en/answers';
import { explainEvidence } from '@/lib/words/en/evidence';
import { panelWords } from '@/lib/words/en/panel';
import { Conversation, WHOLE } from './conversation';

const DRAFTED = { draft_campaign: () => ({ ok: true, version: 2, here: true, changed: true }) };

async function talk(lines: readonly string[]): Promise<{ conversation: Conversation; texts: string[] }> {
  const conversation = new Conversation();
  await conversation.event('greeting');
  const texts: string[] = [];
  for (const line of lines) texts.push((await conversation.say(line)).text);
  return { conversation, texts };
}

describe('an owner who answers oddly', () => {
  it('who knows nothing but the trade, the town and a sum still gets a brief, and never reads one question four times', async () => {
    const { conversation, texts } = await talk([
      ...['dunno', 'I cut hair', 'dunno', 'Braga', 'dunno lol', 'not sure', 'maybe 5 a day?'],
      ...['dunno', 'no', 'no idea', 'dunno', 'dunno'],
    ]);
    expect(conversation.draft).toMatchObject({
      businessDescription: 'I cut hair',
      location: 'Braga',
      goal: 'MESSAGES',
      websiteUrl: null,
      targetAudience: agentWords.anyoneNearby,
    });
    expect(conversation.cardShown).toBe(true);
    const questions = texts.flatMap((text) => text.match(/[^.!?]+\?/g) ?? []).map((question) => question.trim());
    for (const question of questions) expect(questions.filter((other) => other === question).length).toBeLessThan(4);
    // What was put down without an answer is called so.
    expect(texts.join(' ')).toContain('Let me put this down for now');
  });

  it.each([
    [
      'nail salon, Vila Nova de Gaia, 200€ month, no website, women 20-40, gel nails, want bookings',
      { businessDescription: 'Nail salon', location: 'Vila Nova de Gaia', country: 'PT', product: 'Gel nails' },
    ],
    [
      'carpenter in Leiria, custom kitchens, budget 1k a month, kitchens are worth like 8k each, homeowners, no site yet',
      { businessDescription: 'Carpenter in Leiria', product: 'Custom kitchens', targetAudience: 'Homeowners' },
    ],
    [
      'Sam here! plumber in austin texas, sammyplumb.com, want more calls, $25/day, homeowners, we answer 24/7',
      { location: 'Austin, Texas', country: 'US', goal: 'CALLS', targetAudience: 'Homeowners' },
    ],
  ])('headings in one line are taken apart: %s', async (line, facts) => {
    expect((await talk([line])).conversation.draft).toMatchObject(facts);
  });

  it.each([
    'how much did I spend?',
    "what's my status",
    'show me the report',
    'undo',
    'can I skip this',
    'how many customers will I get?',
    'is this safe?',
    'stop asking so many questions',
    'can I talk to a human?',
  ])('“%s” is no answer, whatever was asked', async (remark) => {
    for (const before of [
      [],
      ['bakery in Faro'],
      ['bakery in Faro', 'custard tarts'],
      ['bakery in Faro', 'bread', 'messages'],
    ]) {
      const conversation = new Conversation();
      await conversation.event('greeting');
      for (const line of before) await conversation.say(line);
      const known = JSON.stringify(conversation.draft);
      await conversation.say(remark);
      expect(JSON.stringify(conversation.draft)).toBe(known);
    }
  });

  it('a town, a currency or a goal said once more is nobody’s product and nobody’s customer', async () => {
    const { conversation } = await talk(['bakery in Porto', 'porto', 'bread', 'messages', '150', 'EUR', 'messages']);
    expect(conversation.draft).toMatchObject({ product: 'Bread', monthlyBudget: { minor: '15000', currency: 'EUR' } });
    expect(conversation.draft.targetAudience ?? '').not.toMatch(/eur|messages/i);
  });

  it('before there are ads, a question about spending is answered: there are none', async () => {
    expect((await talk(['how much did I spend?'])).texts[0]).toContain(agentWords.status.none);
  });

  it('on the card, what is said takes the place of what was said before, and “also” adds to it', async () => {
    const conversation = new Conversation({ draft: { ...WHOLE } });
    await conversation.say('its Braga');
    await conversation.say('we also do cupcakes');
    expect(conversation.draft).toMatchObject({ location: 'Braga', product: 'Birthday cakes and cupcakes' });
    expect((await conversation.say('is this safe?')).tools).toEqual([]);
  });
});

describe('questions that are asked at any moment', () => {
  it.each([
    ['is this safe?', answerWords.safe],
    ['is this a scam?', answerWords.safe],
    ['can you post on my page?', answerWords.asYou],
    ['do I need a credit card?', answerWords.payment],
    ['can I stop any time?', answerWords.stopAnyTime],
    ['I want to talk to a human', answerWords.human],
    ['target women only', answerWords.gender],
    ['start next monday', answerWords.dates],
    ['we are closed next week', answerWords.dates],
    ['when is the next report?', answerWords.report],
    ['how much is left this month?', answerWords.limits],
    ['use my photos', answerWords.photos],
    ['I have no facebook page', answerWords.noFacebook],
  ])('“%s”', async (words, answer) => {
    const stages = ['connect', 'approve', 'running'] as const;
    for (const stage of stages) {
      const said = await new Conversation({ draft: WHOLE, stage }).say(words);
      expect(said.text, stage).toContain(answer);
      expect(said.tools.filter(({ name }) => name !== 'show_connect')).toEqual([]);
    }
  });

  it('a long story that mentions such a word is a story', async () => {
    const story =
      'We opened a little pizzeria in Matosinhos two years ago, people trust us, no contract needed, and we have no facebook yet but honestly weekdays are dead and we want more reservations';
    expect((await talk([story])).texts[0]).not.toMatch(
      new RegExp([answerWords.noFacebook, answerWords.stopAnyTime].map((text) => text.slice(0, 30)).join('|')),
    );
  });
});

describe('what the tools beside the chat write for the owner', () => {
  const prompts = panelWords.tools.list.map(({ prompt }) => prompt);

  it.each(prompts)('“%s” is understood wherever the conversation stands', async (prompt) => {
    const words = prompt.endsWith(': ') ? `${prompt}we open on Sundays now` : prompt;
    for (const stage of ['approve', 'running'] as const) {
      const said = await new Conversation({
        draft: WHOLE,
        stage,
        answers: { ...DRAFTED, explain_action: () => ({ decisions: [] }), read_status: () => ({ campaigns: [] }) },
      }).say(words);
      expect(said.text, stage).not.toContain(agentWords.noneOfThat);
      expect(said.text, stage).not.toContain(agentWords.sayItOtherwise);
    }
    const early = new Conversation();
    await early.event('greeting');
    await early.say(words);
    expect(early.draft.businessDescription).toBeUndefined();
    expect(early.draft.product).toBeUndefined();
  });

  it('another plan is drafted beside the ads that run, for its own press', async () => {
    const said = await new Conversation({ draft: WHOLE, stage: 'running', answers: DRAFTED }).say(
      'Please draft a new plan for my ads.',
    );
    expect(said.tools.map(({ name }) => name)).toEqual(['draft_campaign']);
  });
});

describe('“why did you pause my ad?” where no ad was paused', () => {
  const evidence = {
    rule: 'month-guard',
    facts: [],
    alternatives: [],
    wouldChange: [],
    since: '2026-11-01',
    until: '2026-11-30',
  };
  const decision = (action: Record<string, unknown>) => ({
    action,
    state: 'DONE',
    evidence,
    subjectName: null,
    names: {},
  });
  const ask = async (decisions: unknown[]) =>
    (
      await new Conversation({
        draft: WHOLE,
        stage: 'running',
        answers: { explain_action: () => ({ ok: true, decisions }) },
      }).say('why did you pause my ad?')
    ).text;

  it('says so, and names what was changed instead', async () => {
    const said = await ask([decision({ kind: 'renew_month_guard' }), decision({ kind: 'set_ad_set_budget' })]);
    expect(said).toContain(agentWords.why.noPause);
    expect(said).toContain('I changed the daily budget.');
  });

  it('calls what is kept up at Facebook no change of the ads, and gives it no reason from numbers', async () => {
    expect(await ask([decision({ kind: 'renew_month_guard' })])).toBe(agentWords.why.none);
    expect(explainEvidence(evidence as never, 'en').because).not.toMatch(/numbers/);
  });
});

describe('when no plan could be drafted yet', () => {
  const stuckAt = (problem: string, brief: BriefDraft = WHOLE) =>
    new Conversation({ draft: brief, stage: 'plan', answers: { draft_campaign: () => ({ ok: false, problem }) } });

  it.each([
    ['country_missing', 'Portugal', { country: 'PT', location: 'Alvor' }],
    ['country_missing', "it's in Portugal", { country: 'PT', location: 'Alvor' }],
    ['goal_needs_phone', 'yes', { goal: 'MESSAGES' }],
    ['goal_needs_website', 'ok', { goal: 'MESSAGES' }],
    ['budget_below_minimum', '400 euros', { monthlyBudget: { minor: '40000', currency: 'EUR' } }],
    ['budget_below_minimum', '400', { monthlyBudget: { minor: '40000', currency: 'EUR' } }],
  ])('after %s, “%s” is the answer and the same refusal is not read out again', async (problem, answer, facts) => {
    const brief: BriefDraft = { ...WHOLE, location: 'Alvor', goal: 'CALLS' };
    delete brief.country;
    const conversation = stuckAt(problem, problem === 'country_missing' ? brief : { ...WHOLE, goal: 'CALLS' });
    await conversation.event('connected');
    const said = await conversation.say(answer);
    expect(said.tools.map(({ name }) => name)).toContain('update_brief');
    expect(conversation.draft).toMatchObject(facts);
  });
});

describe('while a plan waits', () => {
  it.each(['I hate ad 2', 'remove the second ad', 'run it for 2 weeks', 'version 2 was better'])(
    '“%s” is no sum of money',
    async (words) => {
      const said = await new Conversation({ draft: WHOLE, stage: 'approve', answers: DRAFTED }).say(words);
      expect(said.tools.map(({ name }) => name)).not.toContain('update_brief');
    },
  );

  it('a bare sum is the month’s', async () => {
    const said = await new Conversation({ draft: WHOLE, stage: 'approve', answers: DRAFTED }).say('500');
    expect(said.tools[0]).toMatchObject({ name: 'update_brief', input: { monthlyBudget: { amount: '500' } } });
  });

  it('the same list of examples is not read out twice in a row', async () => {
    const conversation = new Conversation({ draft: WHOLE, stage: 'approve' });
    const first = (await conversation.say('colourless green ideas')).text;
    expect((await conversation.say('sleep furiously')).text).not.toBe(first);
  });

  it('taking out the only town does not open the whole country', async () => {
    const campaigns = [
      {
        name: 'Cakes',
        status: 'PENDING_APPROVAL',
        version: 1,
        dailyBudget: { amount: '10', currency: 'EUR' },
        ads: [],
        ages: [18, 65] as [number, number],
        places: ['Porto'],
      },
    ];
    const said = await new Conversation({ draft: WHOLE, stage: 'approve', state: { campaigns }, answers: DRAFTED }).say(
      'not in Porto',
    );
    expect(JSON.stringify(said.tools)).not.toContain('"cities":[]');
  });
});

describe('slips of the keyboard', () => {
  it.each([
    ['i hav a bakry in potro', 'i have a bakery in Porto'],
    ['brithday cake for familys', 'birthday cake for families'],
    ['our websit is bakry.pt', 'our website is bakry.pt'],
  ])('%s', (written, meant) => expect(withoutTypos(written)).toBe(meant));

  it.each(['cake', 'cakes', 'flower', 'weddings', 'student', 'baker', 'smaller', 'Brava', 'porta@house.pt'])(
    '“%s” stays as it is',
    (word) => expect(withoutTypos(word)).toBe(word),
  );
});
