// Sends one file with tus-js-client and its own retries; prints the address of the upload.
// Usage: node send.mjs ADDRESS FILE, with COOKIE and ORDER in the environment.

import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Upload } from "tus-js-client";

const [address, path] = process.argv.slice(2);

const upload = new Upload(createReadStream(path), {
  endpoint: `${address}/files/uploads`,
  headers: { cookie: process.env.COOKIE },
  metadata: { filename: basename(path), orderId: process.env.ORDER },
  uploadSize: statSync(path).size,
  // Cuts and kills come as often as every few megabytes, and a killed API is away for seconds.
  retryDelays: [0, 1000, 3000, ...Array(12).fill(5000)],
  onError(error) {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess() {
    console.log(new URL(upload.url).pathname);
  },
});
upload.start();
