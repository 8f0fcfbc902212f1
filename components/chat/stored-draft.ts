/** Unsent words survive a reload and a trip to Facebook; they stay in this tab. Storage may be refused; then nothing is kept. */
const keyOf = (conversationId: string) => `draft:${conversationId}`;

export function storedDraft(conversationId: string): string {
  try {
    return sessionStorage.getItem(keyOf(conversationId)) ?? '';
  } catch {
    return '';
  }
}

export function storeDraft(conversationId: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(keyOf(conversationId), text);
    else sessionStorage.removeItem(keyOf(conversationId));
  } catch {
    // The words are still in the box.
  }
}
