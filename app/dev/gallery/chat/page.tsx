import { notFound } from 'next/navigation';
import { ChatShell } from '@/components/chat/chat-shell';
import { ProjectCard } from '@/components/dashboard/project-card';
import { bakeryChat } from '@/components/gallery/chat';
import { AppProviders } from '@/components/shell/app-providers';
import { galleryIsOpen } from '@/lib/http/gallery';

export const dynamic = 'force-dynamic';

/** The whole chat page on made-up data, and with ?show=projects the cards of the dashboard. */
export default async function GalleryChat({ searchParams }: { searchParams: Promise<{ show?: string }> }) {
  if (!galleryIsOpen()) notFound();
  const { show } = await searchParams;
  if (show === 'projects') {
    return (
      <main id="content" className="mx-auto grid max-w-5xl gap-5 px-5 py-16 md:grid-cols-2">
        <h1 className="sr-only">Projects</h1>
        <ProjectCard project={bakeryChat.project} locale="en" />
        <ProjectCard
          project={{
            ...bakeryChat.project,
            id: 'project-2',
            name: 'Salão Bela Vista',
            simulated: false,
            connected: false,
            needsAttention: 0,
            campaign: null,
          }}
          locale="en"
        />
      </main>
    );
  }
  return (
    <AppProviders workspaceId="gallery" locale="en" zone="Europe/Lisbon">
      <ChatShell view={bakeryChat} member="owner" />
    </AppProviders>
  );
}
