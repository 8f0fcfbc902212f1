import type { Metadata } from 'next';
import { Wordmark } from '@/components/shell/logo';
import { privacyWords as words } from '@/lib/words/en/privacy';
import { uiWords } from '@/lib/words/en/ui';

export const metadata: Metadata = { title: words.title };

export default function Privacy() {
  return (
    <div className="mx-auto max-w-2xl px-5 pb-24">
      <header className="py-5">
        <a href="/" aria-label={uiWords.home} className="target inline-flex items-center rounded-control">
          <Wordmark />
        </a>
      </header>
      <main id="content" className="pt-8">
        <h1 className="text-headline font-semibold tracking-[-0.025em]">{words.title}</h1>
        <p className="mt-3 text-lg text-ink-soft">{words.lead}</p>
        {words.parts.map((part) => (
          <section key={part.title} className="mt-9 border-t border-line pt-6">
            <h2 className="text-xl font-semibold tracking-tight">{part.title}</h2>
            <p className="mt-2 text-ink-soft">{part.body}</p>
          </section>
        ))}
      </main>
    </div>
  );
}
