import { AppError } from '../../domain/errors';
import type { PlanAd } from '../../domain/plan';
import type { AppTarget } from '../port';

/**
 * Everything Meta may otherwise do to an image ad by itself: retouch the picture, rewrite the text, add a button. The owner
 * approved these words and this picture, so each is declined by name (the bundle `standard_enhancements` is refused).
 */
const DECLINED_FEATURES = [
  'image_touchups', 'image_brightness_and_contrast', 'image_templates', 'image_uncrop', 'image_animation', 'text_optimizations', 'inline_comment',
  'add_text_overlay', 'product_extensions', 'site_extensions', 'enhance_cta', 'reveal_details_over_time', 'show_summary',
] as const;

export const DECLINED_ENHANCEMENTS = {
  degrees_of_freedom_spec: {
    creative_features_spec: Object.fromEntries(DECLINED_FEATURES.map((feature) => [feature, { enroll_status: 'OPT_OUT' }])),
  },
  contextual_multi_ads: { enroll_status: 'OPT_OUT' },
} as const;

export type CreativeAssets = {
  ad: PlanAd;
  imageHashes: { square: string; portrait: string; story: string };
  pageId: string;
  instagramId: string | null;
  leadFormId?: string | null;
  app?: AppTarget | null;
};

/** Ours to Meta's: only the app button is called differently. */
const BUTTONS: Partial<Record<PlanAd['callToAction'], string>> = { INSTALL_APP: 'INSTALL_MOBILE_APP' };
/** Buttons that may open an instant form. */
const FORM_BUTTONS = new Set(['LEARN_MORE', 'SIGN_UP', 'GET_QUOTE', 'BOOK_NOW', 'CONTACT_US']);

type Destination = { link: string; button: { type: string; value: Record<string, string> } };

function missing(what: string): AppError {
  return new AppError('platform_fix_input', { platform: 'meta', reason: 'invalid', retryAfterMs: null, missing: what });
}

/** Where a click leads and what the button says. @throws AppError platform_fix_input when the plan lacks what it needs. */
function destinationOf({ ad, pageId, leadFormId, app }: CreativeAssets): Destination {
  const type = BUTTONS[ad.callToAction] ?? ad.callToAction;
  if (ad.callToAction === 'MESSAGE_PAGE') {
    return { link: `https://m.me/${pageId}`, button: { type, value: { app_destination: 'MESSENGER' } } };
  }
  if (ad.callToAction === 'CALL_NOW') {
    // The number travels as a tel: link; without one nobody could be called.
    if (!ad.linkUrl?.startsWith('tel:')) throw missing('phone');
    return { link: `https://www.facebook.com/${pageId}`, button: { type, value: { link: ad.linkUrl } } };
  }
  if (leadFormId) {
    return { link: 'http://fb.me/', button: { type: FORM_BUTTONS.has(type) ? type : 'SIGN_UP', value: { lead_gen_form_id: leadFormId } } };
  }
  if (ad.callToAction === 'INSTALL_APP' && app) {
    return { link: app.storeUrl, button: { type, value: { link: app.storeUrl, application: app.applicationId } } };
  }
  if (!ad.linkUrl) throw missing('link');
  return { link: ad.linkUrl, button: { type: ad.callToAction === 'INSTALL_APP' ? 'DOWNLOAD' : type, value: { link: ad.linkUrl } } };
}

/** The story an ad shows: words, picture and button. */
export function storyOf(assets: CreativeAssets): Record<string, unknown> {
  const { ad, imageHashes, pageId, instagramId } = assets;
  const { link, button } = destinationOf(assets);
  return {
    page_id: pageId,
    ...(instagramId ? { instagram_user_id: instagramId } : {}),
    link_data: { link, message: ad.primaryText, name: ad.headline, image_hash: imageHashes.square, call_to_action: button },
  };
}
