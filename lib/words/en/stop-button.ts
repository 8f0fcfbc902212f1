/** The red button of every signed-in page; how far a stop is stands in ./stop. */
export const stopButtonWords = {
  button: 'Stop all',
  buttonLabel: 'Stop all ads',
  stoppedLabel: 'All ads are stopped. Show how it stands',
  stopped: 'Stopped',
  title: 'Stop all ads?',
  lead: 'Every ad of every shop is paused at Facebook now. Then I look whether it really is.',
  points: [
    'Pausing costs nothing. Starting again takes your yes on a card.',
    'What was spent until now stays spent. Ads shown a moment ago may still count for a few minutes.',
    'Until the stop is lifted, I start and change nothing.',
  ],
  confirm: 'Stop everything now',
  cancel: 'Leave everything as it is',
  sending: 'Stopping…',
  results: 'How it stands',
  again: 'Check everything again',
  lift: 'Lift the stop…',
  liftNote: 'First you see what would run again, and for how much a day. Nothing starts before you press there.',
  lifted: 'The stop is lifted. What stood on the card is being switched on; its chat says how it went.',
  close: 'Close',
  liftAsked: 'This is what would run again. Nothing has changed yet.',
};
