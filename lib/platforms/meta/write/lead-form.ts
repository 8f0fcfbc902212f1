import type { AccountAccess, AdPlatformWriter } from '../../port';
import { createdSchema, pageSchema } from '../schemas';
import { metaApi } from '../transport';

type Input = Parameters<AdPlatformWriter['createLeadForm']>[1];

/**
 * Publishes an instant form that asks for name, e-mail and phone. A form cannot be changed afterwards, and its name must be
 * new on the Page. Needs pages_manage_ads; the Page must have accepted Meta's terms for forms.
 */
export async function createLeadForm(access: AccountAccess, input: Input): Promise<{ remoteId: string }> {
  const { websiteUrl } = input.thanks;
  // Forms belong to the Page: its own token is read for this one call and kept nowhere.
  const page = await metaApi(access).get([input.pageId], { fields: 'id,access_token' }, pageSchema);
  const { id } = await metaApi(page.access_token ? { ...access, token: page.access_token } : access).post(
    [input.pageId, 'leadgen_forms'],
    {
      name: input.name,
      locale: input.locale,
      questions: [{ type: 'FULL_NAME' }, { type: 'EMAIL' }, { type: 'PHONE' }],
      privacy_policy: { url: input.privacyPolicyUrl },
      thank_you_page: {
        title: input.thanks.title,
        body: input.thanks.body,
        ...(websiteUrl ? { button_type: 'VIEW_WEBSITE', website_url: websiteUrl } : { button_type: 'NONE' }),
      },
      ...(websiteUrl ? { follow_up_action_url: websiteUrl } : {}),
    },
    createdSchema,
  );
  return { remoteId: id };
}
