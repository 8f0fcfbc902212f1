'use client';
import type { ActivityDay } from '@/lib/domain/views';
import { panelWords } from '@/lib/words/en/panel';
import { formatDay } from '@/lib/words/format';
import { ActionSummaryMessage } from '../cards/action-summary-message';
import { SurfaceProvider } from '../chat/surface';
import { useLocale } from '../shell/locale';
import { EmptyState } from '../ui/empty-state';
import { ListFailed, ListLoading } from './list-states';
import { useLiveList } from './use-live-list';

const words = panelWords.activity;
const CHANGES = ['action.proposed', 'action.executed', 'action.failed', 'action.undone'] as const;

/** Every change, by day, with its reason and the way back. */
export function ActivityTimeline({ projectId }: { projectId: string }) {
  const { data, failed, load } = useLiveList<{ days: ActivityDay[] }>(
    `/api/projects/${projectId}/activity`,
    projectId,
    CHANGES,
  );
  const { locale } = useLocale();
  if (failed && !data) return <ListFailed text={words.failed} onRetry={load} />;
  if (!data) return <ListLoading />;
  if (data.days.length === 0) return <EmptyState title={words.empty.title}>{words.empty.body}</EmptyState>;
  return (
    <SurfaceProvider
      value={{ interactive: true, projectId, conversationId: null, changed: () => void load(), ask() {} }}
    >
      <div className="grid grid-cols-1 gap-6">
        {data.days.map((day) => (
          <section key={day.day}>
            <h3 className="mb-2 px-1 text-micro font-medium text-ink-faint">{formatDay(day.day, locale)}</h3>
            <ul className="grid grid-cols-1 gap-2">
              {day.actions.map((action) => (
                <li key={action.actionId}>
                  <ActionSummaryMessage card={action} compact />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </SurfaceProvider>
  );
}
