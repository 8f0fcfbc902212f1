import { family } from '../fonts';
import { art, box, fitSize, type Layout, photograph, SERIF, words } from '../layout';

/** A window with a round top, a low sun behind the drawing, and centred words beneath: quiet and a little elegant. */
export const arch: Layout = ({ frame, palette, headline, name, place, draw, photo }) => {
  const { width, height, safe } = frame;
  const story = safe.bottom > 300;
  const openWidth = story ? 760 : height > width ? 720 : 600;
  const openHeight = story ? 800 : height > width ? 760 : 560;
  const left = (width - openWidth) / 2;
  const top = safe.top + 74;
  const textTop = top + openHeight + 44;
  const area = { width: width - safe.side * 2, height: (story ? height - 420 : height - safe.bottom - 60) - textTop };
  const size = fitSize(
    headline,
    { ...area, height: Math.max(area.height, 120) },
    { ...SERIF, largest: 104, smallest: 48 },
  );
  const radius = openWidth / 2;
  const clip = {
    borderTopLeftRadius: radius,
    borderTopRightRadius: radius,
    borderBottomLeftRadius: 28,
    borderBottomRightRadius: 28,
  };
  const sun = openWidth * 0.74;
  const drawn = openWidth * 0.62;
  return box(
    { width, height, background: palette.paper, position: 'relative' },
    art(`<circle cx="100" cy="100" r="100" fill="${palette.soft}"/>`, {
      left: -width * 0.22,
      top: height * 0.5,
      width: width * 0.62,
      height: width * 0.62,
    }),
    art(`<circle cx="100" cy="100" r="100" fill="${palette.soft}"/>`, {
      left: width * 0.72,
      top: -width * 0.12,
      width: width * 0.46,
      height: width * 0.46,
    }),
    photo
      ? photograph(photo, { left, top, width: openWidth, height: openHeight }, clip)
      : box(
          {
            position: 'absolute',
            left,
            top,
            width: openWidth,
            height: openHeight,
            background: palette.deep,
            overflow: 'hidden',
            ...clip,
          },
          art(`<circle cx="100" cy="100" r="100" fill="${palette.bright}"/>`, {
            left: (openWidth - sun) / 2,
            top: openHeight * 0.2,
            width: sun,
            height: sun,
          }),
          art(
            `<path d="M0 40c40-30 80-36 120-20c30 12 54 10 80-6v86H0z" fill="${palette.field}"/>`,
            { left: 0, top: openHeight - openWidth * 0.4, width: openWidth, height: openWidth * 0.42 },
            '0 0 200 84',
          ),
          art(draw({ body: palette.paper, second: palette.soft, light: palette.field, line: palette.ink }), {
            left: (openWidth - drawn) / 2,
            top: openHeight - drawn - openHeight * 0.08,
            width: drawn,
            height: drawn,
          }),
        ),
    words(name, {
      position: 'absolute',
      left: safe.side,
      top: safe.top,
      width: area.width,
      justifyContent: 'center',
      textAlign: 'center',
      fontFamily: family.text,
      fontWeight: 700,
      fontSize: 32,
      color: palette.deep,
    }),
    words(headline, {
      position: 'absolute',
      left: safe.side,
      top: textTop,
      width: area.width,
      justifyContent: 'center',
      textAlign: 'center',
      fontFamily: family.serif,
      fontWeight: 600,
      fontSize: size,
      lineHeight: SERIF.line,
      letterSpacing: -size * 0.015,
      color: palette.ink,
    }),
    !story &&
      words(place, {
        position: 'absolute',
        left: safe.side,
        top: height - safe.bottom - 34,
        width: area.width,
        justifyContent: 'center',
        fontFamily: family.text,
        fontWeight: 500,
        fontSize: 30,
        color: palette.deep,
        opacity: 0.85,
      }),
  );
};
