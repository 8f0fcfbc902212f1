import type { ArtifactView, NotificationView } from '../../domain/views';

export const panelWords = {
  tabs: { tools: 'Tools', artifacts: 'Papers', activity: 'Activity' },
  label: 'About this shop',
  tools: {
    lead: 'Press one and it lands in the message box. Nothing is sent before you send it.',
    list: [
      {
        title: 'How is it going?',
        body: 'The latest numbers in plain words',
        prompt: 'How are my ads doing right now?',
      },
      {
        title: 'Plan new ads',
        body: 'A draft with pictures, money and a range to expect',
        prompt: 'Please draft a new plan for my ads.',
      },
      {
        title: 'Make it cheaper',
        body: 'The same idea with less money',
        prompt: 'Could the plan cost less? Show me what that would change.',
      },
      {
        title: 'Why did you do that?',
        body: 'The reason for the last change, from the record',
        prompt: 'Why did you make the last change to my ads?',
      },
      {
        title: 'Something changed here',
        body: 'New product, new hours, new price',
        prompt: 'Something changed in my business: ',
      },
      {
        title: 'What may you do alone?',
        body: 'The limits you approved, read aloud',
        prompt: 'What may you do without asking me?',
      },
      { title: 'Stop everything', body: 'Pause all ads', prompt: 'Please stop all my ads.' },
    ],
  },
  artifacts: {
    empty: { title: 'No papers yet', body: 'Your brief, plans, pictures and reports are collected here.' },
    groups: {
      BRIEF: 'What I know about you',
      CAMPAIGN: 'Plans',
      AD_COPY: 'Texts',
      IMAGE: 'Pictures',
      REPORT: 'Weekly reports',
      ACTION: 'Changes',
    } satisfies Record<ArtifactView['type'], string>,
    download: 'Download',
    open: (title: string) => `Open ${title}`,
    failed: 'The papers could not be loaded.',
    noPreview: 'This one has no preview. You can download it.',
  },
  activity: {
    empty: {
      title: 'Nothing done yet',
      body: 'Every change to your ads is listed here, with its reason and a way back.',
    },
    failed: 'The list could not be loaded.',
    today: 'Today',
  },
  bell: {
    label: (unread: number) =>
      unread === 0 ? 'Notices' : unread === 1 ? 'Notices, 1 unread' : `Notices, ${unread} unread`,
    title: 'Notices',
    empty: { title: 'All quiet', body: 'When something needs you, or changes, it shows up here.' },
    unread: 'Unread',
    failed: 'The notices could not be loaded.',
    types: { APPROVAL_NEEDED: 'Needs you', AGENT_UPDATE: 'Update', ALERT: 'Alert', REPORT: 'Report' } satisfies Record<
      NotificationView['type'],
      string
    >,
  },
};
