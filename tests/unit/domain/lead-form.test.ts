import { describe, expect, it } from 'vitest';
import { asksInForm, isCompleteBrief, missingBriefFields } from '@/lib/domain/brief';
import { checkBriefPatch } from '@/lib/domain/brief-check';
import { canonicalJson } from '@/lib/domain/canonical';
import { type LeadFormDraft, leadFormProblem, questionsOf } from '@/lib/domain/lead-form';
import { planDiff, planProblems } from '@/lib/domain/plan-draft';
import { formLocaleOf } from '@/lib/platforms/meta/form-locale';
import { formWords } from '@/lib/words/en/lead-form';
import { brief, idea, plan } from './plan-fixture';

const FORM: LeadFormDraft = {
  title: 'Order a cake',
  intro: 'Leave your details and we call you back.',
  questions: ['NAME', 'EMAIL', 'PHONE'],
  privacyPolicyUrl: 'https://padaria.example/privacy',
  thanks: { title: 'Thank you', text: 'We call you tomorrow.' },
  language: 'pt',
};
const noLink = { linkUrl: null, callToAction: 'SIGN_UP' } as const;
const withForm = (newLeadForm: LeadFormDraft) =>
  plan({ newLeadForm, ads: [idea(1, noLink), idea(2, noLink)], reserves: [idea(4, noLink)] });

describe('the privacy notice in the brief', () => {
  const offline = { ...brief, websiteUrl: null };

  it('is missing only for leads without a website, and “there is none” is an answer', () => {
    expect(missingBriefFields(offline)).toEqual(['privacyPolicyUrl']);
    expect(isCompleteBrief({ ...offline, privacyPolicyUrl: null })).toBe(true);
    for (const other of [brief, { ...offline, goal: 'MESSAGES' as const }, { ...offline, goal: 'SALES' as const }]) {
      expect(missingBriefFields(other)).toEqual([]);
      expect(asksInForm(other)).toBe(false);
    }
  });

  it('is tidied like any address, and refused where nobody could open it', () => {
    expect(checkBriefPatch({ privacyPolicyUrl: 'padaria.pt/privacy' }, {}).accepted).toEqual({
      privacyPolicyUrl: 'https://padaria.pt/privacy',
    });
    expect(checkBriefPatch({ privacyPolicyUrl: 'ask me' }, {}).problems).toEqual([
      { field: 'privacyPolicyUrl', code: 'not_a_website' },
    ]);
    expect(checkBriefPatch({ privacyPolicyUrl: null }, {}).accepted).toEqual({ privacyPolicyUrl: null });
  });
});

describe('a form drafted into a plan', () => {
  it('is part of what is hashed: every change of it changes the canonical plan', () => {
    const canonical = canonicalJson(withForm(FORM));
    const changes: Partial<LeadFormDraft>[] = [
      { title: 'Other' },
      { intro: 'Other words.' },
      { questions: ['NAME', 'EMAIL'] },
      { privacyPolicyUrl: 'https://other.example' },
      { thanks: { ...FORM.thanks, text: 'Bye.' } },
      { language: 'en' },
    ];
    for (const change of changes) expect(canonicalJson(withForm({ ...FORM, ...change }))).not.toBe(canonical);
  });

  it('a plan from before there were forms reads and hashes as it always did', () => {
    const old = plan();
    expect(canonicalJson(JSON.parse(canonicalJson(old)))).toBe(canonicalJson(old));
    expect(Object.keys(old)).not.toContain('newLeadForm');
    expect(planDiff(old, old)).toEqual([]);
  });

  it('lets ads lead nowhere else, and stops the plan where no platform would publish it', () => {
    expect(planProblems(withForm(FORM)).filter(({ severity }) => severity === 'stop')).toEqual([]);
    expect(planProblems(plan({ ads: [idea(1, noLink)] })).map(({ code }) => code)).toContain('link_missing');
    expect(planProblems(withForm({ ...FORM, title: ' ' })).map(({ code }) => code)).toContain('form_incomplete');
    expect(leadFormProblem({ ...FORM, questions: ['NAME'] })).toBe('form_incomplete');
    expect(leadFormProblem({ ...FORM, title: 'x'.repeat(61) })).toBe('form_too_long');
    expect(leadFormProblem({ ...FORM, privacyPolicyUrl: 'soon' })).toBe('form_needs_privacy');
  });

  it('its changes are listed one by one', () => {
    const after = withForm({ ...FORM, title: 'Ask for a cake', questions: ['NAME', 'EMAIL'] });
    expect(planDiff(withForm(FORM), after)).toEqual([
      { label: 'form_title', subject: null, before: 'Order a cake', after: 'Ask for a cake' },
      { label: 'form_questions', subject: null, before: ['NAME', 'EMAIL', 'PHONE'], after: ['NAME', 'EMAIL'] },
    ]);
  });

  it('the usual words fit into any form, however long a business is called', () => {
    for (const business of ['Sol', 'x'.repeat(80)]) {
      const words = formWords({ business, product: 'Birthday cakes' });
      expect(leadFormProblem({ ...FORM, ...words })).toBeNull();
    }
    expect(formWords({ business: 'Sol', product: 'IT support' }).intro).toContain('about IT support.');
  });

  it('asks for the phone unless told not to, and always for a name and an e-mail address', () => {
    expect([questionsOf(true), questionsOf(false)]).toEqual([
      ['NAME', 'EMAIL', 'PHONE'],
      ['NAME', 'EMAIL'],
    ]);
  });

  it.each([
    ['en', 'EN_US'],
    ['en-GB', 'EN_GB'],
    ['pt', 'PT_PT'],
    ['pt-BR', 'PT_BR'],
    ['no', 'NB_NO'],
    ['de-AT', 'DE_DE'],
    ['eu', 'EN_US'],
  ])('a form in “%s” has Meta’s labels in %s', (language, locale) => {
    expect(formLocaleOf(language)).toBe(locale);
  });
});
