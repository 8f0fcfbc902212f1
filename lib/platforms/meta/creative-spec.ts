import { AppError } from '../../domain/errors';
import type { PlanAd } from '../../domain/plan';
import type { AppTarget } from '../port';

/**
 * Everything Meta may otherwise do to an image ad by itself: retouch the picture, rewrite the text, add a button. The owner
 * approved these words and this picture, so each is declined by name (the bundle `standard_enhancements` is refused).
 */
const DECLINED_FEATURES = [
  'image_touchups',
  'image_brightness_and_contrast',
  'image_templates',
  'image_uncrop',
  'image_animation',
  'text_optimizations',
  'inline_comment',
  'add_text_overlay',
  'product_extensions',
  'site_extensions',
  'enhance_cta',
  'reveal_details_over_time',
  'show_summary',
] as const;

export const DECLINED_ENHANCEMENTS = {
  degrees_of_freedom_spec: {
    creative_features_spec: Object.fromEntries(
      DECLINED_FEATURES.map((feature) => [feature, { enroll_status: 'OPT_OUT' }]),
    ),
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
    return {
      link: 'http://fb.me/',
      button: { type: FORM_BUTTONS.has(type) ? type : 'SIGN_UP', value: { lead_gen_form_id: leadFormId } },
    };
  }
  if (ad.callToAction === 'INSTALL_APP' && app) {
    return { link: app.storeUrl, button: { type, value: { link: app.storeUrl, application: app.applicationId } } };
  }
  if (!ad.linkUrl) throw missing('link');
  return {
    link: ad.linkUrl,
    button: { type: ad.callToAction === 'INSTALL_APP' ? 'DOWNLOAD' : type, value: { link: ad.linkUrl } },
  };
}

/** What a creative is made of: one story, or, for ads that lead to a site, the same words with a picture per place. */
export function creativeSpecOf(assets: CreativeAssets): Record<string, unknown> {
  const { ad, imageHashes, pageId, instagramId } = assets;
  const { link, button } = destinationOf(assets);
  const story = { page_id: pageId, ...(instagramId ? { instagram_user_id: instagramId } : {}) };
  const isOnePicture = imageHashes.square === imageHashes.portrait && imageHashes.square === imageHashes.story;
  // Forms, messages, calls and app stores hang on the button's value, which only a plain story can carry.
  const leadsToSite = button.value.link === link && Object.keys(button.value).length === 1;
  if (leadsToSite && !isOnePicture)
    return { object_story_spec: story, asset_feed_spec: feedOf(ad, link, button.type, imageHashes) };
  const words = { message: ad.primaryText, name: ad.headline };
  return {
    object_story_spec: {
      ...story,
      link_data: { link, ...words, image_hash: imageHashes.square, call_to_action: button },
    },
  };
}

/** Places that show a tall picture, and places that show one a little taller than wide. */
const STORY_PLACES = {
  publisher_platforms: ['facebook', 'instagram'],
  facebook_positions: ['story', 'facebook_reels'],
  instagram_positions: ['story', 'reels'],
};
const FEED_PLACES = {
  publisher_platforms: ['facebook', 'instagram'],
  facebook_positions: ['feed'],
  instagram_positions: ['stream', 'profile_feed'],
};

/**
 * One text with three pictures, each pinned to its places. Meta wants at least two rules, every label used by a rule, and a
 * last rule for every other place.
 */
function feedOf(
  ad: PlanAd,
  link: string,
  button: string,
  hashes: CreativeAssets['imageHashes'],
): Record<string, unknown> {
  const label = (name: string) => ({ name });
  const words = { body_label: label('words'), title_label: label('words'), link_url_label: label('words') };
  const rule = (image: keyof typeof hashes, priority: number, places: Record<string, string[]>) => ({
    customization_spec: places,
    image_label: label(image),
    ...words,
    priority,
  });
  return {
    ad_formats: ['SINGLE_IMAGE'],
    optimization_type: 'PLACEMENT',
    images: (['square', 'portrait', 'story'] as const).map((shape) => ({
      hash: hashes[shape],
      adlabels: [label(shape)],
    })),
    bodies: [{ text: ad.primaryText, adlabels: [label('words')] }],
    titles: [{ text: ad.headline, adlabels: [label('words')] }],
    link_urls: [{ website_url: link, adlabels: [label('words')] }],
    call_to_action_types: [button],
    asset_customization_rules: [
      rule('story', 1, STORY_PLACES),
      rule('portrait', 2, FEED_PLACES),
      { ...rule('square', 3, {}), is_default: true },
    ],
  };
}
