'use client';
import { Download } from 'lucide-react';
import type { ArtifactView } from '@/lib/domain/views';
import { panelWords } from '@/lib/words/en/panel';
import { MessageCard } from '../cards/message-card';
import { SurfaceProvider } from '../chat/surface';
import { ButtonLink } from '../ui/button';
import { Dialog } from '../ui/dialog';

const words = panelWords.artifacts;

/** The paper as it was, to read and to take away. Nothing can be pressed here: decisions are taken in the chat. */
export function ArtifactPreview({ artifact, onClose }: { artifact: ArtifactView | null; onClose: () => void }) {
  return (
    <Dialog
      open={artifact !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={artifact?.title ?? ''}
      wide
    >
      {artifact ? (
        <div className="grid gap-4 pt-1">
          <SurfaceProvider value={{ interactive: false, projectId: '', conversationId: null, changed() {}, ask() {} }}>
            <Body artifact={artifact} />
          </SurfaceProvider>
          {artifact.downloadHref ? (
            <div>
              <ButtonLink look="secondary" href={artifact.downloadHref} download>
                <Download aria-hidden="true" />
                {words.download}
              </ButtonLink>
            </div>
          ) : null}
        </div>
      ) : null}
    </Dialog>
  );
}

function Body({ artifact }: { artifact: ArtifactView }) {
  if (artifact.card) return <MessageCard message={{ text: artifact.title }} card={artifact.card} />;
  if (artifact.type === 'IMAGE' && artifact.downloadHref) {
    // biome-ignore lint/performance/noImgElement: private files; an optimizer would need the owner's cookie
    return <img src={artifact.downloadHref} alt={artifact.title} className="mx-auto max-h-[60dvh] rounded-xl" />;
  }
  return <p className="text-ink-soft">{words.noPreview}</p>;
}
