import { MessagePage } from '@/components/shell/message-page';
import { ButtonLink } from '@/components/ui/button';
import { uiWords } from '@/lib/words/en/ui';

export default function NotFound() {
  const words = uiWords.notFound;
  return (
    <MessagePage title={words.title} body={words.body}>
      <ButtonLink href="/dashboard">{words.action}</ButtonLink>
    </MessagePage>
  );
}
