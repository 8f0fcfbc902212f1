export const privacyWords = {
  title: 'What we keep about you',
  lead: 'In plain words, and only what is true of this installation.',
  parts: [
    {
      title: 'What we keep',
      body: 'Your name and e-mail, what you tell us about your business, the plans and pictures made from it, what you approved, and the numbers Facebook reports about your ads.',
    },
    {
      title: 'Your Facebook sign-in',
      body: 'We never see your Facebook password. Facebook gives us a key for the account you choose. It is stored encrypted and used only for that account. You can take it back at Facebook at any time.',
    },
    {
      title: 'Who answers in the chat',
      body: 'If this installation uses an outside language service, your chat messages and your brief are sent there to write the answer. Keys, passwords and your customers’ data are not.',
    },
    {
      title: 'What we do not do',
      body: 'No trackers, no advertising on you, no selling of anything. Nothing on this page loads from elsewhere.',
    },
    {
      title: 'Leaving',
      body: 'Write to whoever runs this installation and everything that belongs to your workspace is deleted. Ads that still run have to be stopped first; the chat does that with you.',
    },
  ],
};
