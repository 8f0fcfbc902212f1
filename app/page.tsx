import { ExampleCard } from '@/components/landing/example-card';
import { TryButton } from '@/components/landing/try-button';
import { Wordmark } from '@/components/shell/logo';
import { ThemeToggle } from '@/components/shell/theme-toggle';
import { ButtonLink } from '@/components/ui/button';
import { landingWords as words } from '@/lib/words/en/landing';
import { uiWords } from '@/lib/words/en/ui';

export default function Landing() {
  return (
    <div className="mx-auto max-w-6xl px-5 sm:px-8">
      <header className="flex items-center justify-between py-5">
        <a href="/" aria-label={uiWords.home} className="target flex items-center rounded-control">
          <Wordmark />
        </a>
        <div className="flex items-center gap-1">
          <ThemeToggle />
          <ButtonLink look="quiet" href="/sign-in">
            {words.signIn}
          </ButtonLink>
        </div>
      </header>
      <main id="content">
        <section className="grid items-center gap-12 pt-10 pb-20 lg:grid-cols-[1.05fr_1fr] lg:gap-16 lg:pt-16 lg:pb-28">
          <div>
            <h1 className="text-display font-semibold tracking-[-0.035em]">
              {words.promise.map((sentence) => (
                <span key={sentence} className="block">
                  {sentence}
                </span>
              ))}
            </h1>
            <p className="mt-6 max-w-[52ch] text-lg text-ink-soft">{words.lead}</p>
            <div className="mt-9 flex flex-col gap-3 sm:flex-row sm:items-start">
              <TryButton />
              <ButtonLink look="secondary" size="large" href="/sign-up">
                {words.start}
              </ButtonLink>
            </div>
            <p className="mt-4 max-w-[46ch] text-sm text-ink-faint">{words.tryNote}</p>
          </div>
          <ExampleCard />
        </section>

        <section aria-labelledby="proofs" className="border-t border-line py-16 lg:py-24">
          <h2 id="proofs" className="text-headline font-semibold tracking-[-0.025em]">
            {words.proofsTitle}
          </h2>
          <div className="mt-10 grid gap-10 lg:grid-cols-3 lg:gap-12">
            {words.proofs.map((proof) => (
              <div key={proof.title} className="border-t-2 border-ink pt-5">
                <h3 className="text-xl font-semibold tracking-tight">{proof.title}</h3>
                <p className="mt-3 text-ink-soft">{proof.body}</p>
              </div>
            ))}
          </div>
        </section>

        <section aria-labelledby="how" className="border-t border-line py-16 lg:py-24">
          <h2 id="how" className="text-headline font-semibold tracking-[-0.025em]">
            {words.howTitle}
          </h2>
          <ol className="mt-10 grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-5">
            {words.how.map((step, index) => (
              <li key={step.title}>
                <span aria-hidden="true" className="figures text-figure font-semibold text-accent">
                  {index + 1}
                </span>
                <h3 className="mt-1 font-semibold">{step.title}</h3>
                <p className="mt-1.5 text-[0.9375rem] text-ink-soft">{step.body}</p>
              </li>
            ))}
          </ol>
        </section>

        <section
          aria-labelledby="never"
          className="my-4 rounded-[2rem] bg-accent-soft px-6 py-12 sm:px-12 lg:my-8 lg:grid lg:grid-cols-[1fr_1.6fr] lg:gap-16 lg:py-16"
        >
          <h2 id="never" className="text-headline font-semibold tracking-[-0.025em]">
            {words.neverTitle}
          </h2>
          <ul className="mt-6 grid gap-4 lg:mt-1">
            {words.never.map((item) => (
              <li key={item} className="flex gap-4 border-b border-accent/20 pb-4 text-lg last:border-0 last:pb-0">
                <span aria-hidden="true" className="mt-3.5 h-0.5 w-4 shrink-0 bg-accent" />
                {item}
              </li>
            ))}
          </ul>
        </section>

        <section className="grid justify-items-center gap-7 py-20 text-center lg:py-28">
          <h2 className="text-headline font-semibold tracking-[-0.025em]">{words.closing}</h2>
          <TryButton />
        </section>
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-4 border-t border-line py-8 text-sm text-ink-faint">
        <p>{words.footer.note}</p>
        <a href="/privacy" className="link target inline-flex items-center">
          {words.footer.privacy}
        </a>
      </footer>
    </div>
  );
}
