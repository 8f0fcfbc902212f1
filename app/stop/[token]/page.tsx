import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Wordmark } from '@/components/shell/logo';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { AppError } from '@/lib/domain/errors';
import type { StopTargetState } from '@/lib/domain/views';
import { readStopLink } from '@/lib/services/stops/link';
import { stopSentence, stopStateSentence, stopWords } from '@/lib/words/en/stop';

export const metadata: Metadata = { title: stopWords.linkTitle, robots: { index: false }, referrer: 'no-referrer' };
export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ token: string }> };

const ICONS: Record<StopTargetState, typeof CircleCheck> = {
  CONFIRMED: CircleCheck,
  SENT: CircleDashed,
  QUEUED: CircleDashed,
  FAILED: TriangleAlert,
};

/** Works signed out, on a phone and without scripts. Opening it changes nothing: mail scanners open links too. */
export default async function StopPage({ params }: Props) {
  const token = decodeURIComponent((await params).token);
  const link = await readStopLink(token).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  const ended =
    link.state === 'expired' ? stopWords.linkExpired : link.state === 'revoked' ? stopWords.linkRevoked : null;
  return (
    <main id="content" className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-5 py-10">
      <Wordmark />
      <Card className="grid gap-5 p-6 sm:p-7">
        <div>
          <h1 className="text-headline font-semibold tracking-[-0.025em]">{stopWords.linkTitle}</h1>
          {link.projectName ? <p className="mt-1 text-ink-soft">{link.projectName}</p> : null}
        </div>
        {ended ? <p className="rounded-xl bg-careful-soft px-4 py-3 text-careful">{ended}</p> : null}
        {link.stop ? (
          <div aria-live="polite" className="grid gap-3">
            <p className="font-medium">{stopSentence(link.stop)}</p>
            <ul className="divide-y divide-line">
              {link.stop.campaigns.map((campaign) => {
                const Icon = ICONS[campaign.state];
                return (
                  <li key={campaign.campaignId} className="flex gap-3 py-3">
                    <Icon
                      aria-hidden="true"
                      className={
                        campaign.state === 'CONFIRMED'
                          ? 'mt-0.5 size-4.5 shrink-0 text-accent'
                          : 'mt-0.5 size-4.5 shrink-0 text-careful'
                      }
                    />
                    <p className="min-w-0">
                      <span className="block font-medium break-words">{campaign.name}</span>
                      <span className="block text-sm text-ink-soft">
                        {stopStateSentence(campaign.state, campaign.reason)}
                      </span>
                    </p>
                  </li>
                );
              })}
            </ul>
          </div>
        ) : null}
        {ended ? (
          <ButtonLink look="secondary" size="large" href="/sign-in">
            {stopWords.signIn}
          </ButtonLink>
        ) : (
          <form action={`/api/stop/${encodeURIComponent(token)}`} method="post" className="grid gap-4">
            <p className="text-[0.9375rem] text-ink-soft">{stopWords.linkExplain}</p>
            <Button type="submit" look="danger" size="large">
              <OctagonX aria-hidden="true" />
              {stopWords.press}
            </Button>
          </form>
        )}
      </Card>
    </main>
  );
}
