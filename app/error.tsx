'use client';
import { MessagePage } from '@/components/shell/message-page';
import { Button, ButtonLink } from '@/components/ui/button';
import { uiWords } from '@/lib/words/en/ui';

export default function Crashed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const words = uiWords.crashed;
  return (
    <MessagePage title={words.title} body={words.body}>
      <Button onClick={reset}>{uiWords.tryAgain}</Button>
      <ButtonLink look="secondary" href="/dashboard">
        {uiWords.notFound.action}
      </ButtonLink>
      {error.digest ? <p className="w-full text-micro text-ink-faint">{uiWords.reference(error.digest)}</p> : null}
    </MessagePage>
  );
}
