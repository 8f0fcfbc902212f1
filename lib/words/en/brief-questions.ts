/** What the built-in helper asks, in three ways each: asked again, it must not be the same sentence. */
export const briefQuestions = {
  businessDescription: [
    'What does your business do, and where is it?',
    'Let me ask it differently: if a neighbour asked what you do for a living, what would you say?',
    'Just a few words are enough, for example “a hair salon in Braga” or “I repair bicycles in Leeds”. What is yours?',
  ],
  product: [
    'What would you most like to sell more of?',
    'If an ad could bring you ten of the same order tomorrow, which order should it be?',
    'Which one thing should the ads show first? One product or service is enough, for example “birthday cakes” or “men’s haircuts”.',
  ],
  location: [
    'Where are the customers you want to reach?',
    'Which town or area should see your ads?',
    'I need one place name, for example “Porto” or “all of Ireland”. Which is yours?',
  ],
  country: [
    'Which country is that in?',
    'I do not know that place by name. Could you tell me the country?',
    'Just the country, please, for example “Portugal”.',
  ],
  goal: [
    'What should the ads bring you first: people asking for a booking or an order, phone calls, messages, online sales, or visitors to your website?',
    'When an ad works, what happens: does somebody call, write to you, ask for a quote, or buy on your website?',
    'Please pick the closest: bookings or enquiries, phone calls, messages, online sales, or website visitors.',
  ],
  monthlyBudget: [
    'How much could you spend on ads in a month, at most?',
    'What is the most you would be comfortable paying in a month? A figure per day is fine too.',
    'I need one amount with its currency, for example “€300 a month” or “$10 a day”. It is a ceiling, and nothing is spent before you approve a plan.',
  ],
  currency: [
    'Which currency is that in: euros, pounds, dollars …?',
    'And in which money? For example “euros”.',
    'Just the currency, please: euros, dollars, pounds, yen …',
  ],
  targetAudience: [
    'Who are your best customers?',
    'Think of the last three people who were happy with you: who were they?',
    'A rough picture is enough, for example “families with small children” or “people who own old houses”. Who comes to you most?',
  ],
  uniqueSellingPoint: [
    'What do people like about you, or come back for?',
    'Why would somebody choose you and not the place around the corner?',
    'One small true thing is enough, for example “we open on Sundays” or “my grandmother’s recipes”. What is yours?',
  ],
  websiteUrl: [
    'Do you have a website, or none?',
    'Is there a web address people can go to? “No website” is a perfectly good answer.',
    'Please give me the address, for example “bakery.pt”, or simply write “no website”.',
  ],
  privacyPolicyUrl: [
    'For that form Facebook asks for a web address with your privacy notice: one page that says what you do with people’s names and numbers. Do you have one, or none yet?',
    'What is the web address of your privacy notice? “None” is a perfectly good answer.',
    'Please give me that address, for example “bakery.pt/privacy”, or simply write “none”.',
  ],
  customerValue: [
    'And if you know it: about how much does one new customer usually bring you? It is fine not to know.',
  ],
} as const;
