'use client';
import { useState } from 'react';
import { authWords as words } from '@/lib/words/en/auth';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { postAuth } from './post';
import { useAuthForm } from './use-auth-form';

/** Without a token: ask for the link. With one: set the password. */
export function ResetForm({ token }: { token: string | null }) {
  const [done, setDone] = useState(false);
  const form = useAuthForm(
    (fields) =>
      token
        ? postAuth('reset-password', { newPassword: fields.password, token })
        : postAuth('request-password-reset', { email: fields.email, redirectTo: '/reset-password' }),
    () => setDone(true),
  );
  if (done) {
    return (
      <div role="status" className="grid gap-5">
        <p>{token ? words.reset.done : words.reset.asked}</p>
        <p>
          <a href="/sign-in" className="link">
            {words.reset.back}
          </a>
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={form.onSubmit} className="grid gap-5">
      {token ? (
        <Field
          label={words.password}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          hint={words.passwordHint}
        />
      ) : (
        <Field label={words.email} name="email" type="email" autoComplete="email" required />
      )}
      {form.problem ? (
        <p role="alert" className="text-sm text-broken">
          {form.problem}
        </p>
      ) : null}
      <Button type="submit" size="large" busy={form.busy}>
        {token ? words.reset.setSubmit : words.reset.askSubmit}
      </Button>
      <p className="text-sm">
        <a href="/sign-in" className="link">
          {words.reset.back}
        </a>
      </p>
    </form>
  );
}
