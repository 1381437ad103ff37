// Builds the one script and the one style sheet of the screens into the package: readable, as the next reader debugs them.
import { build } from "esbuild";

const web = "../src/gatehouse/web";
const shared = { bundle: true, charset: "utf8", legalComments: "none", logLevel: "warning" };

await build({ ...shared, entryPoints: ["src/gatehouse.ts"], outfile: `${web}/static/web/gatehouse.js`, format: "iife", target: "es2022" });
await build({ ...shared, entryPoints: ["styles/gatehouse.css"], outfile: `${web}/static/web/gatehouse.css` });
