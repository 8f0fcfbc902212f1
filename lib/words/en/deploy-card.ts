import type { DeployStep } from '../../domain/message';

export const deployCardWords = {
  title: (campaign: string) => `Setting up “${campaign}”`,
  titleDone: (campaign: string) => `“${campaign}” is set up`,
  titleFailed: (campaign: string) => `“${campaign}” is not set up`,
  steps: {
    images: 'Pictures',
    campaign: 'The campaign',
    ad_sets: 'Who and how much',
    creatives: 'Texts and pictures together',
    ads: 'The ads',
    check: 'Checking every detail',
    switch_on: 'Switching on',
  } satisfies Record<DeployStep, string>,
  step: (name: string, state: string) => `${name}: ${state}`,
  stepStates: { waiting: 'to do', running: 'in progress', done: 'done', failed: 'did not work' },
  inReview: 'Sent. Facebook checks the ads now. Nothing has been spent yet.',
  active: 'Facebook has approved the ads and they are running.',
  running: 'Everything is created switched off. Switching on is the very last step.',
  resume: 'Try again',
  nothingRuns: 'Nothing is switched on and nothing is being spent.',
};
