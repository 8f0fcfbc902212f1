// Unpacks the Chromium that came as a package and prints where it is. A process of its own: it must choose the folder by TMPDIR
// and pretend the bare environment the package expects, in which it also unpacks the system libraries Chromium needs.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inData } from './paths.mjs';

const folder = inData('chromium');
mkdirSync(folder, { recursive: true });
process.env.TMPDIR = folder;
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');
const file = await chromium.executablePath();
const env = { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') };
process.stdout.write(JSON.stringify({ file, env }));
