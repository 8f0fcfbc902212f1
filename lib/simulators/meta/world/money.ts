/** The currencies Meta counts in whole units. Every other one has an offset of 100. */
const WHOLE_UNIT_CURRENCIES = new Set(['CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND']);

export function minorPerMajor(currency: string): number {
  return WHOLE_UNIT_CURRENCIES.has(currency) ? 1 : 100;
}

/** Minor units as the decimal string of insights: "8.96", or "896" in whole-unit currencies. */
export function majorText(minor: number, currency: string): string {
  const offset = minorPerMajor(currency);
  return offset === 1 ? String(Math.round(minor)) : (minor / offset).toFixed(2);
}
