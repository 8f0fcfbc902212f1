'use client';
import { authWords as words } from '@/lib/words/en/auth';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { postAuth } from './post';
import { nextPath, useAuthForm } from './use-auth-form';

export function SignUpForm() {
  const form = useAuthForm(
    (fields) =>
      postAuth('sign-up/email', {
        ...fields,
        locale: navigator.language,
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    () => window.location.assign(nextPath()),
  );
  return (
    <form onSubmit={form.onSubmit} className="grid gap-5">
      <Field label={words.name} name="name" autoComplete="name" required maxLength={80} />
      <Field label={words.email} name="email" type="email" autoComplete="email" required />
      <Field
        label={words.password}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        hint={words.passwordHint}
      />
      {form.problem ? (
        <p role="alert" className="text-sm text-broken">
          {form.problem}
        </p>
      ) : null}
      <Button type="submit" size="large" busy={form.busy}>
        {words.signUp.submit}
      </Button>
      <p className="text-sm text-ink-soft">
        {words.signUp.other}{' '}
        <a href="/sign-in" className="link">
          {words.signUp.otherLink}
        </a>
      </p>
    </form>
  );
}
