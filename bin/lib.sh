# shellcheck shell=bash
# Shared by the programs in bin/, which source it: finds Python, makes .venv, installs what the
# lock names and the system packages that are missing. Speaks on standard error only, and does
# nothing twice: what is in place is recognised in less than a second.

set -euo pipefail

root="$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")"
venv="$root/.venv"
python="$venv/bin/python"  # always `python -m tool`: scripts in .venv/bin break when a folder moves

say() { printf '%s\n' "$@" >&2; }

stop() {
  say "$@"
  exit 1
}

trap 'exit 130' INT

# A folder given by its relative name is meant from where the person stands.
if [[ -n "${INFOSHARING_DATA:-}" && "$INFOSHARING_DATA" != /* ]]; then
  export INFOSHARING_DATA="$PWD/$INFOSHARING_DATA"
fi
cd -- "$root"

# What another project left in the environment must not reach this one.
unset PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONSTARTUP PYTHONDONTWRITEBYTECODE
export DJANGO_SETTINGS_MODULE=infosharing.settings
export PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0

# One preparation at a time: whoever comes second waits and finds everything done.
lock() {
  exec {lock_fd}<"$root/bin/lib.sh"
  if ! flock --nonblock "$lock_fd"; then
    say "Infosharing is being started or installed in another window: waiting for it."
    flock "$lock_fd"
  fi
}

unlock() {
  flock --unlock "$lock_fd"  # said aloud, as a program started meanwhile may still hold the file
  exec {lock_fd}<&-
}

# --- Python ------------------------------------------------------------------------------------

# A .venv whose making or filling was interrupted is not sound, nor is one whose Python has gone.
venv_is_sound() {
  [[ ! -e "$venv/unfinished" ]] &&
    "$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# find_python: prints a Python that is new enough to make .venv with.
find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$name"
      return
    fi
  done
  if command -v python3 >/dev/null; then
    say "Infosharing needs Python 3.11 or newer; this machine has $(python3 --version 2>&1)."
  else
    say "Infosharing needs Python 3.11 or newer, and this machine has none."
  fi
  say "On Debian 12 or newer this line installs it:"
  say "  sudo apt-get install -y python3 python3-venv"
  return 1
}

any_python() {
  if venv_is_sound; then printf '%s\n' "$python"; else find_python; fi
}

# gently PYTHON FILE|-m MODULE ARGUMENT...: as PYTHON would, but Ctrl-C leaves no traceback.
gently() {
  "$1" "$root/bin/gently.py" "${@:2}"
}

# --- system packages ---------------------------------------------------------------------------

missing=()

# need PACKAGE COMMAND...: the package is missing unless the command succeeds.
need() {
  "${@:2}" >/dev/null 2>&1 || missing+=("$1")
}

can_make_venv() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null
}

# missing_libraries: prints the packages of those libraries that WeasyPrint writes PDF files with
# and that cannot be loaded.
missing_libraries() {
  "$(any_python)" - <<'PY'
import ctypes
for library, package in [
    ("libpango-1.0.so.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
]:
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PY
}

# need_runtime: what the product needs of the system.
need_runtime() {
  local base
  if ! venv_is_sound; then
    base="$(find_python)" || exit 1
    need "$base-venv" can_make_venv "$base"  # python3-venv, python3.12-venv
  fi
  mapfile -t -O "${#missing[@]}" missing < <(missing_libraries)
}

# In a shell of its own, without the lock's file: a service that a package starts would keep it.
as_root() (
  exec {lock_fd}<&-
  if [[ "$(id -u)" == 0 ]]; then
    exec env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
  fi
  exec sudo -n env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
)

may_be_root() {
  [[ "$(id -u)" == 0 ]] || { command -v sudo && sudo -n true; } >/dev/null 2>&1
}

# install_missing: by apt where this user may; otherwise says the line to run, and fails.
install_missing() {
  [[ ${#missing[@]} -gt 0 ]] || return 0
  local log line="apt-get install -y --no-install-recommends ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    say "These packages are missing (by their Debian names): ${missing[*]}" \
      "Install them with this system's own package manager, and run this again."
    return 1
  fi
  if ! may_be_root; then
    say "These system packages are missing: ${missing[*]}" \
      "This line, run by an administrator, installs them:" \
      "  sudo sh -c 'apt-get update && $line'"
    return 1
  fi
  say "Installing system packages: ${missing[*]}"
  log="$(mktemp)"
  as_root apt-get update >"$log" 2>&1 || say "The list of packages could not be renewed."
  # Java's packages want a folder that slimmed-down systems do not have.
  as_root mkdir -p /usr/share/man/man1
  if ! as_root apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 \
    "${missing[@]}" >>"$log" 2>&1; then
    tail -n 15 -- "$log" >&2
    rm -f -- "$log"
    say "The system packages could not be installed. Is the network there? The line that failed:" \
      "  $line"
    return 1
  fi
  rm -f -- "$log"
}

# --- Python packages ---------------------------------------------------------------------------

make_venv() {
  local base
  base="$(find_python)" || exit 1
  can_make_venv "$base" || stop "$base cannot make its environment without the package $base-venv."
  say "Making .venv with $("$base" --version 2>&1)."
  rm -rf -- "$venv"
  mkdir -- "$venv"
  : >"$venv/unfinished"
  gently "$base" -m venv "$venv" >&2 ||
    stop "Python could not make its environment in $venv; the reason stands above."
}

checksum() {
  local sum
  sum="$(sha256sum -- "$1")"
  printf '%s\n' "${sum%% *}"
}

# ensure_packages NAME: .venv holds what bin/NAME.txt locks. The checksum of a lock that was
# installed stands in .venv/installed-NAME, so that a second start installs nothing.
ensure_packages() {
  local name="$1"
  local file="$root/bin/$name.txt" stamp="$venv/installed-$name" sum
  sum="$(checksum "$file")"
  venv_is_sound || make_venv
  if [[ -e "$stamp" && "$(<"$stamp")" == "$sum" ]]; then
    return
  fi
  say "Installing the Python packages of bin/$name.txt; the first time takes a minute or two."
  : >"$venv/unfinished"
  gently "$python" -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes --requirement "$file" >&2 ||
    stop "The Python packages could not be installed; the reason stands above. Is the network there?"
  rm -f -- "$venv"/installed-*  # the other lock may name versions that were just replaced
  printf '%s\n' "$sum" >"$stamp"
  if [[ "$name" == requirements-dev ]]; then  # holds all of the other one, at the same versions
    checksum "$root/bin/requirements.txt" >"$venv/installed-requirements"
  fi
  rm -f -- "$venv/unfinished"
}
