// Time from sending a message to the first streamed event, beside a route that streams one event and does nothing else.

/** Median milliseconds of `times` attempts; each attempt gets its own request. */
export async function firstEvent(times, request) {
  const taken = [];
  for (let at = 0; at < times; at += 1) taken.push(await once(await request(at)));
  taken.sort((a, b) => a - b);
  return taken[Math.floor(taken.length / 2)];
}

async function once({ url, init, after = async () => {} }) {
  const began = performance.now();
  const response = await fetch(url, init);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const reader = response.body.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    text += value ? new TextDecoder().decode(value) : '';
    if (done || /^data:/m.test(text)) break;
  }
  const taken = performance.now() - began;
  while (!(await reader.read()).done); // the answer is left to finish, so that the next one does not wait for it
  await after();
  return taken;
}
