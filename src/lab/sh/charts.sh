# Charts of the laboratory (src/lab/charts/README.md), built into the cache and served by the mirror; and helm, always.

charts_sources=$root/src/lab/charts
helm_version=v3.18.4

helm_folder() { echo "$cache/helm-$(content_hash "$k3s_sources/build.sh")"; }
helm_archive() { echo "$(helm_folder)/helm-$helm_version-linux-$(machine_arch).tar.gz"; }
build_helm() {
  LABK3S_WORK=$(parts_folder) built "$(helm_folder)/helm" "helm" "$k3s_sources/build.sh" "$(helm_folder)" helm
  built "$(helm_archive)" "helm's archive" tar -C "$(helm_folder)" --transform "s,^,linux-$(machine_arch)/," -czf "$(helm_archive)" helm
}

charts_known() { (cd "$charts_sources" && printf '%s\n' */build.sh) | sed -n 's,/build.sh$,,p' | grep -v '\*'; }
chart_folder() { echo "$cache/chart-$1-$(content_hash "$charts_sources/$1" "$charts_sources/pack.sh")"; }
chart_work() { echo "$cache/chart-work-$1-$(content_hash "$charts_sources/$1/build.sh" "$charts_sources/$1/parts")"; }

# The mark comes last, so that a build that was ended half-way is begun again.
build_chart() { # NAME
  local folder; folder=$(chart_folder "$1")
  export LAB_HELM LAB_CHART_WORK; LAB_HELM=$(helm_folder)/helm LAB_CHART_WORK=$(chart_work "$1")
  # shellcheck disable=SC2016 # the inner shell expands its own words
  built "$folder/complete" "chart $1" bash -c '"$0" "$1" && touch "$1/complete"' "$charts_sources/$1/build.sh" "$folder"
}

# charts_asked: which charts this lab has, by name, or the folder of real ones. Once asked for they stay, so that a later
# `up` does not take them away.
charts_asked() {
  if [ -n "${HOMELAB_LAB_CHARTS:-}" ]; then readlink -f "$HOMELAB_LAB_CHARTS"; return; fi
  case $charts in
    '') cat "$state/charts" 2>/dev/null || true ;;
    all) charts_known ;;
    *) tr ',' '\n' <<<"$charts" ;;
  esac
}
charts_remembered() { if [ -n "$charts${HOMELAB_LAB_CHARTS:-}" ]; then charts_asked >"$state/charts.part" && mv "$state/charts.part" "$state/charts"; fi; }

build_charts() {
  local each
  build_helm
  for each in $(charts_asked); do
    chart_needed "$each"
    if [[ $each != /* ]]; then build_chart "$each"; fi
  done
}
chart_needed() { # NAME-OR-FOLDER
  if [[ $1 != /* ]]; then
    [ -x "$charts_sources/$1/build.sh" ] || problem 2 "there is no chart '$1' in the laboratory" "its charts are: $(charts_known | xargs)" "cli/lab $verb --charts"
  else
    compgen -G "$1/*.tgz" >/dev/null || problem 2 "HOMELAB_LAB_CHARTS holds no chart" "there is no *.tgz in $1" "unset HOMELAB_LAB_CHARTS"
  fi
}

# charts_files: the charts of this lab and the archives of their images, one path a line.
charts_files() {
  local each folder
  for each in $(charts_asked); do
    if [[ $each = /* ]]; then folder=$each; else folder=$(chart_folder "$each"); fi
    compgen -G "$folder/*.t[ga][zr]" || true
  done
}

helm_served() {
  local archive; archive=$(helm_archive)
  mkdir "$state/mirror/helm"
  ln -s "$archive" "$state/mirror/helm/"
  (cd "$state/mirror/helm" && sum_once "${archive##*/}" >"${archive##*/}.sha256sum")
}
charts_served() {
  local files; files=$(charts_files)
  if [ -z "$files" ]; then return; fi
  mkdir "$state/mirror/charts"
  xargs -d '\n' ln -s -t "$state/mirror/charts" <<<"$files"
  "$(helm_folder)/helm" repo index "$state/mirror/charts"
}
