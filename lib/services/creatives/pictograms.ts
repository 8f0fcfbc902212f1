import type { BusinessKind } from '../../domain/business-kind';

/** Colours a drawing is made of: its body, a second tone, a light one, and the lines. */
export type Inks = { body: string; second: string; light: string; line: string };
type Drawing = (inks: Inks) => string;

const stroke = (color: string, width: number) =>
  `fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;

/** Flat drawings in a 200 by 200 box, made of few large shapes so that they read at the size of a stamp. */
const DRAWINGS: Record<string, Drawing> = {
  cake: ({ body, second, light, line }) => `
    <path d="M100 22c8 10 8 18 0 24c-8-6-8-14 0-24z" fill="${light}"/><rect x="96" y="46" width="8" height="26" rx="4" fill="${line}"/>
    <path d="M58 76a8 8 0 0 1 8-8h68a8 8 0 0 1 8 8v42H58z" fill="${body}"/>
    <path d="M58 84v-8a8 8 0 0 1 8-8h68a8 8 0 0 1 8 8v16c-7 12-14 12-21 0c-7 12-14 12-21 0c-7 12-14 12-21 0c-7 12-14 12-21 0z" fill="${light}"/>
    <path d="M30 128a10 10 0 0 1 10-10h120a10 10 0 0 1 10 10v46H30z" fill="${second}"/>
    <path d="M30 138v-10a10 10 0 0 1 10-10h120a10 10 0 0 1 10 10v14c-10 16-20 16-28 2c-9 16-19 16-28 0c-9 16-19 16-28 0c-9 16-19 16-28 0c-8 14-18 12-28-6z" fill="${light}"/>
    <rect x="16" y="172" width="168" height="12" rx="6" fill="${line}"/>`,
  bread: ({ body, second, line }) => `
    <path d="M20 112c0-44 36-66 80-66s80 22 80 66c0 30-14 46-30 46H50c-16 0-30-16-30-46z" fill="${body}"/>
    <path d="M38 108c0-30 26-46 62-46" ${stroke(second, 10)}/><path d="M72 96l18 34M106 90l18 34M140 96l14 26" ${stroke(line, 9)}/>`,
  scissors: ({ body, second, line }) => `
    <path d="M56 22L118 118" ${stroke(line, 14)}/><path d="M144 22L82 118" ${stroke(line, 14)}/><circle cx="100" cy="92" r="9" fill="${body}"/>
    <circle cx="62" cy="146" r="27" ${stroke(body, 15)}/><circle cx="138" cy="146" r="27" ${stroke(second, 15)}/>`,
  drop: ({ body, second, light, line }) => `
    <path d="M28 40h74a30 30 0 0 1 30 30v14h-30v-12a8 8 0 0 0-8-8H28z" fill="${second}"/><rect x="92" y="84" width="50" height="16" rx="8" fill="${line}"/>
    <rect x="52" y="18" width="44" height="14" rx="7" fill="${line}"/><rect x="68" y="30" width="12" height="14" fill="${line}"/>
    <path d="M117 110c18 24 30 36 30 52a30 30 0 0 1-60 0c0-16 12-28 30-52z" fill="${body}"/><path d="M103 160a15 15 0 0 0 14 16" ${stroke(light, 7)}/>`,
  bulb: ({ body, second, light, line }) => `
    <path d="M100 34a50 50 0 0 1 28 91c-6 5-8 10-8 17H80c0-7-2-12-8-17a50 50 0 0 1 28-91z" fill="${body}"/><path d="M100 142v-34l-16-16M100 108l16-16" ${stroke(line, 7)}/>
    <rect x="78" y="148" width="44" height="11" rx="5" fill="${line}"/><rect x="84" y="164" width="32" height="11" rx="5" fill="${line}"/>
    <path d="M26 84h-14M188 84h-14M44 30l-9-9M156 30l9-9M100 14V4" ${stroke(second, 8)}/><path d="M74 76a28 28 0 0 1 20-20" ${stroke(light, 7)}/>`,
  house: ({ body, second, light, line }) => `
    <path d="M36 92h128v80H36z" fill="${body}"/><path d="M14 100L100 28l86 72z" fill="${second}"/><rect x="84" y="118" width="34" height="54" rx="4" fill="${line}"/>
    <rect x="50" y="112" width="24" height="24" rx="3" fill="${light}"/><rect x="130" y="112" width="24" height="24" rx="3" fill="${light}"/><rect x="136" y="34" width="18" height="34" fill="${line}"/>`,
  bubbles: ({ body, second, light, line }) => `
    <path d="M66 70h56l10 26v66a14 14 0 0 1-14 14H70a14 14 0 0 1-14-14V96z" fill="${body}"/><rect x="56" y="108" width="76" height="40" fill="${light}"/>
    <path d="M72 70V48h30l-2 22z" fill="${line}"/><path d="M66 34h52a12 12 0 0 1 12 12v8h-14v-4H72z" fill="${second}"/>
    <circle cx="158" cy="60" r="15" ${stroke(second, 7)}/><circle cx="172" cy="102" r="9" ${stroke(second, 6)}/><circle cx="148" cy="22" r="8" ${stroke(second, 6)}/>`,
  dish: ({ body, second, light, line }) => `
    <path d="M24 138a76 76 0 0 1 152 0z" fill="${body}"/><path d="M48 126a52 52 0 0 1 34-42" ${stroke(light, 9)}/><circle cx="100" cy="54" r="11" fill="${line}"/>
    <rect x="12" y="142" width="176" height="16" rx="8" fill="${second}"/><path d="M70 30c-8-8 8-12 0-22M100 26c-8-8 8-12 0-22M130 30c-8-8 8-12 0-22" ${stroke(second, 6)}/>`,
  cup: ({ body, second, light, line }) => `
    <path d="M36 78h106v44a46 46 0 0 1-46 46H82a46 46 0 0 1-46-46z" fill="${body}"/><path d="M142 90h12a20 20 0 0 1 0 40h-14" ${stroke(body, 13)}/>
    <path d="M36 78h106v14H36z" fill="${light}"/><rect x="22" y="174" width="136" height="12" rx="6" fill="${line}"/>
    <path d="M66 58c-10-12 10-16 0-30M94 58c-10-12 10-16 0-30M122 58c-10-12 10-16 0-30" ${stroke(second, 8)}/>`,
  glass: ({ body, second, light, line }) => `
    <path d="M52 26h96l-8 62a40 40 0 0 1-80 0z" fill="${light}"/><path d="M56 58h88l-4 30a40 40 0 0 1-80 0z" fill="${body}"/><rect x="94" y="126" width="12" height="44" fill="${line}"/>
    <rect x="62" y="168" width="76" height="12" rx="6" fill="${line}"/><circle cx="152" cy="32" r="18" fill="${second}"/>`,
  flower: ({ body, second, light, line }) => `
    <path d="M100 100v84" ${stroke(line, 9)}/><path d="M100 160c-8-26-30-32-50-28c4 22 24 34 50 28zM100 146c8-24 28-30 48-26c-4 20-22 32-48 26z" fill="${second}"/>
    ${[0, 60, 120, 180, 240, 300].map((turn) => `<ellipse cx="100" cy="40" rx="21" ry="31" fill="${body}" transform="rotate(${turn} 100 76)"/>`).join('')}
    <circle cx="100" cy="76" r="20" fill="${light}"/>`,
  bag: ({ body, second, light, line }) => `
    <path d="M36 72h128l12 96a12 12 0 0 1-12 14H36a12 12 0 0 1-12-14z" fill="${body}"/><path d="M66 92V62a34 34 0 0 1 68 0v30" ${stroke(line, 11)}/>
    <path d="M26 150h148l2 18a12 12 0 0 1-12 14H36a12 12 0 0 1-12-14z" fill="${second}"/><circle cx="66" cy="96" r="7" fill="${light}"/><circle cx="134" cy="96" r="7" fill="${light}"/>`,
  parcel: ({ body, second, light, line }) => `
    <path d="M100 20l76 36-76 36-76-36z" fill="${light}"/><path d="M24 56l76 36v92l-76-36z" fill="${body}"/><path d="M176 56l-76 36v92l76-36z" fill="${second}"/>
    <path d="M62 38l76 36v34l-18 8V82L44 47z" fill="${line}"/>`,
  dumbbell: ({ body, second, line }) => `
    <rect x="58" y="91" width="84" height="18" rx="6" fill="${line}"/><rect x="34" y="52" width="28" height="96" rx="10" fill="${body}"/><rect x="138" y="52" width="28" height="96" rx="10" fill="${body}"/>
    <rect x="12" y="70" width="20" height="60" rx="8" fill="${second}"/><rect x="168" y="70" width="20" height="60" rx="8" fill="${second}"/>`,
  lotus: ({ body, second, light, line }) => `
    <path d="M100 40c26 30 34 64 0 106c-34-42-26-76 0-106z" fill="${body}"/><path d="M44 66c36 8 54 34 56 80c-46-4-66-34-56-80zM156 66c-36 8-54 34-56 80c46-4 66-34 56-80z" fill="${second}"/>
    <path d="M14 104c36-4 64 10 86 44c-42 16-74 0-86-44zM186 104c-36-4-64 10-86 44c42 16 74 0 86-44z" fill="${light}"/><path d="M50 170h100" ${stroke(line, 8)}/>`,
  tooth: ({ body, second, light }) => `
    <path d="M100 48c-20-14-64-16-68 28c-2 30 14 42 18 66c4 22 8 38 18 38c14 0 10-46 32-46s18 46 32 46c10 0 14-16 18-38c4-24 20-36 18-66c-4-44-48-42-68-28z" fill="${body}"/>
    <path d="M52 84a26 26 0 0 1 20-24" ${stroke(light, 9)}/><path d="M164 24v24M152 36h24" ${stroke(second, 8)}/>`,
  heart: ({ body, light, second }) => `
    <path d="M100 174C20 120 16 78 34 56c20-24 52-16 66 12c14-28 46-36 66-12c18 22 14 64-66 118z" fill="${body}"/>
    <path d="M26 112h42l14-24 20 46 16-30 10 8h46" ${stroke(light, 9)}/><circle cx="168" cy="34" r="10" fill="${second}"/>`,
  paw: ({ body, second }) => `
    <path d="M100 96c30 0 52 32 52 56c0 18-14 26-28 22c-16-5-32-5-48 0c-14 4-28-4-28-22c0-24 22-56 52-56z" fill="${body}"/>
    <ellipse cx="38" cy="94" rx="18" ry="24" fill="${second}"/><ellipse cx="162" cy="94" rx="18" ry="24" fill="${second}"/><ellipse cx="76" cy="50" rx="19" ry="27" fill="${second}"/><ellipse cx="124" cy="50" rx="19" ry="27" fill="${second}"/>`,
  camera: ({ body, second, light, line }) => `
    <path d="M70 44h60l12 20H58z" fill="${line}"/><rect x="18" y="62" width="164" height="108" rx="18" fill="${body}"/><circle cx="100" cy="116" r="42" fill="${light}"/><circle cx="100" cy="116" r="28" fill="${line}"/>
    <circle cx="90" cy="106" r="8" fill="${light}"/><rect x="144" y="78" width="22" height="14" rx="7" fill="${second}"/>`,
  book: ({ body, second, light, line }) => `
    <path d="M100 52c-24-18-56-20-82-14v118c26-6 58-4 82 14z" fill="${body}"/><path d="M100 52c24-18 56-20 82-14v118c-26-6-58-4-82 14z" fill="${second}"/>
    <path d="M38 68c16-2 30 0 44 8M38 96c16-2 30 0 44 8M118 76c14-8 28-10 44-8M118 104c14-8 28-10 44-8" ${stroke(light, 7)}/><path d="M100 52v118" ${stroke(line, 7)}/>`,
  car: ({ body, second, light, line }) => `
    <path d="M46 92l16-38a14 14 0 0 1 13-9h50a14 14 0 0 1 13 9l16 38z" fill="${second}"/><path d="M62 88l10-26h24v26zM138 88l-10-26h-24v26z" fill="${light}"/>
    <path d="M20 106a16 16 0 0 1 16-16h128a16 16 0 0 1 16 16v40H20z" fill="${body}"/><rect x="30" y="140" width="30" height="28" rx="8" fill="${line}"/><rect x="140" y="140" width="30" height="28" rx="8" fill="${line}"/>
    <circle cx="48" cy="116" r="10" fill="${light}"/><circle cx="152" cy="116" r="10" fill="${light}"/>`,
  hills: ({ body, second, light, line }) => `
    <circle cx="136" cy="66" r="34" fill="${light}"/><path d="M8 160c30-70 62-84 96-20c18-34 50-40 88 20v16H8z" fill="${body}"/><path d="M8 168c50-30 120-34 184-6v16a8 8 0 0 1-8 8H16a8 8 0 0 1-8-8z" fill="${second}"/>
    <path d="M36 60h30M28 78h20" ${stroke(line, 6)}/>`,
  scales: ({ body, second, line }) => `
    <rect x="95" y="30" width="10" height="136" fill="${line}"/><rect x="58" y="164" width="84" height="14" rx="7" fill="${line}"/><path d="M34 54h132" ${stroke(line, 9)}/><circle cx="100" cy="32" r="12" fill="${body}"/>
    <path d="M8 116h60a30 30 0 0 1-60 0z" fill="${body}"/><path d="M132 116h60a30 30 0 0 1-60 0z" fill="${second}"/><path d="M38 56L12 114M38 56l26 58M162 56l-26 58M162 56l26 58" ${stroke(line, 5)}/>`,
  paper: ({ body, second, light, line }) => `
    <path d="M44 18h80l36 36v120a10 10 0 0 1-10 10H44a10 10 0 0 1-10-10V28a10 10 0 0 1 10-10z" fill="${light}"/><path d="M124 18l36 36h-36z" fill="${second}"/>
    <path d="M58 76h54M58 100h76" ${stroke(line, 8)}/><rect x="58" y="140" width="16" height="24" fill="${body}"/><rect x="84" y="126" width="16" height="38" fill="${second}"/><rect x="110" y="116" width="16" height="48" fill="${body}"/>`,
  leaf: ({ body, second, light, line }) => `
    <path d="M100 186c-4-60 10-110 66-150c20 66-4 124-60 128" fill="${body}"/><path d="M94 160C46 150 26 110 36 60c44 16 66 48 62 96" fill="${second}"/>
    <path d="M100 188c0-50 16-86 44-116M97 160c-8-32-22-54-40-70" ${stroke(light, 6)}/><path d="M60 188h84" ${stroke(line, 9)}/>`,
  compass: ({ body, second, light, line }) => `
    <circle cx="100" cy="100" r="80" fill="${body}"/><circle cx="100" cy="100" r="62" fill="${light}"/><path d="M142 58l-26 60-58 24 26-60z" fill="${second}"/><path d="M84 82l32 36-58 24z" fill="${line}"/><circle cx="100" cy="100" r="8" fill="${light}"/>`,
  phone: ({ body, second, light, line }) => `
    <rect x="54" y="14" width="92" height="172" rx="18" fill="${line}"/><rect x="63" y="34" width="74" height="126" rx="6" fill="${light}"/><rect x="72" y="46" width="56" height="44" rx="8" fill="${body}"/>
    <rect x="72" y="100" width="25" height="25" rx="6" fill="${second}"/><rect x="103" y="100" width="25" height="25" rx="6" fill="${second}"/><rect x="72" y="132" width="56" height="16" rx="8" fill="${body}"/>`,
  gift: ({ body, second, light, line }) => `
    <rect x="32" y="92" width="136" height="90" rx="8" fill="${body}"/><rect x="22" y="66" width="156" height="34" rx="8" fill="${second}"/><rect x="88" y="66" width="24" height="116" fill="${light}"/>
    <path d="M100 66c-40 0-52-44-26-46c18-2 26 26 26 46c0-20 8-48 26-46c26 2 14 46-26 46z" ${stroke(line, 9)}/>`,
  spark: ({ body, second, light }) => `
    <path d="M92 24c8 50 20 62 68 70c-48 8-60 20-68 70c-8-50-20-62-68-70c48-8 60-20 68-70z" fill="${body}"/><path d="M156 118c4 22 10 28 32 32c-22 4-28 10-32 32c-4-22-10-28-32-32c22-4 28-10 32-32z" fill="${second}"/>
    <path d="M160 18c3 16 7 20 22 23c-15 3-19 7-22 23c-3-16-7-20-22-23c15-3 19-7 22-23z" fill="${light}"/>`,
};

const OF_KIND: Record<BusinessKind, keyof typeof DRAWINGS> = {
  bakery: 'cake',
  salon: 'scissors',
  barber: 'scissors',
  plumber: 'drop',
  electrician: 'bulb',
  builder: 'house',
  cleaner: 'bubbles',
  restaurant: 'dish',
  cafe: 'cup',
  bar: 'glass',
  florist: 'flower',
  shop: 'bag',
  'online-shop': 'parcel',
  gym: 'dumbbell',
  yoga: 'lotus',
  dentist: 'tooth',
  clinic: 'heart',
  vet: 'paw',
  pet: 'paw',
  photographer: 'camera',
  teacher: 'book',
  garage: 'car',
  hotel: 'hills',
  estate: 'house',
  lawyer: 'scales',
  accountant: 'paper',
  garden: 'leaf',
  travel: 'compass',
  app: 'phone',
  craft: 'gift',
  generic: 'spark',
};

/** The drawing for a business as SVG shapes in a 200 by 200 box; bread where a bakery sells bread. */
export function pictogram(kind: BusinessKind, product: string, inks: Inks): string {
  const bread = kind === 'bakery' && /\b(?:bread|loaf|loaves|sourdough|rolls?|baguettes?)\b/i.test(product);
  return (DRAWINGS[bread ? 'bread' : OF_KIND[kind]] ?? DRAWINGS.spark)?.(inks) ?? '';
}
