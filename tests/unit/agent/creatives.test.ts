import { describe, expect, it } from 'vitest';
import { BUSINESS_KINDS, kindOf } from '@/lib/domain/business-kind';
import { sha256Hex } from '@/lib/runtime/ids';
import { fitSize, LOUD, SHAPES, type ShapeName } from '@/lib/services/creatives/layout';
import { pictogram } from '@/lib/services/creatives/pictograms';
import { type CreativeInput, renderCreative } from '@/lib/services/creatives/render';

const INPUT: CreativeInput = {
  headline: 'Birthday cakes in Porto',
  name: 'Padaria da Ana',
  place: 'Porto',
  about: 'Small bakery in Porto',
  product: 'Birthday cakes',
  index: 0,
};
const PNG_SIGNATURE = '89504e470d0a1a0a';

describe('rendered ads', () => {
  it.each(Object.entries(SHAPES))(
    '%s has exactly the size its place asks for',
    async (shape, { width, height }) => {
      const { bytes, ...size } = await renderCreative(INPUT, shape as ShapeName);
      expect(size).toEqual({ width, height });
      const header = Buffer.from(bytes);
      expect([header.subarray(0, 8).toString('hex'), header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([
        PNG_SIGNATURE,
        width,
        height,
      ]);
      expect(bytes.length).toBeLessThan(1_000_000);
    },
    60_000,
  );

  it('are the same bytes for the same ad and different for each idea', async () => {
    const pictures = [];
    for (const index of [0, 1, 2, 3, 4])
      pictures.push(sha256Hex((await renderCreative({ ...INPUT, index }, 'square')).bytes));
    expect(new Set(pictures).size).toBe(5);
    // Made anew, not remembered: an input of equal meaning under another key.
    const again = await renderCreative({ ...INPUT, photo: null }, 'square');
    expect(sha256Hex(again.bytes)).toBe(pictures[0]);
  }, 120_000);

  it('draw names in any European script without the machine’s fonts', async () => {
    const { bytes } = await renderCreative(
      { ...INPUT, headline: 'Świeczki z Łodzi, ręcznie', name: 'Żółć & Søn', place: 'Łódź', index: 1 },
      'square',
    );
    expect(bytes.length).toBeGreaterThan(10_000);
  }, 60_000);

  it('have a drawing for every kind of business', () => {
    for (const kind of BUSINESS_KINDS)
      expect(pictogram(kind, '', { body: '#111', second: '#222', light: '#333', line: '#444' })).toContain('<');
  });

  it('never set a headline smaller than can be read or wider than its box', () => {
    const face = { ...LOUD, largest: 130, smallest: 52 };
    for (const text of ['Hi', 'Birthday cakes in Porto', 'Extraordinary handmade wedding invitations']) {
      const size = fitSize(text, { width: 920, height: 420 }, face);
      expect(size).toBeGreaterThanOrEqual(52);
      expect(size).toBeLessThanOrEqual(130);
      for (const word of text.split(' ')) expect(word.length * size * LOUD.letter).toBeLessThanOrEqual(920);
    }
  });
});

describe('kinds of business', () => {
  it.each([
    ['Small bakery in Porto', 'bakery'],
    ['Café in Vienna', 'cafe'],
    ['hair salon', 'salon'],
    ['barber shop', 'barber'],
    ['plumber in Austin', 'plumber'],
    ['vegan restaurant', 'restaurant'],
    ['we repair bicycles', 'garage'],
    ['yoga studio', 'yoga'],
    ['something else entirely', 'generic'],
  ])('“%s” is a %s', (text, kind) => expect(kindOf(text)).toBe(kind));
});
