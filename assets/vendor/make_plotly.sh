#!/bin/sh
# Makes plotly-scatter-<version>.min.js from the published source: run it from anywhere. It needs
# node 18 or newer, npm, and a registry that npm knows. Nothing it downloads is kept in the project.
set -eu

PLOTLY=4.1.1
ESBUILD=0.28.1
ACORN=8.15.0
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private": true}' > package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error --save-exact \
  "plotly.js@$PLOTLY" "esbuild@$ESBUILD" "acorn@$ACORN"

# What is in it: the scatter trace on plain axes, and what our charts use around it.
cat > entry.js <<'JS'
const Registry = require('plotly.js/src/registry');
require('plotly.js/build/plotcss');
const api = require('plotly.js/src/plot_api');
for (const name of Object.keys(api)) {
  Registry.register({ moduleType: 'apiMethod', name, fn: api[name] });
}
Registry.register([
  require('plotly.js/src/traces/scatter'),
  require('plotly.js/src/components/annotations'),
  require('plotly.js/src/components/selections'),
  require('plotly.js/src/components/shapes'),
  require('plotly.js/src/components/errorbars'),
  require('plotly.js/src/components/colorscale'),
  require('plotly.js/src/components/legend'),
  require('plotly.js/src/components/fx'),
  require('plotly.js/src/components/modebar'),
  require('plotly.js/src/locale-en'),
  require('plotly.js/src/locale-en-us'),
]);
const Plots = require('plotly.js/src/plots/plots');
const Fx = require('plotly.js/src/components/fx');
module.exports = {
  version: require('plotly.js/src/version').version,
  register: Registry.register,
  ...Object.fromEntries(Object.entries(api).filter(([name]) => !name.startsWith('_'))),
  Plots: { resize: Plots.resize, graphJson: Plots.graphJson },
  Fx: { hover: Fx.hover, unhover: Fx.unhover },
};
JS

# What stands in for what is left out.
cat > nothing.js <<'JS'
module.exports = () => {};
JS
cat > modebar.js <<'JS'
// No toolbar: it offers to send the chart's data to a third party.
module.exports = {
  moduleType: 'component',
  name: 'modebar',
  layoutAttributes: {},
  supplyLayoutDefaults: (_, layout) => {
    layout.modebar = { orientation: 'h' };
  },
  manage: () => {},
};
JS
cat > validate.js <<'JS'
module.exports = () => {
  throw new Error('Plotly.validate is not in this bundle');
};
JS
cat > template.js <<'JS'
exports.makeTemplate = exports.validateTemplate = require('./validate.js');
JS
cat > colours.js <<'JS'
// The colours we write: names, hex, rgb() and hsl(). The whole library knows thirty more kinds.
export {
  converter,
  formatHex,
  formatRgb,
  wcagContrast,
  wcagLuminance,
} from 'culori/fn';
import { modeHsl, modeLrgb, modeRgb, useMode } from 'culori/fn';
useMode(modeRgb);
useMode(modeHsl);
useMode(modeLrgb);
JS

cat > make.mjs <<'JS'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { build } from 'esbuild';

const [version, target] = process.argv.slice(2);
const source = join(process.cwd(), 'node_modules', 'plotly.js', 'src');
const standIns = {
  [join(source, 'components/modebar/index.js')]: 'modebar.js',
  [join(source, 'plot_api/validate.js')]: 'validate.js',
  [join(source, 'plot_api/template_api.js')]: 'template.js',
};

/** The schema's prose is for its documentation: nothing at run time reads it. */
function withoutDescriptions(text) {
  const found = [];
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(walk);
    if (node.type === 'ObjectPattern') return;
    if (node.type === 'Property' && !node.computed && node.key.name === 'description') {
      found.push([node.value.start, node.value.end]);
      return;
    }
    Object.values(node).forEach(walk);
  };
  walk(parse(text, { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true }));
  for (const [start, end] of found.reverse()) text = text.slice(0, start) + '""' + text.slice(end);
  return text;
}

/** The addresses that maps and the vendor's cloud would use: there are neither here. */
function withoutHosts(text) {
  return text.replace(/https:\/\/(cdn\.plot\.ly|cloud\.plotly\.com)\/[\w/]*/g, '');
}

const plugin = {
  name: 'scatter-only',
  setup(bundle) {
    bundle.onResolve({ filter: /^culori$/ }, () => ({ path: join(process.cwd(), 'colours.js') }));
    bundle.onResolve({ filter: /^native-promise-only$/ }, () => ({
      path: join(process.cwd(), 'nothing.js'),
    }));
    bundle.onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, ({ path }) => {
      const standIn = standIns[path];
      if (standIn) return { contents: readFileSync(standIn, 'utf8'), resolveDir: process.cwd() };
      return { contents: withoutHosts(withoutDescriptions(readFileSync(path, 'utf8'))) };
    });
  },
};

/** The notice of every package that is in the bundle. */
function licences(metafile) {
  const [output] = Object.values(metafile.outputs);
  const inside = Object.entries(output.inputs).filter(([path]) => path.endsWith('.js'));
  const names = inside.map(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(names.filter(Boolean))].sort().map(notice).join('\n');
}

function notice(name) {
  const folder = join('node_modules', name);
  const { version: number, license } = JSON.parse(readFileSync(join(folder, 'package.json')));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '(no notice of its own)';
  return `== ${name} ${number} (${license}) ==\n\n${text}\n`;
}

const licence = `/*!
* plotly.js (scatter only) v${version}
* Copyright 2012-2026, Plotly, Inc.
* All rights reserved.
* Licensed under the MIT license
*/`;
const made = await build({
  entryPoints: ['entry.js'],
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'Plotly',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'eof',
  loader: { '.css': 'empty' },
  define: { global: 'window', 'define.amd': 'false' },
  banner: { js: licence },
  plugins: [plugin],
  write: false,
  metafile: true,
});
writeFileSync(target, made.outputFiles[0].contents);
writeFileSync(target.replace('.min.js', '.LICENCES.txt'), licences(made.metafile));
JS

node make.mjs "$PLOTLY" "$here/plotly-scatter-$PLOTLY.min.js"
ls -l "$here/plotly-scatter-$PLOTLY.min.js"
