import { notFound } from 'next/navigation';
import { MessageCard } from '@/components/cards/message-card';
import { cardFixtures } from '@/components/gallery/cards';
import { GallerySurface } from '@/components/gallery/surface';
import { AppProviders } from '@/components/shell/app-providers';
import { ThemeToggle } from '@/components/shell/theme-toggle';
import { galleryIsOpen } from '@/lib/http/gallery';

export const dynamic = 'force-dynamic';

/** Every card in every state, for those who build them. `?only=Launch` shows the cards whose name begins so. */
export default async function Gallery({ searchParams }: { searchParams: Promise<{ only?: string }> }) {
  if (!galleryIsOpen()) notFound();
  const { only = '' } = await searchParams;
  return (
    <AppProviders workspaceId="gallery" locale="en" zone="Europe/Lisbon">
      <main id="content" className="mx-auto grid max-w-[46rem] gap-10 px-4 py-10 sm:px-6">
        <header className="flex items-center justify-between">
          <h1 className="text-headline font-semibold">Cards</h1>
          <ThemeToggle />
        </header>
        <GallerySurface>
          {cardFixtures
            .filter(({ name }) => name.startsWith(only))
            .map(({ name, card }) => (
              <section key={name} data-card={name} className="grid gap-3">
                <h2 className="text-micro font-medium text-ink-faint">{name}</h2>
                <MessageCard message={{ text: '' }} card={card} />
              </section>
            ))}
        </GallerySurface>
      </main>
    </AppProviders>
  );
}
