import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/auth-frame';
import { ResetForm } from '@/components/auth/reset-form';
import { authWords } from '@/lib/words/en/auth';

export const metadata: Metadata = { title: authWords.reset.title };

export default async function ResetPassword({
  searchParams,
}: {
  searchParams: Promise<{ token?: string; error?: string }>;
}) {
  const { token, error } = await searchParams;
  const usable = token && !error ? token : null;
  const lead = error ? authWords.reset.stale : usable ? authWords.reset.set : authWords.reset.ask;
  return (
    <AuthFrame title={authWords.reset.title} lead={lead}>
      <ResetForm token={usable} />
    </AuthFrame>
  );
}
