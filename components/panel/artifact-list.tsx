'use client';
import { ChartNoAxesColumn, Download, FileText, Image, Megaphone, Type, Wrench } from 'lucide-react';
import { useState } from 'react';
import type { ArtifactView } from '@/lib/domain/views';
import { panelWords } from '@/lib/words/en/panel';
import { formatMoment } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { buttonLook } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ArtifactPreview } from './artifact-preview';
import { ListFailed, ListLoading } from './list-states';
import { useLiveList } from './use-live-list';

const words = panelWords.artifacts;
const ORDER = [
  'BRIEF',
  'CAMPAIGN',
  'AD_COPY',
  'IMAGE',
  'REPORT',
  'ACTION',
] as const satisfies readonly ArtifactView['type'][];
const ICONS: Record<ArtifactView['type'], typeof FileText> = {
  BRIEF: FileText,
  CAMPAIGN: Megaphone,
  AD_COPY: Type,
  IMAGE: Image,
  REPORT: ChartNoAxesColumn,
  ACTION: Wrench,
};
const CHANGES = [
  'brief.confirmed',
  'plan.drafted',
  'approval.decided',
  'action.executed',
  'action.undone',
  'report.created',
] as const;

/** Everything that came of the talk, by kind, newest first. */
export function ArtifactList({ projectId }: { projectId: string }) {
  const { data, failed, load } = useLiveList<{ artifacts: ArtifactView[] }>(
    `/api/projects/${projectId}/artifacts`,
    projectId,
    CHANGES,
  );
  const [open, setOpen] = useState<ArtifactView | null>(null);
  if (failed && !data) return <ListFailed text={words.failed} onRetry={load} />;
  if (!data) return <ListLoading />;
  if (data.artifacts.length === 0) return <EmptyState title={words.empty.title}>{words.empty.body}</EmptyState>;
  return (
    <>
      <div className="grid grid-cols-1 gap-6">
        {ORDER.map((type) => (
          <Group
            key={type}
            type={type}
            artifacts={data.artifacts.filter((artifact) => artifact.type === type)}
            onOpen={setOpen}
          />
        ))}
      </div>
      <ArtifactPreview artifact={open} onClose={() => setOpen(null)} />
    </>
  );
}

function Group({
  type,
  artifacts,
  onOpen,
}: {
  type: ArtifactView['type'];
  artifacts: ArtifactView[];
  onOpen: (artifact: ArtifactView) => void;
}) {
  const locale = useLocale();
  const Icon = ICONS[type];
  if (artifacts.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 px-1 text-micro font-medium text-ink-faint">{words.groups[type]}</h3>
      <ul className="grid grid-cols-1 gap-1.5">
        {artifacts.map((artifact) => (
          <li key={artifact.id} className="flex items-center rounded-xl border border-line bg-surface pe-1">
            <button
              type="button"
              aria-label={words.open(artifact.title)}
              onClick={() => onOpen(artifact)}
              className="target flex min-w-0 flex-1 items-center gap-3 rounded-xl px-3 py-2.5 text-start hover:bg-sunken"
            >
              <Icon aria-hidden="true" className="size-4.5 shrink-0 text-ink-faint" />
              <span className="min-w-0">
                <span className="block truncate text-[0.9375rem] font-medium">{artifact.title}</span>
                <time dateTime={artifact.at} className="block text-micro text-ink-faint">
                  {formatMoment(artifact.at, locale)}
                </time>
              </span>
            </button>
            {artifact.downloadHref ? (
              <a
                href={artifact.downloadHref}
                download
                aria-label={`${words.download}: ${artifact.title}`}
                className={buttonLook({ look: 'quiet', size: 'icon' })}
              >
                <Download aria-hidden="true" />
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
