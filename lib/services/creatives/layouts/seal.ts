import { family } from '../fonts';
import { art, box, fitSize, type Layout, LOUD, words } from '../layout';

const POINTS = 28;

/** A scalloped seal in the middle with the words inside, stripes behind it: a shop window's sticker. */
export const seal: Layout = ({ frame, palette, headline, name, place, draw }) => {
  const { width, height, safe } = frame;
  const story = safe.bottom > 300;
  const side = width * 0.88;
  const left = (width - side) / 2;
  const top = story ? safe.top + 40 : (height - side) / 2 - (height > width ? 20 : 14);
  const area = { width: side * 0.68, height: side * 0.34 };
  const size = fitSize(headline, area, { ...LOUD, largest: 112, smallest: 46 });
  const stripes = Array.from(
    { length: 14 },
    (_, index) => `<path d="M${index * 40 - 200} 0h20l200 400h-20z" fill="${palette.soft}"/>`,
  ).join('');
  const drawn = side * 0.24;
  return box(
    { width, height, background: palette.field, position: 'relative' },
    art(stripes, { left: 0, top: 0, width, height }, `0 0 225 ${(height / width) * 225}`),
    art(scallops(palette.deep), { left: left + 14, top: top + 22, width: side, height: side }),
    art(scallops(palette.paper), { left, top, width: side, height: side }),
    art(
      `<circle cx="100" cy="100" r="83" fill="none" stroke="${palette.bright}" stroke-width="1.6" stroke-dasharray="4 3"/>`,
      { left, top, width: side, height: side },
    ),
    art(draw({ body: palette.bright, second: palette.field, light: palette.soft, line: palette.deep }), {
      left: (width - drawn) / 2,
      top: top + side * 0.125,
      width: drawn,
      height: drawn,
    }),
    box(
      {
        position: 'absolute',
        left: (width - area.width) / 2,
        top: top + side * 0.375,
        width: area.width,
        height: area.height,
        alignItems: 'center',
        justifyContent: 'center',
      },
      words(headline, {
        width: area.width,
        justifyContent: 'center',
        textAlign: 'center',
        fontFamily: family.loud,
        fontWeight: 800,
        fontSize: size,
        lineHeight: LOUD.line,
        letterSpacing: -size * 0.02,
        color: palette.ink,
      }),
    ),
    box(
      {
        position: 'absolute',
        left: (width - side * 0.6) / 2,
        top: top + side * 0.735,
        width: side * 0.6,
        flexDirection: 'column',
        alignItems: 'center',
      },
      words(name, {
        justifyContent: 'center',
        textAlign: 'center',
        fontFamily: family.text,
        fontWeight: 700,
        fontSize: 30,
        color: palette.bright,
      }),
      words(place, {
        fontFamily: family.text,
        fontWeight: 500,
        fontSize: 27,
        color: palette.ink,
        opacity: 0.75,
        marginTop: 4,
      }),
    ),
  );
};

function scallops(fill: string): string {
  const dots = Array.from({ length: POINTS }, (_, index) => {
    const angle = (index / POINTS) * Math.PI * 2;
    return `<circle cx="${(100 + Math.cos(angle) * 90).toFixed(2)}" cy="${(100 + Math.sin(angle) * 90).toFixed(2)}" r="10" fill="${fill}"/>`;
  });
  return `<circle cx="100" cy="100" r="91" fill="${fill}"/>${dots.join('')}`;
}
