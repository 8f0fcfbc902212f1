import type { CampaignStatus } from '@/lib/domain/campaign-status';
import type { ProjectView } from '@/lib/domain/views';
import { campaignStatusWords, dashboardWords as words } from '@/lib/words/en/dashboard';
import { formatMoney, type Locale } from '@/lib/words/format';
import { Badge, type Tone } from '../ui/badge';
import { buttonLook } from '../ui/button';
import { cn } from '../ui/cn';

export const STATUS_TONES: Record<CampaignStatus, Tone> = {
  DRAFT: 'neutral',
  PENDING_APPROVAL: 'careful',
  CHANGES_REQUESTED: 'neutral',
  APPROVED: 'good',
  DEPLOYING: 'good',
  DEPLOY_FAILED: 'broken',
  IN_REVIEW: 'neutral',
  ACTIVE: 'good',
  DISAPPROVED: 'broken',
  PAUSED: 'careful',
  COMPLETED: 'neutral',
  ARCHIVED: 'neutral',
};

function Fact({ label, children, wide = false }: { label: string; children: string; wide?: boolean }) {
  return (
    <div className={cn('min-w-0', wide ? 'col-span-2' : '')}>
      <dt className="text-micro text-ink-faint">{label}</dt>
      <dd className="figures truncate font-medium">{children}</dd>
    </div>
  );
}

export function ProjectCard({ project, locale }: { project: ProjectView; locale: Locale }) {
  const { campaign } = project;
  const waits = project.needsAttention > 0;
  return (
    <article className="flex h-full flex-col gap-5 rounded-card border border-line bg-surface p-6 shadow-card">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-xl font-semibold tracking-tight break-words">{project.name}</h2>
          <p className="mt-1.5 flex flex-wrap gap-1.5">
            {project.simulated ? <Badge>{words.pretend}</Badge> : null}
            {campaign ? (
              <Badge tone={STATUS_TONES[campaign.status]}>{campaignStatusWords[campaign.status]}</Badge>
            ) : (
              <Badge>{words.noCampaign}</Badge>
            )}
            {project.connected ? null : <Badge>{words.notConnected}</Badge>}
          </p>
        </div>
        {waits ? <Badge tone="careful">{words.needs(project.needsAttention)}</Badge> : null}
      </div>
      {campaign ? (
        <dl className="grid grid-cols-2 gap-4 border-t border-line pt-4">
          <Fact label={words.ads} wide>
            {campaign.name}
          </Fact>
          {campaign.dailyBudget ? (
            <Fact label={words.dailyBudget}>{formatMoney(campaign.dailyBudget, locale)}</Fact>
          ) : null}
          <Fact label={words.spent7}>
            {project.spendLast7Days ? formatMoney(project.spendLast7Days, locale) : words.nothingSpent}
          </Fact>
        </dl>
      ) : null}
      <a
        href={`/chat/${project.id}`}
        aria-label={`${waits ? words.look : words.open}: ${project.name}`}
        className={cn(buttonLook({ look: waits ? 'primary' : 'secondary' }), 'mt-auto')}
      >
        {waits ? words.look : words.open}
      </a>
    </article>
  );
}
