import { asksInForm, type Brief } from '../../domain/brief';
import { type LeadFormDraft, type LeadFormWords, questionsOf } from '../../domain/lead-form';
import type { Plan } from '../../domain/plan';
import { readerFor } from '../../platforms/registry-readers';
import { formWords } from '../../words/en/lead-form';
import type { ProjectAccess } from '../connections/access';
import { cachedLeadForms } from '../connections/metadata';
import type { ServiceContext } from '../context';

type Held = Pick<ProjectAccess, 'access' | 'connection'>;
type Asked = {
  brief: Brief;
  page: { externalId: string; name: string };
  /** The form of the plan that waits, whose words stay where nothing else is wished. */
  earlier: LeadFormDraft | null;
  words: LeadFormWords | null;
};
export type FormForPlan =
  | { leadForm: Plan['leadForm'] | null; newLeadForm: LeadFormDraft | null }
  | { problem: 'goal_needs_form' | 'form_terms' };

/**
 * Where people leave their details: in the form the Page has, else in one that is published with the plan, under the
 * owner's own privacy notice. Neither for goals that need none. @throws AppError platform_*
 */
export async function formForPlan(ctx: ServiceContext, held: Held, asked: Asked): Promise<FormForPlan> {
  const { brief, page } = asked;
  if (!asksInForm(brief)) return { leadForm: null, newLeadForm: null };
  const leadForm = await publishedForm(ctx, held, page.externalId);
  if (leadForm) return { leadForm, newLeadForm: null };
  if (!brief.privacyPolicyUrl) return { problem: 'goal_needs_form' };
  const isAccepted = await readerFor(held.access.platform).acceptsLeadForms(held.access, { pageId: page.externalId });
  if (!isAccepted) return { problem: 'form_terms' };
  return { leadForm: null, newLeadForm: draftForm(asked, brief.privacyPolicyUrl) };
}

function draftForm({ brief, page, earlier, words }: Asked, privacyPolicyUrl: string): LeadFormDraft {
  const usual = formWords({ business: brief.businessName ?? page.name, product: brief.product });
  const written = words?.title ?? words?.intro ?? words?.thanksTitle ?? words?.thanksText;
  return {
    title: words?.title ?? earlier?.title ?? usual.title,
    intro: words?.intro ?? earlier?.intro ?? usual.intro,
    thanks: {
      title: words?.thanksTitle ?? earlier?.thanks.title ?? usual.thanks.title,
      text: words?.thanksText ?? earlier?.thanks.text ?? usual.thanks.text,
    },
    questions: questionsOf(words?.askPhone ?? earlier?.questions.includes('PHONE') ?? true),
    privacyPolicyUrl,
    // The usual words are English, whatever the customers speak.
    language: written === undefined ? (earlier?.language ?? 'en') : (brief.language ?? 'en'),
  };
}

/** The form published last; the owner made it, with the owner's own privacy notice. Asked anew: it may just have been made. */
async function publishedForm(ctx: ServiceContext, held: Held, pageId: string): Promise<Plan['leadForm'] | null> {
  const { value: forms } = await cachedLeadForms(ctx, held, { pageId, refresh: true });
  // Ids grow with time.
  const [form] = [...forms].sort((a, b) => b.externalId.localeCompare(a.externalId, 'en', { numeric: true }));
  return form ? { id: form.externalId, name: form.name } : null;
}
