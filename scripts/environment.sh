# SPDX-License-Identifier: Apache-2.0
# Sourced by the bash scripts: where the repository is, and an environment in which each tool works. Installs nothing.
# Tested by: scripts/test, which runs everything through it

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top" || exit 1
mkdir -p "$top/build"

# A Node that scripts/setup fetched because the system's is too old or absent.
node_version=20.20.2
node_home="$top/build/node-$node_version"
[ -x "$node_home/bin/node" ] && PATH="$node_home/bin:$PATH"
export PATH

# Debian's emcc finds its own JavaScript modules only there, and has a read-only cache that EM_CACHE would hide.
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
unset EM_CACHE
export NO_UPDATE_NOTIFIER=1 npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

# npm and browsers want a home they can write to; build machines do not always have one.
if [ ! -w "${HOME:-/nonexistent}" ]; then
  # Their settings for npm, such as a mirror, still hold.
  [ ! -r "${HOME:-/nonexistent}/.npmrc" ] || export npm_config_userconfig="$HOME/.npmrc"
  export HOME="$top/build/home"
  mkdir -p "$HOME"
fi

started=$(date +%s)
say() { printf '%s\n' "$*"; }
seconds_since() { echo $(($(date +%s) - $1)); }
