type Status = { kind: 'DEAUTHORISE' | 'DELETE'; done: boolean };

/** The public page that says what became of a request to delete one's data. */
export const deletionWords = {
  title: 'Your data',
  of: (status: Status | null): { title: string; body: string } => {
    if (!status)
      return {
        title: 'We know no such request',
        body: 'Please check that the whole address was copied. Requests are made at Facebook, under the apps you signed in to.',
      };
    if (!status.done) return { title: 'We received your request', body: 'It is being carried out now.' };
    if (status.kind === 'DEAUTHORISE')
      return {
        title: 'The connection to Facebook is removed',
        body: 'The key Facebook gave us for you is deleted. We can no longer see or change anything there.',
      };
    return {
      title: 'What Facebook gave us about you is deleted',
      body: 'The key to your account, your Facebook identity and the names found behind your sign-in are gone. What belongs to a business that works here, such as its approved plans and their numbers, stays with that business without naming you.',
    };
  },
  when: (received: Date): string => `Received on ${received.toISOString().slice(0, 10)}.`,
};
