import { readFile } from 'node:fs/promises';
import path from 'node:path';

type Weight = 400 | 500 | 600 | 700 | 800;
export type LoadedFont = { name: string; data: Buffer; weight: Weight; style: 'normal' };

/** Families by the part they play. The files ship with their packages; nothing is downloaded. */
const FACES: readonly { name: string; folder: string; weight: Weight }[] = [
  { name: 'Inter', folder: 'inter', weight: 500 },
  { name: 'Inter', folder: 'inter', weight: 700 },
  { name: 'Fraunces', folder: 'fraunces', weight: 600 },
  { name: 'Bricolage', folder: 'bricolage-grotesque', weight: 800 },
];
const SUBSETS = ['latin', 'latin-ext'] as const;

let loaded: Promise<LoadedFont[]> | undefined;

/** The faces pictures are set in, read once. Letters of the second subset stand in a family of their own that satori falls back to. */
export function loadFonts(): Promise<LoadedFont[]> {
  loaded ??= Promise.all(FACES.flatMap((face) => SUBSETS.map((subset) => readFace(face, subset))));
  return loaded;
}

async function readFace(face: (typeof FACES)[number], subset: (typeof SUBSETS)[number]): Promise<LoadedFont> {
  const file = path.join(
    process.cwd(),
    'node_modules',
    '@fontsource',
    face.folder,
    'files',
    `${face.folder}-${subset}-${face.weight}-normal.woff`,
  );
  return {
    name: subset === 'latin' ? face.name : `${face.name} ${subset}`,
    data: await readFile(file),
    weight: face.weight,
    style: 'normal',
  };
}

/** A family with its fallback, as CSS names it. */
export const family = {
  text: 'Inter, Inter latin-ext',
  serif: 'Fraunces, Fraunces latin-ext',
  loud: 'Bricolage, Bricolage latin-ext',
};
