# The two images every cluster has: localhost/pause:1 and localhost/skete/busybox:dev, made here without any tool for images.
# shellcheck shell=bash

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/skete

image_key() { cat "$HERE/lib/image.bash" "$HERE/pause/pause.c" /bin/busybox | sha256sum | cut -c1-12; }

image_archive() { echo "$CACHE/$1-$IMAGE_KEY.tar"; }

pack() { # NAME IMAGE ROOT CONFIGURATION: a docker-archive of one layer
  local work=$3.image layer
  mkdir -p "$work"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$3" -cf "$work/layer.tar" .
  layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  cat >"$work/config.json" <<EOF
{"architecture": "amd64", "os": "linux", "config": $4, "rootfs": {"type": "layers", "diff_ids": ["sha256:$layer"]}}
EOF
  echo "[{\"Config\": \"config.json\", \"RepoTags\": [\"$2\"], \"Layers\": [\"layer.tar\"]}]" >"$work/manifest.json"
  tar -C "$work" -cf "$work/archive" manifest.json config.json layer.tar
  mv "$work/archive" "$(image_archive "$1")"
}

make_busybox_root() { # ROOT; Debian 12's `wget` applet crashes when given -T: use `timeout N wget`
  local applet
  mkdir -p "$1"/{bin,etc,tmp,home}
  chmod 1777 "$1/tmp"
  cp /bin/busybox "$1/bin/busybox"
  for applet in $(/bin/busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
  done
  printf 'root:x:0:0:root:/:/bin/sh\nnonroot:x:65532:65532:nonroot:/home:/bin/sh\n' >"$1/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$1/etc/group"
}

make_images() { # once per content; sets $INIT, the program that is PID 1 of a node
  local work
  IMAGE_KEY=$(image_key)
  INIT=$CACHE/init-$IMAGE_KEY
  mkdir -p "$CACHE"
  find "$CACHE" -maxdepth 1 -name '.images.*' -mmin +60 -exec rm -rf {} + # of a call that was killed
  [ -x "$INIT" ] && [ -f "$(image_archive pause)" ] && [ -f "$(image_archive busybox)" ] && return
  work=$(mktemp -d "$CACHE/.images.XXXXXX")
  mkdir "$work/pause"
  gcc -static -Os -s -o "$work/pause/pause" "$HERE/pause/pause.c"
  pack pause localhost/pause:1 "$work/pause" '{"Entrypoint": ["/pause"]}'
  make_busybox_root "$work/busybox"
  pack busybox localhost/skete/busybox:dev "$work/busybox" '{"Cmd": ["/bin/sh"], "Env": ["PATH=/bin"]}'
  mv "$work/pause/pause" "$INIT"
  rm -rf "$work"
}
