import { renderAsync } from '@resvg/resvg-js';
import type { ReactNode } from 'react';
import satori from 'satori';
import { type BusinessKind, kindOf } from '../../domain/business-kind';
import { sha256Hex } from '../../runtime/ids';
import { loadFonts } from './fonts';
import { type Layout, type Scene, SHAPES, type ShapeName } from './layout';
import { arch } from './layouts/arch';
import { loud } from './layouts/loud';
import { pattern } from './layouts/pattern';
import { poster } from './layouts/poster';
import { seal } from './layouts/seal';
import { paletteFor } from './palettes';
import { pictogram } from './pictograms';

const LAYOUTS: readonly Layout[] = [poster, pattern, arch, loud, seal];

export type CreativeInput = {
  headline: string;
  name: string;
  place: string;
  /** What the business is and sells: chooses the drawing and the colours. */
  about: string;
  product: string;
  /** The ad's place in the plan: each has a layout of its own. */
  index: number;
  photo?: { bytes: Uint8Array; mime: string } | null;
};
export type RenderedPng = { bytes: Uint8Array; width: number; height: number };

/** Pictures made a moment ago: a change of the plan keeps most of its ads. */
const made = new Map<string, Promise<RenderedPng>>();
const KEPT = 48;

/** One ad in one shape, as PNG. The same input gives the same bytes: nothing is fetched and nothing is by chance. */
export function renderCreative(input: CreativeInput, shape: ShapeName): Promise<RenderedPng> {
  const key = sha256Hex(
    JSON.stringify([shape, { ...input, photo: input.photo ? sha256Hex(input.photo.bytes) : null }]),
  );
  const known = made.get(key);
  if (known) return known;
  const rendering = draw(input, shape);
  made.set(key, rendering);
  rendering.catch(() => made.delete(key));
  const oldest = made.size > KEPT ? made.keys().next().value : undefined;
  if (oldest !== undefined) made.delete(oldest);
  return rendering;
}

async function draw(input: CreativeInput, shape: ShapeName): Promise<RenderedPng> {
  const frame = SHAPES[shape];
  const kind: BusinessKind = kindOf(`${input.about} ${input.product}`);
  const scene: Scene = {
    frame,
    palette: paletteFor(kind, seedOf(`${input.name}|${input.about}`)),
    headline: input.headline,
    name: clip(input.name, 34),
    place: clip(input.place, 34),
    draw: (inks) => pictogram(kind, input.product, inks),
    photo: input.photo ? `data:${input.photo.mime};base64,${Buffer.from(input.photo.bytes).toString('base64')}` : null,
  };
  const layout = LAYOUTS[input.index % LAYOUTS.length] ?? poster;
  // Satori takes any object of React's shape; our nodes are such objects without React.
  const svg = await satori(layout(scene) as unknown as ReactNode, {
    width: frame.width,
    height: frame.height,
    fonts: await loadFonts(),
  });
  // All text has become outlines, so no font of the machine can change the picture.
  // On a thread of its own: a server answers others meanwhile.
  const image = await renderAsync(svg, { font: { loadSystemFonts: false }, logLevel: 'off' });
  return { bytes: image.asPng(), width: image.width, height: image.height };
}

/** A small stable number from any text (FNV-1a). */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

function clip(text: string, longest: number): string {
  return [...text].length <= longest
    ? text
    : `${[...text]
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
