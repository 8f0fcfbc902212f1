'use client';
import { useState } from 'react';
import { type MoneyJson, moneyFromDecimal, moneyFromJson, moneyToDecimal, moneyToJson } from '@/lib/domain/money';
import { ROLES, type Role } from '@/lib/domain/roles';
import { roleWords, memberWords as words } from '@/lib/words/en/roles';
import { Field } from '../ui/field';
import { Select } from '../ui/select';

export type Terms = { role: Role; limit: MoneyJson | null };

/** What somebody may do; a manager's limit of money beside it. */
export function TermsFields({ terms, currency, problem }: { terms: Terms; currency: string; problem: string | null }) {
  const [role, setRole] = useState<Role>(terms.role);
  return (
    <>
      <input type="hidden" name="role" value={role} />
      <Select
        label={words.role}
        value={role}
        options={ROLES.map((name) => ({ value: name, label: roleWords[name].name }))}
        onChange={(value) => setRole(value as Role)}
        hint={roleWords[role].may}
      />
      {role === 'manager' ? (
        <div className="grid grid-cols-[1fr_6rem] items-start gap-3">
          <Field
            label={words.limit}
            name="amount"
            inputMode="decimal"
            defaultValue={terms.limit ? moneyToDecimal(moneyFromJson(terms.limit)) : ''}
            hint={words.limitHint}
            problem={problem}
          />
          <Field
            label={words.currency}
            name="currency"
            required
            maxLength={3}
            defaultValue={terms.limit?.currency ?? currency}
            autoCapitalize="characters"
          />
        </div>
      ) : null}
    </>
  );
}

/** The fields as our routes take them; null when the amount cannot be read. */
export function termsOf(form: FormData): Terms | null {
  const role = (ROLES.find((name) => name === form.get('role')) ?? 'analyst') satisfies Role;
  const amount = String(form.get('amount') ?? '')
    .trim()
    .replace(',', '.');
  if (role !== 'manager' || amount === '') return { role, limit: null };
  try {
    const currency = String(form.get('currency') ?? '')
      .trim()
      .toUpperCase();
    const limit = moneyFromDecimal(amount, currency);
    return limit.minor < 0n ? null : { role, limit: moneyToJson(limit) };
  } catch {
    return null;
  }
}
