import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/auth-frame';
import { SignInForm } from '@/components/auth/sign-in-form';
import { authWords } from '@/lib/words/en/auth';

export const metadata: Metadata = { title: authWords.signIn.title };

export default function SignIn() {
  return (
    <AuthFrame title={authWords.signIn.title} lead={authWords.signIn.lead}>
      <SignInForm />
    </AuthFrame>
  );
}
