import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AppError } from '@/lib/domain/errors';
import { readStopLink } from '@/lib/services/stops/link';
import { stopSentence, stopStateSentence, stopWords } from '@/lib/words/en/stop';

export const metadata: Metadata = { title: stopWords.linkTitle, robots: { index: false }, referrer: 'no-referrer' };
export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ token: string }> };

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
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 p-6">
      <h1 className="font-semibold text-2xl">{stopWords.linkTitle}</h1>
      {link.projectName ? <p>{link.projectName}</p> : null}
      {ended ? <p>{ended}</p> : null}
      {link.stop ? (
        <div aria-live="polite" className="flex flex-col gap-3">
          <p>{stopSentence(link.stop)}</p>
          <ul className="flex flex-col gap-1 text-sm">
            {link.stop.campaigns.map((campaign) => (
              <li key={campaign.campaignId}>
                {campaign.name}: {stopStateSentence(campaign.state, campaign.reason)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {ended ? (
        <a className="underline" href="/sign-in">
          {stopWords.signIn}
        </a>
      ) : (
        <form action={`/api/stop/${encodeURIComponent(token)}`} className="flex flex-col gap-3" method="post">
          <p>{stopWords.linkExplain}</p>
          <button className="rounded-lg bg-red-700 px-4 py-4 font-semibold text-lg text-white" type="submit">
            {stopWords.press}
          </button>
        </form>
      )}
    </main>
  );
}
