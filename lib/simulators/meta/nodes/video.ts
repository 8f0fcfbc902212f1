import type { Context, Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { GraphError, invalid, missing } from '../wire/errors';
import { has, readEnum, readInteger, readText, requireText } from '../wire/params';
import { objectOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject } from '../world/types';
import { accountOf, removeObject, touch } from './shared';

/** How long a video is worked on after its last byte, in world time. */
const PROCESSING_MS = 30_000;
const CHUNK_BYTES = 1024 * 1024;

function newVideo(context: Context, account: GraphObject, data: JsonObject): GraphObject {
  const video = makeObject(context.world, { kind: 'advideo', account: account.id, nowMs: context.nowMs, data });
  touch(context, video);
  return video;
}

function titleOf(context: Context): string | undefined {
  const { params, call } = context;
  return readText(params, 'title') ?? readText(params, 'name') ?? call.files[0]?.name;
}

/** The three phases of a chunked upload. Bytes are counted and not kept. */
function uploadPhase(context: Context, account: GraphObject, phase: string): JsonObject {
  if (phase === 'start') {
    const size = readInteger(context.params, 'file_size');
    if (size === undefined) throw missing('file_size');
    const video = newVideo(context, account, { title: titleOf(context) });
    video.hidden.upload = { size, got: 0 };
    return { upload_session_id: video.id, video_id: video.id, ...offsets(video) };
  }
  const video = objectOf(context.world, requireText(context.params, 'upload_session_id'), 'advideo');
  const upload = video?.hidden.upload;
  if (!video || !upload) throw failed('The upload session does not exist');
  if (phase === 'transfer') {
    const at = readInteger(context.params, 'start_offset');
    const [file] = context.call.files;
    if (!file) throw missing('video_file_chunk');
    if (at !== upload.got) throw failed(`The upload continues at ${upload.got}`);
    upload.got = Math.min(upload.size, upload.got + file.bytes.length);
    touch(context, video);
    return offsets(video);
  }
  if (upload.got < upload.size) throw failed('Bytes are missing');
  video.createdMs = context.nowMs;
  video.data.title = titleOf(context) ?? video.data.title;
  touch(context, video);
  return { success: true };
}

function failed(message: string) {
  return new GraphError({
    code: 100,
    subcode: 1363037,
    message: 'Invalid parameter',
    title: 'Video upload failed',
    userMessage: message,
  });
}

function offsets(video: GraphObject): JsonObject {
  const { size, got } = video.hidden.upload ?? { size: 0, got: 0 };
  return { start_offset: String(got), end_offset: String(Math.min(size, got + CHUNK_BYTES)) };
}

/** `act_X/advideos`: whole, by address, or in chunks. */
export const videoEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'advideo', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    const phase = readEnum(context.params, 'upload_phase', ['START', 'TRANSFER', 'FINISH', 'CANCEL']);
    if (phase !== undefined) return uploadPhase(context, account, phase.toLowerCase());
    const file = context.call.files[0];
    if (!file && !has(context.params, 'file_url')) throw missing('source');
    const address = readText(context.params, 'file_url');
    if (address !== undefined && !URL.canParse(address)) throw invalid('Param file_url must be a valid address');
    return { id: newVideo(context, account, { title: titleOf(context) }).id };
  },
};

function progress(context: Context, video: GraphObject): number {
  const upload = video.hidden.upload;
  if (upload && upload.got < upload.size) return 0;
  return Math.min(100, Math.floor((100 * (context.nowMs - video.createdMs)) / PROCESSING_MS));
}

function thumbnailOf(context: Context, video: GraphObject): string {
  return `${context.host.publicUrl()}/_images/${video.id}`;
}

export const VIDEO: NodeType = {
  kind: 'advideo',
  typeName: 'AdVideo',
  fields:
    'title description status length source created_time updated_time picture icon format embeddable permalink_url from published'.split(
      ' ',
    ),
  defaultFields: ['id', 'updated_time'],
  read: {
    status: (context, video) => {
      const done = progress(context, video);
      return { video_status: done < 100 ? 'processing' : 'ready', processing_progress: done };
    },
    title: (_context, video) => textOf(video, 'title'),
    length: () => 15.04,
    picture: thumbnailOf,
    created_time: (context, video) => formatTime(video.createdMs, zoneOf(context.world, video)),
    updated_time: (context, video) => formatTime(video.updatedMs, zoneOf(context.world, video)),
    published: () => true,
  },
  edges: {
    thumbnails: {
      answer: (context, video) => ({
        data:
          progress(context, video) < 100
            ? []
            : [{ id: `${video.id}0`, uri: thumbnailOf(context, video), is_preferred: true, height: 720, width: 1280 }],
      }),
    },
  },
  remove: (context, video) => {
    requireWrite(context, accountOf(context, video));
    return removeObject(context, video);
  },
};
