# shellcheck shell=bash
# Shared by the programs in bin/, which source it: finds Python, makes .venv, installs what the
# lock names and the system libraries that are missing. Says what it does on standard error only,
# and does nothing twice: what is in place is recognised in less than a second.

set -euo pipefail

root="$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")"
venv="$root/.venv"
python="$venv/bin/python"  # always `python -m tool`: scripts in .venv/bin break when a folder moves
package_lists_fresh=

say() { printf '%s\n' "$@" >&2; }

stop() {
  say "$@"
  exit 1
}

# A folder given by its relative name is meant from where the person stands.
if [[ -n "${INFOSHARING_DATA:-}" && "$INFOSHARING_DATA" != /* ]]; then
  export INFOSHARING_DATA="$PWD/$INFOSHARING_DATA"
fi
cd -- "$root"

# What another project left in the environment must not reach this one.
unset PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONSTARTUP
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

trap 'exit 130' INT

# Runs a file or a module so that Ctrl-C ends it at once, without a traceback.
gently='
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.argv = sys.argv[1:]
if sys.argv[0] == "-m":
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    runpy.run_path(sys.argv[0], run_name="__main__")
'

# run_python PYTHON FILE|-m MODULE ARGUMENT...
run_python() {
  "$1" -c "$gently" "${@:2}"
}

# --- system packages ---------------------------------------------------------------------------

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

# install_packages PACKAGE...: by apt where this user may; otherwise says the line to run.
install_packages() {
  local line="apt-get update && apt-get install -y --no-install-recommends $*"
  if ! command -v apt-get >/dev/null; then
    say "These packages are missing (by their Debian names): $*"
    say "Install them with this system's own package manager, and run this again."
    return 1
  fi
  if ! may_be_root; then
    say "These system packages are missing: $*"
    say "Run this line as an administrator, and then this program again:"
    say "  sudo sh -c '$line'"
    return 1
  fi
  say "Installing system packages: $*"
  local log
  log="$(mktemp)"
  if [[ -z "$package_lists_fresh" ]]; then
    as_root apt-get update >"$log" 2>&1 || cat -- "$log" >&2
    package_lists_fresh=yes
  fi
  # Java's packages want a folder that slimmed-down systems do not have.
  as_root mkdir -p /usr/share/man/man1
  if ! as_root apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" \
    >"$log" 2>&1; then
    tail -n 15 -- "$log" >&2
    rm -f -- "$log"
    say "The system packages could not be installed; is the network there? The line that failed:"
    say "  $line"
    return 1
  fi
  rm -f -- "$log"
}

has_library() {
  "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null
}

# ensure_pdf_libraries: what WeasyPrint needs of the system to write a PDF.
ensure_pdf_libraries() {
  local missing=()
  has_library libpango-1.0.so.0 || missing+=(libpango-1.0-0)
  has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
  has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  install_packages "${missing[@]}" && return 0
  if [[ "${missing[*]}" == libharfbuzz-subset0 ]]; then
    say "Going on without it: PDF files work, but take longer to write."
    return 0
  fi
  say "Without Pango no PDF can be written, and the PDF is the record that leaves this system."
  return 1
}

# --- Python and its packages -------------------------------------------------------------------

# find_python: prints a Python that is new enough.
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

make_venv() {
  local base package
  base="$(find_python)" || exit 1
  if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
    package="$base-venv"  # python3-venv, python3.12-venv
    install_packages "$package" || exit 1
  fi
  say "Making .venv with $("$base" --version 2>&1)."
  rm -rf -- "$venv"
  mkdir -- "$venv"
  : >"$venv/unfinished"
  if ! run_python "$base" -m venv "$venv" >&2; then
    stop "Python could not make its environment in $venv; the reason stands above."
  fi
}

# A .venv whose making or filling was interrupted is made anew; so is one whose Python has gone.
venv_is_sound() {
  [[ ! -e "$venv/unfinished" ]] &&
    "$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

checksum() {
  local sum
  sum="$(sha256sum -- "$1")"
  printf '%s\n' "${sum%% *}"
}

# ensure_packages NAME: .venv holds what bin/NAME.txt locks. The checksum of each lock that was
# installed stands in a file beside it, so a second start installs nothing.
ensure_packages() {
  local name="$1"
  local file="$root/bin/$name.txt" stamp="$venv/installed-$name"
  local sum
  sum="$(checksum "$file")"
  venv_is_sound || make_venv
  if [[ -e "$stamp" && "$(<"$stamp")" == "$sum" ]]; then
    return
  fi
  say "Installing the Python packages that bin/$name.txt names; the first time takes a minute or two."
  : >"$venv/unfinished"
  if ! run_python "$python" -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes --requirement "$file" >&2; then
    stop "The Python packages could not be installed; the reason stands above. Is the network there?"
  fi
  # The other lock may name other versions, which this has just replaced.
  rm -f -- "$venv"/installed-*
  printf '%s\n' "$sum" >"$stamp"
  if [[ "$name" == requirements-dev ]]; then  # holds all of the other one, at the same versions
    checksum "$root/bin/requirements.txt" >"$venv/installed-requirements"
  fi
  rm -f -- "$venv/unfinished"
}
