import type { BusinessKind } from '../../domain/business-kind';

/** Five colours that go together; `ink` reads on `paper` and `field`, `paper` reads on `deep`. */
export type Palette = { paper: string; field: string; deep: string; bright: string; soft: string; ink: string };

const palette = (paper: string, field: string, deep: string, bright: string, soft: string, ink: string): Palette => ({
  paper,
  field,
  deep,
  bright,
  soft,
  ink,
});

const PALETTES = {
  honey: palette('#FFF6E6', '#FFC857', '#7A2E1D', '#E4572E', '#FFE3A8', '#3A1A10'),
  berry: palette('#FFF1F0', '#FFB5A7', '#6D1A36', '#E63462', '#FFD9D2', '#3B0D1E'),
  rose: palette('#FBF3EF', '#E9C7B9', '#5B3A3A', '#C9705F', '#F3DDD3', '#33211F'),
  lilac: palette('#F7F2FB', '#CDB4F6', '#3D2466', '#8A4FFF', '#E6DAFB', '#24143F'),
  ocean: palette('#F0F7FA', '#9AD4E8', '#0B3C5D', '#F2A541', '#CFEAF3', '#0A2A40'),
  cobalt: palette('#F1F5FF', '#AFC6FF', '#13227A', '#FF6B4A', '#D6E1FF', '#0E1650'),
  leaf: palette('#F4F8EC', '#BFD98B', '#1F4D36', '#F2704B', '#DEECBF', '#15331F'),
  sage: palette('#F5F5EE', '#C6D2BE', '#34493F', '#D98E5F', '#DFE6D8', '#22302A'),
  coral: palette('#FFF4EE', '#FFC2A3', '#8C2F39', '#2A9D8F', '#FFDFCE', '#431519'),
  night: palette('#FAF5EA', '#F3C969', '#1D2440', '#EF6461', '#F7E3B1', '#141A2E'),
} as const;

const FAMILIES: Partial<Record<BusinessKind, readonly (keyof typeof PALETTES)[]>> = {
  bakery: ['honey', 'berry', 'coral'],
  cafe: ['honey', 'sage', 'coral'],
  restaurant: ['coral', 'night', 'honey'],
  bar: ['night', 'berry'],
  salon: ['rose', 'lilac', 'berry'],
  barber: ['night', 'cobalt', 'sage'],
  yoga: ['sage', 'rose', 'leaf'],
  florist: ['berry', 'leaf', 'rose'],
  plumber: ['ocean', 'cobalt'],
  electrician: ['night', 'cobalt'],
  builder: ['ocean', 'coral'],
  cleaner: ['ocean', 'leaf'],
  garden: ['leaf', 'sage'],
  gym: ['cobalt', 'night'],
  dentist: ['ocean', 'sage'],
  clinic: ['sage', 'ocean'],
  vet: ['leaf', 'ocean'],
  pet: ['coral', 'leaf'],
  garage: ['night', 'ocean'],
  lawyer: ['night', 'sage'],
  accountant: ['cobalt', 'sage'],
  estate: ['sage', 'ocean'],
  hotel: ['ocean', 'coral'],
  travel: ['ocean', 'coral'],
};
const GENERAL = ['cobalt', 'coral', 'leaf', 'honey', 'lilac', 'ocean'] as const;

/** One palette per business, so that all its ads belong together. `seed` is any number drawn from the brief. */
export function paletteFor(kind: BusinessKind, seed: number): Palette {
  const family: readonly (keyof typeof PALETTES)[] = FAMILIES[kind] ?? GENERAL;
  return PALETTES[family[seed % family.length] ?? 'cobalt'];
}
