/** Above the card that shows a campaign being set up. */
export function deploymentStarted(campaign: string): string {
  return `I’m setting up “${campaign}” now. Everything stays switched off until all of it stands as you approved it. You can close this page, it goes on without you.`;
}
