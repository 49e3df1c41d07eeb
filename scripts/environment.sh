# Set-up shared by scripts/run and scripts/test; sourced, never run.
unset PYTHONDONTWRITEBYTECODE # compiled once, everything starts faster
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUTF8=1 DEBIAN_FRONTEND=noninteractive
readonly SUPPORTED="3.11 3.12 3.13" # the full suite runs on the first one found, the quick suite on the others

say() { # say ZH EN: both languages, one line each
  printf '▸ %s\n  %s\n' "$1" "$2" >&2
}

fail() { # fail ZH EN: say what is missing and how to mend it, and stop
  printf '\n✗ %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() { # apt_install PACKAGE…: true when they are installed
  local log
  log=$(mktemp)
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null ||
    { tail -n 3 "$log" >&2 && return 1; }
}

# A name on the PATH may be a shim of a version that is not there, so every candidate is run.
find_python() { # find_python VERSION: print a Python of exactly that version
  local candidate
  for candidate in "python$1" "$(command -v pyenv >/dev/null && pyenv prefix "$1" 2>/dev/null)/bin/python" python3; do
    if "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

any_python() { # print the first supported Python, fetching Debian's where that is possible
  local version
  for version in $SUPPORTED; do find_python "$version" && return; done
  can_apt || return 1
  say "未找到 Python 3.11 以上版本，正在安装 Debian 的 python3" "No Python 3.11 or later found; installing Debian's python3"
  apt_install python3 python3-venv || return 1
  for version in $SUPPORTED; do find_python "$version" && return; done
  return 1
}

make_venv() { # make_venv FOLDER PYTHON
  local package
  if ! "$2" -c "import venv, ensurepip" 2>/dev/null; then
    package=python$("$2" -c "import sys; print('%d.%d' % sys.version_info[:2])")-venv
    can_apt && say "正在安装 $package" "Installing $package" && apt_install "$package" ||
      fail "$2 缺少 venv 模块。请以管理员身份运行：apt-get install $package，然后重试。" \
        "$2 has no venv module. Run as administrator: apt-get install $package, then try again."
  fi
  "$2" -m venv --clear "$1"
}

install_into() { # install_into FOLDER EXTRAS [PYTHON]: an up-to-date environment; nothing is done when it is one already
  local folder=$1 extras=$2 python=${3:-} wanted found
  wanted=$(cat pyproject.toml constraints.txt scripts/environment.sh | sha256sum | cut -c1-64)
  found=$(cat "$folder/.jinghe" 2>/dev/null || true)
  if "$folder/bin/python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
    case "$found" in "$wanted $extras" | "$wanted web,dev") return ;; esac
  else
    if [ -z "$python" ]; then
      python=$(any_python) ||
        fail "需要 Python 3.11、3.12 或 3.13，本机没有。Debian 12 上请以管理员身份运行：apt-get install python3 python3-venv。" \
          "Python 3.11, 3.12 or 3.13 is needed and not here. On Debian 12, as administrator: apt-get install python3 python3-venv."
    fi
    say "正在建立环境 $folder（$("$python" -V)）" "Making the environment $folder ($("$python" -V))"
    make_venv "$folder" "$python"
  fi
  say "正在安装依赖（首次需一至三分钟，取决于网速）" "Installing (one to three minutes the first time, by your connection)"
  "$folder/bin/pip" install $([ -t 1 ] || echo --quiet) --constraint constraints.txt --editable ".[$extras]" </dev/null ||
    fail "安装失败，原因见上。多为网络不通或磁盘已满；排除后重新运行即可。" \
      "The installation failed for the reason above, mostly no network or a full disk. Mend it and run this again."
  printf '%s %s\n' "$wanted" "$extras" >"$folder/.jinghe"
}
