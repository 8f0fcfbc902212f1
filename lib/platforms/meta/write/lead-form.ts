import { FORM_QUESTIONS, type FormQuestion } from '../../../domain/lead-form';
import type { AccountAccess, AdPlatformWriter } from '../../port';
import { formLocaleOf } from '../form-locale';
import { asPage } from '../page-access';
import { createdSchema } from '../schemas';
import { metaApi } from '../transport';

type Input = Parameters<AdPlatformWriter['createLeadForm']>[1];
const TYPES: Record<FormQuestion, string> = { NAME: 'FULL_NAME', EMAIL: 'EMAIL', PHONE: 'PHONE' };

/**
 * Publishes an instant form. It cannot be changed afterwards, and its name must be new on the Page. Needs
 * pages_manage_ads; the Page must have accepted Meta's terms for forms.
 */
export async function createLeadForm(access: AccountAccess, input: Input): Promise<{ remoteId: string }> {
  const { greeting, thanks, questions = FORM_QUESTIONS } = input;
  const { websiteUrl } = thanks;
  const { id } = await metaApi(await asPage(access, input.pageId)).post(
    [input.pageId, 'leadgen_forms'],
    {
      name: input.name,
      locale: formLocaleOf(input.language),
      questions: questions.map((question) => ({ type: TYPES[question] })),
      privacy_policy: { url: input.privacyPolicyUrl },
      ...(greeting
        ? { context_card: { title: greeting.title, style: 'PARAGRAPH_STYLE', content: [greeting.text] } }
        : {}),
      thank_you_page: {
        title: thanks.title,
        body: thanks.body,
        ...(websiteUrl ? { button_type: 'VIEW_WEBSITE', website_url: websiteUrl } : { button_type: 'NONE' }),
      },
      ...(websiteUrl ? { follow_up_action_url: websiteUrl } : {}),
    },
    createdSchema,
  );
  return { remoteId: id };
}
