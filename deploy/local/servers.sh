# The real servers of the local stack, each private: own port, own data under .local/, own process id file.
# Sourced by ./reklamai.
# shellcheck shell=bash

SERVERS="postgresql rabbitmq redis s3"
S3PROXY_VERSION=4.1.0

# There are two sets of servers: "main" is what up and most tests use, "faults" is for tests that kill servers.
use_servers() {
  local offset=0
  SERVERS_PREFIX="" SERVERS_HOME="$LOCAL"
  [ "$1" = main ] || { offset=10000 SERVERS_PREFIX="$1-" SERVERS_HOME="$LOCAL/$1"; }
  PG_PORT=$((18432 + offset)) AMQP_PORT=$((18672 + offset)) AMQP_UI_PORT=$((18673 + offset))
  AMQP_DIST_PORT=$((18674 + offset)) EPMD_PORT=$((18369 + offset)) REDIS_PORT=$((18379 + offset)) S3_PORT=$((18333 + offset))
}
use_servers main

server_id() { echo "$SERVERS_PREFIX$1"; }
server_log() { echo "$LOCAL/log/$SERVERS_PREFIX$1.log"; }

install_servers() {
  local missing=()
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  [ -n "$(pg_bin)" ] || missing+=(postgresql)
  command -v ffmpeg >/dev/null || missing+=(ffmpeg)
  command -v mvn >/dev/null || missing+=(maven)
  command -v curl >/dev/null || missing+=(curl)
  command -v setpriv >/dev/null || missing+=(util-linux)
  install_packages "${missing[@]}"
}

# What only tests and contracts need: Node for the TypeScript client, jq and openssl for the examples.
install_test_tools() {
  local missing=()
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v jq >/dev/null || missing+=(jq)
  command -v openssl >/dev/null || missing+=(openssl)
  install_packages "${missing[@]}"
}

install_packages() {
  [ $# -gt 0 ] || return 0
  step "installing Debian packages: $*"
  local sudo="" policy="" log="$LOCAL/log/apt.log"
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null || die "Installing $* needs root or sudo."; sudo=sudo; }
  # The machine's own servers are not ours to start: forbid it while the packages are unpacked.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    policy=yes
    printf '#!/bin/sh\nexit 101\n' | $sudo tee /usr/sbin/policy-rc.d >/dev/null
    $sudo chmod 755 /usr/sbin/policy-rc.d
  fi
  { $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    </dev/null >"$log" 2>&1
  local result=$?
  [ -z "$policy" ] || $sudo rm -f /usr/sbin/policy-rc.d
  [ $result = 0 ] || die_with_log "The packages could not be installed." "$log"
}

pg_bin() { printf '%s\n' /usr/lib/postgresql/*/bin | grep -v '\*' | sort -V | tail -n 1; }

# PostgreSQL refuses to run as root. As root it runs as the user postgres, who may still pass through the folders
# above the data (a clone under a private home): that one capability, to read and search, goes with it.
find_postgres_user() {
  POSTGRES_USER=()
  [ "$(id -u)" = 0 ] || return 0
  POSTGRES_USER=(setpriv --reuid=postgres --regid=postgres --init-groups)
  runuser -u postgres -- test -x "$SERVERS_HOME/postgresql" 2>/dev/null ||
    POSTGRES_USER+=("--inh-caps=-all,+dac_read_search" "--ambient-caps=-all,+dac_read_search")
  POSTGRES_USER+=(--)
}

start_postgresql() {
  local data="$SERVERS_HOME/postgresql" bin; bin=$(pg_bin)
  mkdir -p "$data"; chmod 700 "$data"
  [ "$(id -u)" != 0 ] || chown postgres "$data"
  find_postgres_user
  if [ ! -s "$data/PG_VERSION" ]; then
    (cd / && "${POSTGRES_USER[@]}" "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8) \
      >>"$(server_log postgresql)" 2>&1 || die_with_log "initdb failed." "$(server_log postgresql)"
  fi
  (cd / && spawn "$(server_id postgresql)" "${POSTGRES_USER[@]}" "$bin/postgres" -D "$data" -p $PG_PORT -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c max_connections=200 -c shared_buffers=128MB -c timezone=UTC)
}

start_rabbitmq() {
  local home="$SERVERS_HOME/rabbitmq"
  mkdir -p "$home"
  echo '[rabbitmq_management,rabbitmq_prometheus].' >"$home/enabled_plugins"
  sed "s/18672/$AMQP_PORT/; s/18673/$AMQP_UI_PORT/; s/18675/$((AMQP_PORT + 3))/" "$ROOT/deploy/local/rabbitmq.conf" >"$home/rabbitmq.conf"
  alive "$(server_id epmd)" || spawn "$(server_id epmd)" env ERL_EPMD_ADDRESS=127.0.0.1 epmd -port "$EPMD_PORT"
  await_port "$EPMD_PORT" "epmd" "$(server_log epmd)"
  spawn "$(server_id rabbitmq)" env HOME="$home" ERL_EPMD_PORT=$EPMD_PORT ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_NODENAME="${SERVERS_PREFIX}reklamai@localhost" RABBITMQ_MNESIA_BASE="$home/data" RABBITMQ_LOG_BASE="$home/log" \
    RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" RABBITMQ_DIST_PORT=$AMQP_DIST_PORT \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none +S 2:2 -kernel inet_dist_use_interface {127,0,0,1}" \
    ERL_CRASH_DUMP_SECONDS=0 /usr/lib/rabbitmq/bin/rabbitmq-server
}

start_redis() {
  mkdir -p "$SERVERS_HOME/redis"
  spawn "$(server_id redis)" redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --dir "$SERVERS_HOME/redis" --save "" --appendonly no
}

start_s3() {
  local home="$SERVERS_HOME/s3" jar="$LOCAL/s3proxy-$S3PROXY_VERSION.jar"
  if [ ! -s "$jar" ]; then
    maven dependency:copy -Dartifact="org.gaul:s3proxy:$S3PROXY_VERSION:jar:jar-with-dependencies" \
      -DoutputDirectory="$LOCAL" -Dmdep.stripVersion=false >"$LOCAL/log/s3proxy-download.log" 2>&1 ||
      die_with_log "S3Proxy could not be downloaded." "$LOCAL/log/s3proxy-download.log"
    mv "$LOCAL/s3proxy-$S3PROXY_VERSION-jar-with-dependencies.jar" "$jar"
  fi
  mkdir -p "$home"
  cat >"$SERVERS_HOME/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$S3_PORT
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=reklamai
s3proxy.credential=reklamai-local
s3proxy.cors-allow-all=true
jclouds.provider=filesystem-nio2
jclouds.identity=local
jclouds.credential=local
jclouds.filesystem.basedir=$home
CONF
  spawn "$(server_id s3)" "$JAVA_HOME/bin/java" -Xmx96m -XX:+UseSerialGC -jar "$jar" --properties "$SERVERS_HOME/s3proxy.conf"
}

start_servers() {
  local server
  for server in $SERVERS; do alive "$(server_id "$server")" || require_free_port "$(server_port "$server")" "$server"; done
  for server in $SERVERS; do
    alive "$(server_id "$server")" && continue
    rm -f "$(server_log "$server")"
    start_"$server"
  done
  for server in $SERVERS; do await_server "$server"; done
  say "servers ready: PostgreSQL $PG_PORT, RabbitMQ $AMQP_PORT, Redis $REDIS_PORT, S3 $S3_PORT"
}

await_server() {
  await_port "$(server_port "$1")" "$1" "$(server_log "$1")"
  case $1 in
    postgresql) await "PostgreSQL to accept queries" "$(server_log postgresql)" psql_do postgres -c 'SELECT 1' ;;
    rabbitmq) await "RabbitMQ to answer" "$(server_log rabbitmq)" rabbit GET overview ;;
  esac
}

# stop_servers SET...: all of these sets at once.
stop_servers() {
  local set server ids=()
  for set in "$@"; do
    use_servers "$set"
    for server in s3 redis rabbitmq epmd postgresql; do ids+=("$(server_id "$server")"); done
  done
  use_servers main
  stop_all "${ids[@]}"
}

# When it stops, RabbitMQ 3.10 asks itself to collect no more statistics, and waits 5 s for an answer that can't come
# (rabbitmq-server#11070, mended in 3.13). Without the handler that asks, it ends in one second. Takes a second itself.
shorten_stop_of_rabbitmq() {
  use_servers "$1"
  alive "$(server_id rabbitmq)" || return 0
  local remove="rpc:call('${SERVERS_PREFIX}reklamai@localhost', gen_event, delete_handler, [rabbit_event, rabbit_mgmt_db_handler, stop], 2000)"
  env HOME="$SERVERS_HOME/rabbitmq" ERL_EPMD_PORT="$EPMD_PORT" timeout 5 \
    erl -noinput -hidden -dist_listen false -sname "down-$$@localhost" -eval "$remove, halt(0, [{flush, false}])." >/dev/null 2>&1
}

server_port() {
  case $1 in postgresql) echo $PG_PORT ;; rabbitmq) echo $AMQP_PORT ;; redis) echo $REDIS_PORT ;; s3) echo $S3_PORT ;; esac
}

psql_do() { local db=$1; shift; PGCONNECT_TIMEOUT=5 "$(pg_bin)/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p $PG_PORT -U postgres -d "$db" "$@"; }

rabbit() { curl -fsS -m 10 -u reklamai:reklamai -H 'content-type: application/json' -X "$1" "http://127.0.0.1:$AMQP_UI_PORT/api/$2" "${@:3}"; }

# A data space is one database, one virtual host and three buckets of a name: reklamai, reklamai_test, reklamai_e2e.
create_space() {
  local name=$1 vhost=${1//_/-}
  psql_do postgres -tAc "SELECT 1 FROM pg_database WHERE datname = '$name'" | grep -q 1 ||
    psql_do postgres -c "CREATE DATABASE $name"
  psql_do "$name" -f "$ROOT/deploy/local/bootstrap.sql" 2>&1 | grep -v NOTICE
  rabbit PUT "vhosts/$vhost" >/dev/null
  rabbit PUT "permissions/$vhost/reklamai" -d '{"configure":".*","write":".*","read":".*"}' >/dev/null
  local bucket
  for bucket in uploads outputs thumbnails; do mkdir -p "$SERVERS_HOME/s3/$(bucket_prefix "$name")$bucket"; done
}

drop_space() {
  local name=$1 bucket
  psql_do postgres -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" 2>/dev/null
  rabbit DELETE "vhosts/${name//_/-}" >/dev/null 2>&1
  for bucket in uploads outputs thumbnails; do rm -rf "$SERVERS_HOME/s3/$(bucket_prefix "$name")$bucket"; done
}

bucket_prefix() { case $1 in reklamai) ;; *) echo "${1#reklamai_}-" ;; esac; }
