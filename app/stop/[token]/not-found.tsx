import { MessagePage } from '@/components/shell/message-page';
import { ButtonLink } from '@/components/ui/button';
import { stopWords } from '@/lib/words/en/stop';

/** Whoever opens a link that stops ads is in a hurry: the other way to stop stands here. */
export default function NoSuchLink() {
  return (
    <MessagePage title={stopWords.linkUnknown} body={stopWords.linkUnknownNext}>
      <ButtonLink href="/sign-in">{stopWords.signIn}</ButtonLink>
    </MessagePage>
  );
}
