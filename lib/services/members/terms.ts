import { AppError } from '../../domain/errors';
import { type MoneyJson, money } from '../../domain/money';
import type { Role } from '../../domain/roles';

/** What a person may do: a role, and for managers the money per day one press may add. */
export type Terms = { role: Role; limit: MoneyJson | null };

/** The columns of a member or an invitation. Only managers have a limit. @throws AppError invalid_input */
export function columnsOfTerms({ role, limit }: Terms): {
  role: Role;
  approvalLimitMinor: bigint | null;
  approvalLimitCurrency: string | null;
} {
  if (role !== 'manager' || !limit) return { role, approvalLimitMinor: null, approvalLimitCurrency: null };
  const amount = parsed(limit);
  if (amount.minor < 0n) throw new AppError('invalid_input', { fields: ['limit'] });
  return { role, approvalLimitMinor: amount.minor, approvalLimitCurrency: amount.currency };
}

function parsed(limit: MoneyJson) {
  try {
    return money(limit.minor, limit.currency);
  } catch (cause) {
    throw new AppError('invalid_input', { fields: ['limit'] }, { cause });
  }
}
