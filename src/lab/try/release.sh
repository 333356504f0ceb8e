# Which k3s: the real release where its download site answers and containers may be privileged, otherwise lab k3s.

k3s_release=v1.33.4+k3s1
release_site=https://github.com/k3s-io/k3s/releases/download

site_answers() { curl -fsIL --max-time 5 -o /dev/null "$release_site/${k3s_release/+/%2B}/sha256sum-$(release_arch).txt" 2>/dev/null; }
privileged_allowed() {
  local image; image=$(docker images -q homelab-lab-host | head -1)
  [ -n "$image" ] && docker run --rm --privileged "$image" true >/dev/null 2>&1
}
release_arch() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }
release_name() { if [ "$(release_arch)" = amd64 ]; then echo k3s; else echo "k3s-$(release_arch)"; fi; }

fetch_release() { # FOLDER
  local arch from; arch=$(release_arch); from=$release_site/${k3s_release/+/%2B}
  mkdir -p "$1.part"
  (cd "$1.part" && for file in "sha256sum-$arch.txt" "$(release_name)" "k3s-airgap-images-$arch.tar"; do curl -fSL --retry 3 -C - -O "$from/$file"; done &&
    sha256sum --ignore-missing --strict -c "sha256sum-$arch.txt" && chmod 755 "$(release_name)")
  mv "$1.part" "$1"
}

# choose_k3s: sets HOMELAB_LAB_K3S for the real one; says which it is and why.
choose_k3s() {
  local folder=$cache/release-$k3s_release why
  if [ -n "${HOMELAB_LAB_K3S:-}" ]; then say "· k3s: $HOMELAB_LAB_K3S, as HOMELAB_LAB_K3S says"; return; fi
  if ! privileged_allowed; then why="privileged containers, which the real k3s needs, are refused here"
  elif [ ! -e "$folder" ] && ! site_answers; then why="$release_site does not answer within 5 s"; fi
  if [ -n "${why:-}" ]; then say "· k3s: lab k3s, a stand-in made of the real parts, since $why"; return; fi
  if [ ! -e "$folder" ]; then long "k3s $k3s_release from $release_site" "$cache/release.log" fetch_release "$folder"; fi
  HOMELAB_LAB_K3S=$folder/$(release_name) HOMELAB_LAB_IMAGES=$folder/k3s-airgap-images-$(release_arch).tar HOMELAB_LAB_PRIVILEGED=1
  export HOMELAB_LAB_K3S HOMELAB_LAB_IMAGES HOMELAB_LAB_PRIVILEGED
  say "· k3s: the real $k3s_release"
}
