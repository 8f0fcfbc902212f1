import { hashOf } from '../../market/market';

/** A plain drawn square for pictures nobody uploaded. */
export function drawnImage(name: string): string {
  const hue = hashOf(1, name) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256" role="img" aria-label="picture"><rect width="256" height="256" fill="hsl(${hue} 45% 60%)"/><circle cx="128" cy="104" r="44" fill="#fff" opacity=".7"/><rect x="52" y="168" width="152" height="44" rx="22" fill="#fff" opacity=".7"/></svg>`;
}
