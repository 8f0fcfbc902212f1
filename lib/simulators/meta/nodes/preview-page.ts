import { html } from 'hono/html';
import type { Host } from '../graph/context';
import { isObject } from '../wire/params';
import { markOf } from '../world/ids';
import { objectOf, textOf } from '../world/live-world';
import type { JsonObject } from '../world/types';

/** What a preview frame shows: a plain picture of the ad. */
export function previewPage(host: Host, creativeId: string) {
  const mark = markOf(creativeId);
  const live = [...host.worlds.values()].find((one) => one.world.mark === mark);
  const creative = live ? objectOf(live.world, creativeId, 'adcreative') : null;
  const story: JsonObject = isObject(creative?.data.object_story_spec) ? creative.data.object_story_spec : {};
  const link: JsonObject = isObject(story.link_data) ? story.link_data : {};
  const page = live ? objectOf(live.world, String(story.page_id ?? ''), 'page') : null;
  const picture =
    link.image_hash === undefined
      ? `${host.publicUrl()}/_images/${creativeId}`
      : `${host.publicUrl()}/_images/${String(link.image_hash)}`;

  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ad preview</title><style>
  body{font-family:system-ui,sans-serif;margin:12px;color:#1c1e21} .ad{border:1px solid #dadde1;border-radius:8px;max-width:500px;overflow:hidden}
  .ad p{margin:12px} img{width:100%;display:block} .foot{background:#f0f2f5;padding:12px}</style></head>
  <body><div class="ad"><p><strong>${textOf(page, 'name') ?? 'Page'}</strong><br><small>Sponsored</small></p><p>${String(link.message ?? '')}</p>
  <img src="${picture}" alt=""><div class="foot"><strong>${String(link.name ?? '')}</strong><br>${String(link.description ?? '')}</div></div></body></html>`;
}
