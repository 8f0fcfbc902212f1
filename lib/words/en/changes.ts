/** What the built-in helper says when the owner wants something different about ads that run. */
export const changeWords = {
  done: {
    propose_audience:
      'I have put a card here: who sees the ads now, and who would then. Nothing changes before you press Approve.',
    propose_new_ad: 'Here is the new ad as it would look. It is made only after you press Approve.',
    propose_deletion: 'I have put a card here. Please look twice: nothing is deleted before you press.',
    propose_category:
      'Facebook fixes that kind when a campaign is made, so I cannot change it on the one that runs. I have drafted a new campaign with the same ads under the stricter rules: its card waits for you. The old one goes on until you pause it.',
  },
  notFound: (names: readonly string[]) =>
    `I could not find ${new Intl.ListFormat('en', { type: 'conjunction' }).format(names)} at Facebook. Is it spelled that way there?`,
  whichAd: (headlines: readonly string[]) =>
    `Which one do you mean? These are there: ${headlines.map((headline, index) => `${index + 1}. “${headline}”`).join(', ')}.`,
  refused: 'I cannot put that on a card as it is.',
  unsafe: (phrase: string) =>
    `I cannot use “${phrase}” in an ad: Facebook refuses such promises. Tell me another way to say it.`,
  problems: {
    nothing_runs: 'No ads are running that I could change. Nothing is spent.',
    nothing_changes: 'That is how it is already, so there is nothing to change.',
    already_everywhere: 'The ads are shown in the whole country already, so that town is included.',
    last_place: 'That is the only place the ads are shown. Tell me where they should be shown instead.',
    ages_swapped: 'I did not get the ages. From which to which age should it be?',
    special_category_audience:
      'Ads about jobs, homes or credit must be open to adults of every age, 25 km or more around a town. I cannot make that narrower.',
    too_many_ads:
      'Six ads run at once already. More would only divide the same money until nothing can be learned. Shall one go first?',
    ad_exists: 'That ad is there already. Tell me what should be different about the new one.',
    brief_incomplete: 'I am missing something about your business for a new ad. Tell me once more what you sell.',
    last_ad:
      'That is the only ad left. Without it nothing is shown: tell me to pause everything, or to delete the whole campaign.',
    month_full:
      'Your limit for the month has no room for a second campaign beside the one that runs. Pause that one first, or wait for next month.',
    brief_not_confirmed: 'Please confirm on its card what I understood about your business first.',
    facebook_not_connected: 'Facebook is not connected, so I cannot put that on a card yet.',
  },
};
