// A Graph API that answers at once: an ad's row of about a kilobyte, with the usage headers Meta sends.
import { createServer } from 'node:http';

const row = {
  id: '120212345678901234',
  name: 'Cakes',
  status: 'PAUSED',
  effective_status: 'PAUSED',
  filler: 'x'.repeat(800),
};
const body = JSON.stringify(row);
const headers = {
  'content-type': 'application/json; charset=UTF-8',
  'content-length': String(Buffer.byteLength(body)),
  'x-app-usage': '{"call_count":12,"total_cputime":5,"total_time":7}',
  'x-ad-account-usage': '{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":"standard_access"}',
};
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
