import type { Context, Edge } from '../graph/context';
import { PREVIEW_FORMATS } from '../validate/enums';
import { GraphError, invalid, missing } from '../wire/errors';
import { type Params, readObject, readText } from '../wire/params';
import type { GraphObject, JsonObject } from '../world/types';

function frame(context: Context, id: string, params: Params): JsonObject {
  const format = readText(params, 'ad_format');
  if (format === undefined) throw missing('ad_format');
  if (!PREVIEW_FORMATS.has(format))
    throw invalid(`Param ad_format must be one of {${[...PREVIEW_FORMATS].join(', ')}}`);
  const source = `${context.host.publicUrl()}/_preview/${id}?format=${format}`;
  return {
    data: [
      { body: `<iframe src="${source}" width="540" height="690" scrolling="yes" style="border: none;"></iframe>` },
    ],
  };
}

/** `/{creative}/previews` and `/{ad}/previews`. */
export const previewEdge: Edge = {
  answer: (context, parent, params) => frame(context, parent.kind === 'ad' ? creativeId(parent) : parent.id, params),
};

function creativeId(ad: GraphObject): string {
  const creative = ad.data.creative;
  return typeof creative === 'object' && creative !== null && !Array.isArray(creative) ? String(creative.id) : ad.id;
}

/** `act_X/generatepreviews` of a creative that exists. */
export const generatePreviewEdge: Edge = {
  answer: (context, _account, params) => {
    const creative = readObject(params, 'creative');
    if (creative === undefined) throw missing('creative');
    const id = creative.creative_id ?? creative.id;
    if (id !== undefined && !context.world.objects[String(id)])
      throw new GraphError({ code: 2606, message: '(#2606) The creative could not be previewed' });
    return frame(context, id === undefined ? 'spec' : String(id), params);
  },
};
