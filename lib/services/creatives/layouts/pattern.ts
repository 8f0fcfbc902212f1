import { art, box, fitSize, type Layout, LOUD, photograph, words } from '../layout';
import { family } from '../fonts';

/** Rows of the drawing, tone on tone, like wrapping paper; a sheet slides up over it and carries the words. */
export const pattern: Layout = ({ frame, palette, headline, name, place, draw, photo }) => {
  const { width, height, safe } = frame;
  const sheetTop = safe.bottom > 300 ? height * 0.5 : height * 0.52;
  const stamp = width / 4.2;
  const inks = { body: mix(palette.deep, 0.78), second: mix(palette.deep, 0.9), light: mix(palette.deep, 0.7), line: mix(palette.deep, 0.62) };
  const rows = Math.ceil(sheetTop / (stamp * 0.92)) + 1;
  const stamps = Array.from({ length: rows * 6 }, (_, index) => {
    const row = Math.floor(index / 6);
    const column = index % 6;
    const odd = row % 2 === 1;
    const x = column * 230 + (odd ? -115 : 0) - 100;
    const turn = ((row * 7 + column * 13) % 5) * 9 - 18;
    return `<g transform="translate(${x} ${row * 226 - 60}) rotate(${turn} 100 100) scale(0.82)">${draw(inks)}</g>`;
  }).join('');
  const area = { width: width - safe.side * 2, height: Math.min(height - sheetTop - (safe.bottom > 300 ? safe.bottom : safe.bottom) - 150, 460) };
  const size = fitSize(headline, { ...area, height: Math.max(area.height, 200) }, { ...LOUD, largest: 128, smallest: 54 });
  return box(
    { width, height, background: palette.deep, position: 'relative' },
    photo
      ? photograph(photo, { left: 0, top: 0, width, height: Math.round(sheetTop + 60) })
      : art(stamps, { left: 0, top: 0, width, height: Math.round(sheetTop + 80) }, `0 0 ${(width / stamp) * 200 * 1.06} ${((sheetTop + 80) / stamp) * 200 * 1.06}`),
    box({ position: 'absolute', left: 0, top: sheetTop, width, height: height - sheetTop, background: palette.paper, borderTopLeftRadius: 56, borderTopRightRadius: 56 }),
    box(
      { position: 'absolute', left: width - safe.side - 200, top: sheetTop - 100, width: 200, height: 200, borderRadius: 100, background: palette.bright, alignItems: 'center', justifyContent: 'center' },
      art(draw({ body: palette.paper, second: palette.soft, light: palette.field, line: palette.deep }), { left: 38, top: 38, width: 124, height: 124 }),
    ),
    words(headline, {
      position: 'absolute', left: safe.side, top: sheetTop + 118, width: area.width, fontFamily: family.loud, fontWeight: 800, fontSize: size, lineHeight: LOUD.line,
      letterSpacing: -size * 0.025, color: palette.ink,
    }),
    words(name, {
      position: 'absolute', left: safe.side, top: sheetTop + 52, width: area.width - 230, fontFamily: family.text, fontWeight: 700, fontSize: 31, color: palette.bright,
    }),
    words(place, {
      position: 'absolute', left: safe.side, top: (safe.bottom > 300 ? height - safe.bottom + 10 : height - safe.bottom - 36), width: area.width, fontFamily: family.text, fontWeight: 500, fontSize: 31, color: palette.ink, opacity: 0.7,
    }),
  );
};

/** A colour moved towards white: 1 leaves it as it is. */
function mix(hex: string, keep: number): string {
  const part = (from: number) => Math.round(Number.parseInt(hex.slice(from, from + 2), 16) * keep + 255 * (1 - keep)).toString(16).padStart(2, '0');
  return `#${part(1)}${part(3)}${part(5)}`;
}
