import { AppError } from '../../../domain/errors';
import type { FormQuestion } from '../../../domain/lead-form';
import type { AccountAccess, LeadFormSeen, Lookup } from '../../port';
import { metaFailure } from '../errors';
import { asPage } from '../page-access';
import { listAll } from '../paging';
import { leadFormSchema, pageSchema } from '../schemas';
import { metaApi } from '../transport';

const QUESTIONS: Record<string, FormQuestion> = { FULL_NAME: 'NAME', EMAIL: 'EMAIL', PHONE: 'PHONE' };

/** All forms of a Page, whatever their status. Meta shows them to the Page's own token only. */
async function formsOf(access: AccountAccess, pageId: string): Promise<LeadFormSeen[]> {
  const rows = await listAll(
    metaApi(await asPage(access, pageId)),
    [pageId, 'leadgen_forms'],
    { fields: 'id,name,status,privacy_policy_url,questions', limit: 100 },
    leadFormSchema,
    (row) => row.id,
  );
  return rows.map((row) => ({
    remoteId: row.id,
    name: row.name,
    isPublished: row.status === 'ACTIVE',
    privacyPolicyUrl: row.privacy_policy_url ?? null,
    questions: (row.questions ?? []).flatMap(({ type }) => QUESTIONS[type] ?? []),
  }));
}

/** Published instant forms of a Page. */
export async function listLeadForms(
  access: AccountAccess,
  query: { pageId: string },
): Promise<{ externalId: string; name: string }[]> {
  const forms = await formsOf(access, query.pageId);
  return forms.filter((form) => form.isPublished).map(({ remoteId, name }) => ({ externalId: remoteId, name }));
}

/** Meta takes no form, and no ad set for one, from a Page that has not accepted the terms for instant forms. */
export async function acceptsLeadForms(access: AccountAccess, query: { pageId: string }): Promise<boolean> {
  const page = await metaApi(access).get([query.pageId], { fields: 'id,leadgen_tos_accepted' }, pageSchema);
  return page.leadgen_tos_accepted !== false;
}

/**
 * The form a lost answer may have made, by the marker in its name. The whole list is read to its end; no answer proves
 * nothing, so that no second form is made. @throws AppError platform_reauthorise, platform_not_permitted
 */
export async function findLeadForm(
  access: AccountAccess,
  query: { pageId: string; marker: string },
): Promise<Lookup<LeadFormSeen>> {
  if (query.marker.length < 6) return { kind: 'inconclusive', reason: 'marker too short to be unique' };
  try {
    const own = (await formsOf(access, query.pageId)).filter((form) => form.name.includes(query.marker));
    const [only] = own;
    if (!only) return { kind: 'absent' };
    return own.length === 1 ? { kind: 'found', object: only } : { kind: 'several', objects: own };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'platform_reauthorise' || error.code === 'platform_not_permitted') throw error;
    return { kind: 'inconclusive', reason: metaFailure(error)?.reason ?? error.code };
  }
}
