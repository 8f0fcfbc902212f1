import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MessageCard } from '../../../components/cards/message-card';
import { RichText } from '../../../components/chat/rich-text';
import { SurfaceProvider } from '../../../components/chat/surface';
import { cardFixtures } from '../../../components/gallery/cards';
import type { Card } from '../../../lib/domain/message';
import type { Plan } from '../../../lib/domain/plan';

function html(card: Card, interactive = true): string {
  const value = { interactive, projectId: 'project-1', conversationId: 'conversation-1', changed() {}, ask() {} };
  return renderToStaticMarkup(
    <SurfaceProvider value={value}>
      <MessageCard message={{ text: 'What was stored with it' }} card={card} />
    </SurfaceProvider>,
  );
}

const wordsOf = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/\s+/g, ' ');
const JARGON = /\b(CTR|CPM|CPC|CPA|ROAS|impressions?|ad ?sets?|KPI|conversions?|undefined|NaN|null)\b|\[object/i;

describe('cards', () => {
  it.each(cardFixtures.map((fixture) => [fixture.name, fixture.card] as const))(
    '%s speaks plainly and shows no id',
    (_name, card) => {
      const said = wordsOf(html(card));
      expect(said).not.toMatch(JARGON);
      expect(said).not.toMatch(/\b(ad|adset|reserve|action|approval|campaign|project|account)-\w+\b/);
      expect(said).not.toMatch(/[0-9a-f]{32}/);
    },
  );

  it('can be approved only while they wait', () => {
    for (const { card } of cardFixtures) {
      if (card.kind !== 'APPROVAL_REQUEST') continue;
      const buttons =
        /<button[^>]*>(Approve|Approve all \d+|Start the comparison|Delete for good|Lift the stop)<\/button>/;
      expect(buttons.test(html(card)), card.state).toBe(card.state === 'WAITING');
    }
  });

  it('offer nothing to press in a preview', () => {
    for (const { name, card } of cardFixtures) expect(html(card, false), name).not.toContain('<button');
  });

  it('of a kind this page does not know yet show the words stored with them', () => {
    expect(html({ kind: 'HOLOGRAM' } as unknown as Card)).toContain('What was stored with it');
  });

  it('say money for a day, the worst day, a week and a month, and the limit, before anything can be pressed', () => {
    const launch = cardFixtures.find(({ name }) => name === 'Launch, waits');
    const said = wordsOf(launch ? html(launch.card) : '');
    for (const amount of ['€10', '€17.50', '€70', '€300', 'never more than €300'])
      expect(said.indexOf(amount)).toBeGreaterThan(-1);
    expect(said.indexOf('never more than €300')).toBeLessThan(said.indexOf('Exactly this runs'));
  });

  it('a plan that brings a form shows all of it in plain words before it can be approved', () => {
    const launch = cardFixtures.find(({ name }) => name === 'Launch, waits')?.card;
    if (launch?.kind !== 'APPROVAL_REQUEST' || launch.approvalKind !== 'launch') throw new Error('no launch card');
    const plan: Plan = {
      ...launch.plan,
      adSets: launch.plan.adSets.map((set) => ({
        ...set,
        ads: set.ads.map((ad) => ({ ...ad, linkUrl: null })),
        reserves: [],
      })),
      newLeadForm: {
        title: 'Order a cake',
        intro: 'Leave your details and we call you back.',
        questions: ['NAME', 'PHONE'],
        privacyPolicyUrl: 'https://padaria.example/privacy',
        thanks: { title: 'Thank you', text: 'We call you tomorrow.' },
        language: 'pt',
      },
    };
    const said = wordsOf(html({ ...launch, plan }));
    for (const part of [
      'Order a cake',
      'Leave your details and we call you back.',
      'Name, Phone number',
      'Thank you. We call you tomorrow.',
      'https://padaria.example/privacy',
    ])
      expect(said.indexOf(part), part).toBeGreaterThan(-1);
    expect(said.indexOf('The form people fill in')).toBeLessThan(said.indexOf('Exactly this runs'));
    expect(said).toContain('A click opens the form shown above, on Facebook');
    expect(said).not.toMatch(JARGON);
    expect(wordsOf(html(launch))).not.toContain('The form people fill in');
  });
});

describe('text of an answer', () => {
  it('can never become markup', () => {
    const markup = renderToStaticMarkup(
      <RichText text={'<img src=x onerror=alert(1)> **<b>bold</b>** javascript:alert(1) [x](javascript:alert(1))'} />,
    );
    expect(markup).not.toMatch(/<img|<b>|href="javascript/);
  });

  it('keeps paragraphs, lists and links', () => {
    const markup = renderToStaticMarkup(
      <RichText text={'Two questions:\n\n1. Who?\n2. Where?\n\nSee https://bakery.example/cakes.'} />,
    );
    expect(markup).toContain('<ol');
    expect(markup.match(/<li/g)?.length).toBe(2);
    expect(markup).toContain('href="https://bakery.example/cakes"');
    expect(markup).toContain('rel="noopener noreferrer nofollow"');
  });
});
