/** What the built-in helper answers to the questions owners ask at any moment. Nothing here depends on a project's numbers. */
export const answerWords = {
  safe: 'What you can rely on: nothing is spent before you press Approve on a card, your monthly limit holds, and “Stop all” at the top of the page switches every ad off. Your Facebook password never reaches me.',
  alone:
    'Only what the limits you approved allow: switching off a clearly bad ad and putting a spare one in its place. Everything else, and more money always, comes to you on a card. The page “Limits” shows them all.',
  human: 'There is no person in this chat. For help with your account, please write to whoever runs this installation.',
  asYou: 'No. I ask Facebook only for what ads need: I cannot post as you and I cannot read your private messages.',
  comparing:
    'I compare the ads whenever new numbers come in and call none of them better before the numbers allow it. A clearly bad one is switched off, and I tell you why.',
  payment:
    'I take no card details. Facebook charges the payment method of your own ad account, and only after you approved a plan.',
  howLong:
    'The questions take a few minutes. After your approval Facebook checks the ads, usually within a day, and then they start.',
  starts:
    'Nothing starts before you press Approve on a card. Then Facebook checks the ads, usually within a day, and they begin.',
  stopAnyTime:
    'At any time: “Stop all” stands at the top of every page, and “stop everything” in this chat works too. There is no minimum time.',
  later: 'Yes. Until you approve, just tell me. Afterwards every change comes to you on a card first.',
  audienceShown: 'The card says who sees the ads and where. If it should be other ages or other places, just tell me.',
  total:
    'The card says what a day, the worst day, a week and a month can cost. Beyond the month’s figure nothing is spent without another card.',
  noFacebook:
    'The ads run on Facebook and Instagram, and both are booked through Facebook. It takes a Facebook login and a Page for the business; both are free (facebook.com/pages/create). Your answers stay here meanwhile.',
  language:
    'I only write English, so the ads are in English. If your customers read another language, tell me the headline you want and I put it in.',
  password: 'Facebook’s own login page helps with that; I never see your password.',
  notNow: 'Take your time. Everything stays as it is, and nothing is spent.',
  gender:
    'I cannot show ads to women or men only. The words of the ads decide who feels spoken to; ages and places I can change.',
  dates:
    'I cannot plan dates from the chat: ads begin after your press and run until you stop them. For a break, write “stop everything” on that day; switching on again takes your yes.',
  partOfPlan:
    'A plan always has three ads, and I cannot edit a single sentence. Say “other texts” for new ones, or give me the first headline, for example: headline: Fresh bread at seven.',
  photos:
    'Yes: send them with the photo button beside the message box, and the pictures of the ads are made with them.',
  report: 'Every Monday morning, here in this chat. Ask me “how is it going?” at any time in between.',
  inbox: 'Messages from customers arrive in your Page’s inbox at Facebook, not here.',
  otherNumbers:
    'Facebook keeps correcting its counts for some days, and I read them every few hours, so the two can differ for a while.',
  yourCall: 'The card shows what I would do. The press has to be yours.',
  noMoney:
    'Without some money Facebook shows no ads. The free things come first: a good Page, fresh photos, and asking happy customers for a review. If you want to try, name the most you could do without, for example “50 a month”.',
  limits:
    'The page “Limits” shows how much of this month is used and what holds; a change there comes to you on a card.',
} as const;
