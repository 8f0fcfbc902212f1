import type { Palette } from './palettes';

/** Shapes ads are shown in, in pixels, with the edges phones and buttons may cover. */
export const SHAPES = {
  square: { width: 1080, height: 1080, safe: { top: 70, bottom: 70, side: 80 } },
  portrait: { width: 1080, height: 1350, safe: { top: 80, bottom: 80, side: 80 } },
  // Stories and reels: nothing to read in the top 14 % and the bottom 35 %.
  story: { width: 1080, height: 1920, safe: { top: 270, bottom: 680, side: 80 } },
} as const;
export type ShapeName = keyof typeof SHAPES;
export type Frame = { width: number; height: number; safe: { top: number; bottom: number; side: number } };

export type Scene = {
  frame: Frame;
  palette: Palette;
  headline: string;
  name: string;
  place: string;
  /** Shapes of the drawing in a 200 by 200 box, in the colours asked for. */
  draw: (inks: { body: string; second: string; light: string; line: string }) => string;
  /** A photo of the owner as a data address; null where there is none. */
  photo: string | null;
};

/** What satori takes: an element as plain data. */
export type Node = {
  type: string;
  props: { style?: Record<string, unknown>; children?: Node[] | string; src?: string; width?: number; height?: number };
};
export type Layout = (scene: Scene) => Node;

export function box(style: Record<string, unknown>, ...children: (Node | null | false)[]): Node {
  return {
    type: 'div',
    props: {
      style: { display: 'flex', ...style },
      children: children.filter((child): child is Node => Boolean(child)),
    },
  };
}

export function words(text: string, style: Record<string, unknown>): Node {
  return { type: 'div', props: { style: { display: 'flex', flexWrap: 'wrap', ...style }, children: text } };
}

/** SVG shapes as a picture at a place. */
export function art(
  shapes: string,
  at: { left: number; top: number; width: number; height: number },
  viewBox = '0 0 200 200',
): Node {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" width="${at.width}" height="${at.height}">${shapes}</svg>`;
  return {
    type: 'img',
    props: {
      src: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
      width: at.width,
      height: at.height,
      style: { position: 'absolute', left: at.left, top: at.top },
    },
  };
}

/** The owner's photo, filling its box. */
export function photograph(
  src: string,
  at: { left: number; top: number; width: number; height: number },
  style: Record<string, unknown> = {},
): Node {
  return {
    type: 'img',
    props: {
      src,
      width: at.width,
      height: at.height,
      style: { position: 'absolute', left: at.left, top: at.top, objectFit: 'cover', ...style },
    },
  };
}

/**
 * The largest size in pixels at which a text fits a box, by the average width of a letter in its face. Words are never
 * broken: a long word sets the size.
 */
export function fitSize(
  text: string,
  area: { width: number; height: number },
  face: { letter: number; line: number; largest: number; smallest: number },
): number {
  const list = text.split(/\s+/);
  for (let size = face.largest; size > face.smallest; size -= 2) {
    const letter = size * face.letter;
    if (list.some((word) => [...word].length * letter > area.width)) continue;
    let lines = 1;
    let used = 0;
    for (const word of list) {
      const width = [...word].length * letter;
      if (used > 0 && used + letter * 0.5 + width > area.width) {
        lines += 1;
        used = width;
      } else used += (used > 0 ? letter * 0.5 : 0) + width;
    }
    if (lines * size * face.line <= area.height) return size;
  }
  return face.smallest;
}

export const SERIF = { letter: 0.565, line: 1.06 };
export const LOUD = { letter: 0.575, line: 1.0 };
