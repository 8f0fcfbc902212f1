'use client';
import { LogOut } from 'lucide-react';
import { uiWords } from '@/lib/words/en/ui';
import { buttonLook } from '../ui/button';
import { call } from '../wire/send';

export function SignOutButton() {
  async function leave() {
    await call('POST', '/api/auth/sign-out', {});
    window.location.assign('/');
  }
  return (
    <button
      type="button"
      onClick={leave}
      aria-label={uiWords.signOut}
      className={buttonLook({ look: 'quiet', size: 'icon' })}
    >
      <LogOut aria-hidden="true" />
    </button>
  );
}
