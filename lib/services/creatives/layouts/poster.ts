import { family } from '../fonts';
import { art, box, fitSize, type Layout, photograph, SERIF, words } from '../layout';

/** A large disc rises from the lower corner and carries the drawing; the words stand above it in a warm serif. */
export const poster: Layout = ({ frame, palette, headline, name, place, draw, photo }) => {
  const { width, height, safe } = frame;
  const disc = width * 0.94;
  const left = width - disc * 0.78;
  const bottomFree = safe.bottom > 300 ? safe.bottom * 0.42 : 0;
  const top = height - disc * 0.76 - bottomFree;
  const area = { width: width - safe.side * 2, height: Math.max(240, top + disc * 0.1 - safe.top - 90) };
  const size = fitSize(headline, area, { ...SERIF, largest: 148, smallest: 56 });
  const inner = disc * 0.56;
  return box(
    { width, height, background: palette.field, position: 'relative', flexDirection: 'column' },
    art(
      `<circle cx="100" cy="100" r="100" fill="${palette.paper}"/><circle cx="100" cy="100" r="86" fill="none" stroke="${palette.soft}" stroke-width="3"/>`,
      { left, top, width: disc, height: disc },
    ),
    art(`<circle cx="100" cy="100" r="100" fill="${palette.bright}"/>`, {
      left: -width * 0.12,
      top: top + disc * 0.62,
      width: width * 0.3,
      height: width * 0.3,
    }),
    photo
      ? photograph(
          photo,
          { left: left + disc * 0.06, top: top + disc * 0.06, width: disc * 0.88, height: disc * 0.88 },
          { borderRadius: disc },
        )
      : art(draw({ body: palette.bright, second: palette.field, light: palette.soft, line: palette.deep }), {
          left: left + disc * 0.14,
          top: top + disc * 0.15,
          width: inner,
          height: inner,
        }),
    words(headline, {
      position: 'absolute',
      left: safe.side,
      top: safe.top + 76,
      width: area.width,
      fontFamily: family.serif,
      fontWeight: 600,
      fontSize: size,
      lineHeight: SERIF.line,
      letterSpacing: -size * 0.02,
      color: palette.ink,
    }),
    words(label(name, place), {
      position: 'absolute',
      left: safe.side,
      top: safe.top,
      width: area.width,
      fontFamily: family.text,
      fontWeight: 700,
      fontSize: 30,
      letterSpacing: 0.5,
      color: palette.deep,
    }),
  );
};

function label(name: string, place: string): string {
  return name.includes(place) ? name : `${name} · ${place}`;
}
