export const demoWords = {
  businessName: 'Padaria da Ana',
  personName: 'Ana Martins',
  quickReplies: [
    'I run a small bakery in Porto, padaria-da-ana.pt, about 900 euros a month, want more birthday cake orders',
  ],
};
