// `npm run bench -- simulator`: how fast pretend time passes, and what a read costs beside a bare server.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundlePrograms, programFile } from '../../scripts/lib/bundle.mjs';
import { freePort } from '../../scripts/lib/processes.mjs';

const weeks = 12;
const readForMs = 3_000;
const callers = 8;
const weekMs = 7 * 86_400_000;

/** Prints the figures; answers them. */
export async function benchSimulator(say) {
  await bundlePrograms(['simulator-meta']);
  const directory = await mkdtemp(path.join(tmpdir(), 'simulator-bench-'));
  const simulator = await startSimulator(directory);
  const bare = await startBare();
  try {
    const figures = { small: 0, large: 0 };
    for (const [name, sets, ads] of [
      ['small', 1, 3],
      ['large', 25, 4],
    ])
      figures[name] = await weeksPerSecond(simulator, sets, ads);
    const world = await launch(simulator, 1, 3);
    await admin(simulator, `worlds/${world.worldId}/clock`, { advanceMs: 2 * weekMs });
    const query = `access_token=${world.accessToken}`;
    const node = await readsPerSecond(
      `${simulator.url}/v26.0/${world.campaignId}?fields=name,effective_status,daily_budget&${query}`,
    );
    const insights = await readsPerSecond(
      `${simulator.url}/v26.0/${world.campaignId}/insights?fields=impressions,spend,actions&date_preset=last_7d&time_increment=1&${query}`,
    );
    const empty = await readsPerSecond(bare.url);
    say('The simulator of Meta');
    for (const [name, { wall, processor }] of [
      ['a shop with 3 ads', figures.small],
      ['an account with 100 ads', figures.large],
    ])
      say(
        `  ${name.padEnd(25)}  ${wall.toFixed(1).padStart(8)} simulated weeks per second${processor === null ? '' : `, ${processor.toFixed(1)} per second of processor time`}`,
      );
    say(`  a bare node:http server    ${empty.toFixed(0).padStart(8)} reads per second, ${callers} callers`);
    say(
      `  a campaign                 ${node.toFixed(0).padStart(8)} reads per second, ${(node / empty).toFixed(2)} of the bare server`,
    );
    say(
      `  a week of insights by day  ${insights.toFixed(0).padStart(8)} reads per second, ${(insights / empty).toFixed(2)} of the bare server`,
    );
    return { ...figures, node, insights, empty };
  } finally {
    simulator.child.kill('SIGTERM');
    bare.server.close();
    bare.server.closeAllConnections();
    await rm(directory, { recursive: true, force: true });
  }
}

async function startSimulator(directory) {
  const port = await freePort();
  const child = spawn(process.execPath, [programFile('simulator-meta'), '--port', String(port), '--data', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SIMULATOR_ADMIN_KEY: '' },
  });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

async function startBare() {
  const body = JSON.stringify({ name: 'Autumn', effective_status: 'ACTIVE', id: '120200000000000001' });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

async function admin({ url }, target, body) {
  const answer = await fetch(`${url}/_admin/${target}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${target}: ${await answer.text()}`);
  return answer.json();
}

async function weeksPerSecond(simulator, sets, ads) {
  const world = await launch(simulator, sets, ads);
  await admin(simulator, `worlds/${world.worldId}/clock`, { advanceMs: 86_400_000 });
  const began = performance.now();
  const worked = await processorMs(simulator.child.pid);
  for (let at = 0; at < weeks; at++) await admin(simulator, `worlds/${world.worldId}/clock`, { advanceMs: weekMs });
  const busyMs = (await processorMs(simulator.child.pid)) - worked;
  return { wall: (1000 * weeks) / (performance.now() - began), processor: busyMs > 0 ? (1000 * weeks) / busyMs : null };
}

/** Processor time a process has used so far, in ms; 0 where the system does not tell. A busy machine's clock on the wall lies. */
async function processorMs(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text === '' ? 0 : (Number(fields[11]) + Number(fields[12])) * 10;
}

async function launch(simulator, sets, ads) {
  const world = await admin(simulator, 'worlds', { scenario: 'wild', seed: 7 });
  const account = world.adAccounts[0].id;
  const make = async (edge, params) => {
    const answer = await fetch(`${simulator.url}/v26.0/${account}/${edge}?access_token=${world.accessToken}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    const body = await answer.json();
    if (!body.id) throw new Error(JSON.stringify(body));
    return body.id;
  };
  const campaignId = await make('campaigns', {
    name: 'Bench',
    objective: 'OUTCOME_SALES',
    special_ad_categories: [],
    status: 'ACTIVE',
    is_adset_budget_sharing_enabled: false,
  });
  const creativeId = await make('adcreatives', {
    object_story_spec: { page_id: world.pages[0].id, link_data: { link: 'https://shop.example/', message: 'Fresh' } },
  });
  for (let set = 0; set < sets; set++) {
    const adSetId = await make('adsets', {
      name: `Set ${set}`,
      campaign_id: campaignId,
      optimization_goal: 'OFFSITE_CONVERSIONS',
      billing_event: 'IMPRESSIONS',
      daily_budget: 3000,
      promoted_object: { pixel_id: world.adAccounts[0].pixelId, custom_event_type: 'PURCHASE' },
      targeting: { geo_locations: { countries: ['US'] }, targeting_automation: { advantage_audience: 1 } },
    });
    for (let ad = 0; ad < ads; ad++)
      await make('ads', {
        name: `Ad ${ad}`,
        adset_id: adSetId,
        creative: { creative_id: creativeId },
        status: 'ACTIVE',
      });
  }
  return { ...world, campaignId };
}

async function readsPerSecond(url) {
  let count = 0;
  const read = async (untilMs) => {
    while (performance.now() < untilMs) {
      const answer = await fetch(url);
      await answer.text();
      if (!answer.ok) throw new Error(`a read was answered with ${answer.status}`);
      count++;
    }
  };
  await read(performance.now() + 300);
  count = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, () => read(began + readForMs)));
  return (1000 * count) / (performance.now() - began);
}
