/** `npm run pack`: the program as a folder for this system, without a network, and what is in it. */
import { packFolder } from './pack-folder.ts';
import { packageSizes, sizeLines } from './package-sizes.ts';

const packed = await packFolder();
if (packed === undefined) process.exitCode = 1;
else {
  for (const line of sizeLines(packageSizes(packed.folder))) console.log(line);
  console.log(packed.standIn === undefined ? `packed: ${packed.executable}` : `PACKED AROUND A STAND-IN, which cannot be started: ${packed.standIn}`);
}
