'use client';
import { authWords as words } from '@/lib/words/en/auth';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { postAuth } from './post';
import { nextPath, useAuthForm } from './use-auth-form';

export function SignInForm() {
  const form = useAuthForm(
    (fields) => postAuth('sign-in/email', fields),
    () => window.location.assign(nextPath()),
  );
  return (
    <form onSubmit={form.onSubmit} className="grid gap-5">
      <Field label={words.email} name="email" type="email" autoComplete="email" required />
      <Field label={words.password} name="password" type="password" autoComplete="current-password" required />
      {form.problem ? (
        <p role="alert" className="text-sm text-broken">
          {form.problem}
        </p>
      ) : null}
      <Button type="submit" size="large" busy={form.busy}>
        {words.signIn.submit}
      </Button>
      <p className="flex flex-wrap justify-between gap-2 text-sm text-ink-soft">
        <span>
          {words.signIn.other}{' '}
          <a href="/sign-up" className="link">
            {words.signIn.otherLink}
          </a>
        </span>
        <a href="/reset-password" className="link">
          {words.signIn.forgot}
        </a>
      </p>
    </form>
  );
}
