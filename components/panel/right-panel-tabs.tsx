'use client';
import { useState } from 'react';
import { panelWords } from '@/lib/words/en/panel';
import { Tabs } from '../ui/tabs';
import { ActivityTimeline } from './activity-timeline';
import { ArtifactList } from './artifact-list';
import { ToolList } from './tool-list';

const words = panelWords.tabs;

/** What stands beside the talk: things to ask for, what came of it, what was done. */
export function RightPanelTabs({ projectId, onAsk }: { projectId: string; onAsk: (prompt: string) => void }) {
  const [tab, setTab] = useState('tools');
  return (
    <Tabs
      label={panelWords.label}
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: 'tools', label: words.tools, content: <ToolList onAsk={onAsk} /> },
        { value: 'artifacts', label: words.artifacts, content: <ArtifactList projectId={projectId} /> },
        { value: 'activity', label: words.activity, content: <ActivityTimeline projectId={projectId} /> },
      ]}
    />
  );
}
