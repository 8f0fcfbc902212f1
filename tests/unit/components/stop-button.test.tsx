import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { StopButton } from '../../../components/stop/stop-button';
import { StopSheet } from '../../../components/stop/stop-sheet';
import { AnnouncerProvider } from '../../../components/ui/announcer';
import { may, ROLES } from '../../../lib/domain/roles';
import type { StopView } from '../../../lib/domain/views';
import { stopButtonWords as words } from '../../../lib/words/en/stop-button';

const stopped: StopView = {
  stopId: 'stop',
  state: 'STOPPED',
  scope: 'workspace',
  projectId: null,
  via: 'owner',
  startedAt: '2026-11-21T09:00:00Z',
  confirmedAt: '2026-11-21T09:00:05Z',
  counts: { campaigns: 1, queued: 0, sent: 0, confirmed: 1, failed: 0 },
  campaigns: [],
};
const nothing = async () => undefined;
const sheet = (mayLift: boolean) =>
  renderToStaticMarkup(
    <AnnouncerProvider>
      <StopSheet stop={stopped} mayLift={mayLift} onChange={() => {}} onReload={nothing} onClose={() => {}} />
    </AnnouncerProvider>,
  );

describe('the stop button', () => {
  it('is offered to exactly those whose press would not be refused', () => {
    const offered = ROLES.filter((role) =>
      renderToStaticMarkup(<StopButton member={role} />).includes(words.buttonLabel),
    );
    expect(offered).toEqual(ROLES.filter((role) => may(role, 'ads.stop')));
    expect(offered).not.toContain('analyst');
  });

  it('offers to lift a stop only to who may lift it', () => {
    expect(sheet(true)).toContain(words.lift);
    expect(sheet(false)).not.toContain(words.lift);
    expect(sheet(false)).toContain(words.again);
  });
});
