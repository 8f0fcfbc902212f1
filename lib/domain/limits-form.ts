import { type MoneyJson, moneyFromDecimal, moneyToDecimal, moneyToJson } from './money';
import type { Envelope } from './plan';
import type { PolicyField } from './policy-change';
import type { FineLimits } from './policy-limits';

/** What stands in the boxes while an owner changes the limits: text as typed, amounts in major units. */
export type LimitsForm = Record<PolicyField, string>;
export type Limits = Envelope & FineLimits;
export type LimitsProblem = { field: PolicyField; problem: 'not_money' | 'zero' };

const AMOUNTS = ['monthlyCeiling', 'weekCeiling', 'dayCeiling', 'largestRaise'] as const;
const SWITCHES = [
  'mayPauseBadAds',
  'maySwapInReserves',
  'literalClickRate',
  'literalShift',
  'literalFrequency',
] as const;
const NUMBERS = ['maxShiftPercent', 'weekShiftPercent', 'maxChangesPerDay', 'cooldownHours'] as const;

/** Choices in the lists of numbers; the server checks the same bounds. */
export const NUMBER_CHOICES: Record<(typeof NUMBERS)[number], readonly number[]> = {
  maxShiftPercent: [0, 5, 10, 15, 20],
  weekShiftPercent: [0, 20, 40, 60],
  maxChangesPerDay: [0, 1, 2, 3, 5, 10, 20],
  cooldownHours: [24, 48, 72, 96, 168, 336],
};

export function limitsForm(limits: Limits): LimitsForm {
  const amount = (value: MoneyJson | null) =>
    value ? moneyToDecimal({ minor: BigInt(value.minor), currency: value.currency }).replace(/\.0+$/, '') : '';
  return {
    mode: limits.mode,
    monthlyCeiling: amount(limits.monthlyCeiling),
    weekCeiling: amount(limits.weekCeiling),
    dayCeiling: amount(limits.dayCeiling),
    largestRaise: amount(limits.largestRaise),
    mayPauseBadAds: String(limits.mayPauseBadAds),
    maySwapInReserves: String(limits.maySwapInReserves),
    maxShiftPercent: String(limits.maxShiftPercent),
    weekShiftPercent: String(limits.weekShiftPercent),
    maxChangesPerDay: String(limits.maxChangesPerDay),
    cooldownHours: String(limits.cooldownHours),
    literalClickRate: String(limits.literalClickRate),
    literalShift: String(limits.literalShift),
    literalFrequency: String(limits.literalFrequency),
    quietHours: limits.quietHours ? `${limits.quietHours.from}-${limits.quietHours.until}` : '',
  };
}

/** What differs from the limits in force, ready to be asked for; or what has to be put right first. */
export function changeFromForm(
  form: LimitsForm,
  limits: Limits,
): { change: Partial<Limits>; problems: LimitsProblem[] } {
  const before = limitsForm(limits);
  const change: Partial<Limits> = {};
  const problems: LimitsProblem[] = [];
  const { currency } = limits.monthlyCeiling;
  for (const field of AMOUNTS) {
    if (form[field].trim() === before[field]) continue;
    const amount = readAmount(form[field], currency);
    if (amount === 'not_money' || amount === 'zero') problems.push({ field, problem: amount });
    else if (amount === null && field === 'monthlyCeiling') problems.push({ field, problem: 'not_money' });
    else if (JSON.stringify(amount) !== JSON.stringify(limits[field])) Object.assign(change, { [field]: amount });
  }
  for (const field of SWITCHES) if (form[field] !== before[field]) change[field] = form[field] === 'true';
  for (const field of NUMBERS) if (form[field] !== before[field]) change[field] = Number(form[field]);
  if (form.quietHours !== before.quietHours) change.quietHours = readHours(form.quietHours);
  if (form.mode !== before.mode) change.mode = form.mode === 'shadow' ? 'shadow' : 'act';
  return { change, problems };
}

/** Null for an empty box: no limit of its own. */
export function readAmount(typed: string, currency: string): MoneyJson | null | 'not_money' | 'zero' {
  const text = typed
    .trim()
    .replace(/\s/g, '')
    .replace(/^(\d+),(\d{1,2})$/, '$1.$2');
  if (text === '') return null;
  if (!/^\d{1,12}(\.\d+)?$/.test(text)) return 'not_money';
  try {
    const amount = moneyFromDecimal(text, currency);
    return amount.minor > 0n ? moneyToJson(amount) : 'zero';
  } catch {
    return 'not_money';
  }
}

function readHours(text: string): Limits['quietHours'] {
  const [from, until] = text.split('-').map(Number);
  if (text === '' || from === undefined || until === undefined || from === until) return null;
  return { from, until };
}
