import { AppError } from '../../../domain/errors';
import type { AccountAccess, Wanted, WouldTake } from '../../port';
import { adParams, adSetParams, CREATE_EDGES, campaignParams, creativeParams } from '../create-params';
import { metaFailure } from '../errors';
import { doneSchema } from '../schemas';
import { metaApi } from '../transport';
import type { GraphParams } from '../wire';

/**
 * Asks Meta whether it would take something, with everything a create would send and `validate_only`: nothing is made. What
 * Meta cannot judge yet (a creative's pictures in review, a limit reached meanwhile) may still be refused later.
 * @throws AppError platform_retry_later, platform_reauthorise, platform_not_permitted: then nothing is known
 */
export async function wouldTake(access: AccountAccess, wanted: Wanted): Promise<WouldTake> {
  const path = [access.accountId, CREATE_EDGES[wanted.kind]];
  const params = { ...paramsOf(access, wanted), execution_options: ['validate_only'] };
  try {
    await metaApi(access).parsed({ method: 'POST', path, params, isRead: true }, doneSchema);
    return { yes: true };
  } catch (error) {
    const failure = metaFailure(error);
    if (!(error instanceof AppError) || error.code !== 'platform_fix_input' || !failure) throw error;
    const { userTitle, userMessage, blamed, metaCode: code, metaSubcode: subcode } = failure;
    return { yes: false, userTitle, userMessage, blamed, code, subcode };
  }
}

function paramsOf(access: AccountAccess, wanted: Wanted): GraphParams {
  switch (wanted.kind) {
    case 'campaign':
      return campaignParams(access, wanted.input);
    case 'ad_set':
      return adSetParams(access, wanted.input);
    case 'creative':
      return creativeParams(access, wanted.input);
    case 'ad':
      return adParams(access, wanted.input);
  }
}
