import { AppError } from '../../domain/errors';
import type { Money } from '../../domain/money';
import type { AccountAccess } from '../port';

/** The amount, if it is in the account's currency. Nothing is ever converted. @throws AppError invalid_input */
export function inAccountCurrency(access: AccountAccess, amount: Money): Money {
  if (amount.currency === access.currency) return amount;
  throw new AppError('invalid_input', { field: 'currency', given: amount.currency, account: access.currency });
}
