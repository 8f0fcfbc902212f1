import { family } from '../fonts';
import { art, box, fitSize, type Layout, LOUD, photograph, words } from '../layout';

/** Letters as large as they go on a deep ground; rings swing in from the corner with the drawing at their centre. */
export const loud: Layout = ({ frame, palette, headline, name, place, draw, photo }) => {
  const { width, height, safe } = frame;
  const story = safe.bottom > 300;
  const ring = width * (height > width ? 0.98 : 0.84);
  const centre = { x: width - ring * 0.2, y: (story ? height - 470 : height) - ring * 0.2 };
  const rings = [1, 0.78, 0.56].map((part, index) => {
    const fill = [palette.bright, palette.field, palette.paper][index] ?? palette.paper;
    const side = ring * part;
    return art(`<circle cx="100" cy="100" r="100" fill="${fill}"/>`, {
      left: centre.x - side / 2,
      top: centre.y - side / 2,
      width: side,
      height: side,
    });
  });
  const area = {
    width: width - safe.side * 2,
    height: (story ? centre.y - ring / 2 : height - ring * 0.58) - safe.top - (story ? 134 : 60),
  };
  const size = fitSize(
    headline,
    { ...area, height: Math.max(area.height, 260) },
    { ...LOUD, largest: 172, smallest: 60 },
  );
  const drawn = ring * 0.36;
  return box(
    { width, height, background: palette.deep, position: 'relative' },
    ...rings,
    photo
      ? photograph(
          photo,
          { left: centre.x - ring * 0.27, top: centre.y - ring * 0.27, width: ring * 0.54, height: ring * 0.54 },
          { borderRadius: ring },
        )
      : art(draw({ body: palette.bright, second: palette.field, light: palette.soft, line: palette.deep }), {
          left: centre.x - drawn * 0.62,
          top: centre.y - drawn * 0.62,
          width: drawn,
          height: drawn,
        }),
    words(headline, {
      position: 'absolute',
      left: safe.side,
      top: safe.top + (story ? 74 : 0),
      width: area.width,
      fontFamily: family.loud,
      fontWeight: 800,
      fontSize: size,
      lineHeight: LOUD.line,
      letterSpacing: -size * 0.03,
      color: palette.paper,
    }),
    story
      ? words(`${name} · ${place}`, {
          position: 'absolute',
          left: safe.side,
          top: safe.top,
          width: area.width,
          fontFamily: family.text,
          fontWeight: 700,
          fontSize: 33,
          color: palette.field,
        })
      : box(
          {
            position: 'absolute',
            left: safe.side,
            bottom: safe.bottom,
            flexDirection: 'column',
            width: Math.max(250, centre.x - ring * 0.5 - safe.side + 30),
          },
          words(name, {
            fontFamily: family.text,
            fontWeight: 700,
            fontSize: 32,
            lineHeight: 1.15,
            color: palette.field,
          }),
          words(place, {
            fontFamily: family.text,
            fontWeight: 500,
            fontSize: 29,
            color: palette.paper,
            opacity: 0.85,
            marginTop: 8,
          }),
        ),
  );
};
