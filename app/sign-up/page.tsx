import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/auth-frame';
import { SignUpForm } from '@/components/auth/sign-up-form';
import { authWords } from '@/lib/words/en/auth';

export const metadata: Metadata = { title: authWords.signUp.title };

export default function SignUp() {
  return (
    <AuthFrame title={authWords.signUp.title} lead={authWords.signUp.lead}>
      <SignUpForm />
    </AuthFrame>
  );
}
