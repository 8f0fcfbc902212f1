import { family } from '../fonts';
import { art, box, fitSize, type Layout, LOUD, photograph, words } from '../layout';

const COLUMNS = 6;
/** Distance between two drawings on the paper, and the paper's width, in the drawing's own units. */
const STEP = 230;
const PAPER = 860;

/** Rows of the drawing, tone on tone, like wrapping paper; a sheet slides up over it and carries the words. */
export const pattern: Layout = ({ frame, palette, headline, name, place, draw, photo }) => {
  const { width, height, safe } = frame;
  const story = safe.bottom > 300;
  const sheetTop = Math.round(height * (story ? 0.4 : 0.44));
  const textTop = sheetTop + 58;
  const foot = story ? height - safe.bottom + 150 : height - safe.bottom;
  const area = { width: width - safe.side * 2, height: foot - textTop - 150 };
  const size = fitSize(headline, area, { ...LOUD, largest: 132, smallest: 52 });
  return box(
    { width, height, background: palette.deep, position: 'relative' },
    photo
      ? photograph(photo, { left: 0, top: 0, width, height: sheetTop + 60 })
      : art(
          wrappingPaper(draw, palette.deep, Math.ceil(sheetTop / width / (STEP / PAPER)) + 2),
          { left: 0, top: 0, width, height: sheetTop + 80 },
          `0 0 ${PAPER} ${((sheetTop + 80) / width) * PAPER}`,
        ),
    box({
      position: 'absolute',
      left: 0,
      top: sheetTop,
      width,
      height: height - sheetTop,
      background: palette.paper,
      borderTopLeftRadius: 56,
      borderTopRightRadius: 56,
    }),
    story &&
      art(`<circle cx="100" cy="100" r="100" fill="${palette.soft}"/>`, {
        left: width * 0.5,
        top: height - width * 0.36,
        width: width * 0.8,
        height: width * 0.8,
      }),
    box(
      {
        position: 'absolute',
        left: width - safe.side - 190,
        top: sheetTop - 95,
        width: 190,
        height: 190,
        borderRadius: 95,
        background: palette.bright,
      },
      art(draw({ body: palette.paper, second: palette.soft, light: palette.field, line: palette.deep }), {
        left: 35,
        top: 33,
        width: 120,
        height: 120,
      }),
    ),
    box(
      {
        position: 'absolute',
        left: safe.side,
        top: textTop,
        width: area.width,
        height: foot - textTop,
        flexDirection: 'column',
      },
      words(name, {
        fontFamily: family.text,
        fontWeight: 700,
        fontSize: 32,
        color: palette.bright,
        marginBottom: 22,
        width: area.width - 220,
      }),
      words(headline, {
        width: area.width,
        fontFamily: family.loud,
        fontWeight: 800,
        fontSize: size,
        lineHeight: LOUD.line,
        letterSpacing: -size * 0.025,
        color: palette.ink,
      }),
      words(place, {
        fontFamily: family.text,
        fontWeight: 500,
        fontSize: 32,
        color: palette.ink,
        opacity: 0.7,
        marginTop: 26,
      }),
    ),
  );
};

function wrappingPaper(draw: Parameters<Layout>[0]['draw'], ground: string, rows: number): string {
  const inks = {
    body: towardsWhite(ground, 0.78),
    second: towardsWhite(ground, 0.89),
    light: towardsWhite(ground, 0.68),
    line: towardsWhite(ground, 0.6),
  };
  const drawn = draw(inks);
  return Array.from({ length: rows * COLUMNS }, (_, index) => {
    const row = Math.floor(index / COLUMNS);
    const column = index % COLUMNS;
    const x = column * STEP - (row % 2 === 1 ? STEP / 2 : 0) - 60;
    const turn = ((row * 7 + column * 13) % 5) * 9 - 18;
    return `<g transform="translate(${x} ${row * STEP - 40}) rotate(${turn} 100 100) scale(0.8)">${drawn}</g>`;
  }).join('');
}

/** A colour mixed with white: 1 leaves it as it is. */
function towardsWhite(hex: string, keep: number): string {
  const part = (from: number) =>
    Math.round(Number.parseInt(hex.slice(from, from + 2), 16) * keep + 255 * (1 - keep))
      .toString(16)
      .padStart(2, '0');
  return `#${part(1)}${part(3)}${part(5)}`;
}
