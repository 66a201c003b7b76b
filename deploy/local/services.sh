# The services of one stack: "up" (what a user sees), "e2e" or "faults" (what the tests start). Sourced by ./reklamai.
# shellcheck shell=bash

SERVICES="kie-simulator auth-service generation-service provider-worker status-service api-gateway"

service_dir() { case $1 in kie-simulator) echo deploy/kie-simulator ;; *) echo "$1" ;; esac; }

# Ports of the e2e stack are 20000 above those of the usual one, those of the faults stack 10000. All are below 32768:
# above it the kernel gives ports to outgoing connections, and one that asks a dead server again and again can be given
# that server's own port, connect to itself, and keep the server from coming back.
service_port() {
  local base
  case $2 in
    api-gateway) base=${REKLAMAI_PORT:-8080}; [ "$1" = up ] || base=8080 ;;
    auth-service) base=8081 ;; generation-service) base=8082 ;; provider-worker) base=8083 ;;
    status-service) base=8084 ;; management) base=8085 ;; kie-simulator) base=8090 ;;
  esac
  case $1 in up) echo "$base" ;; e2e) echo $((base + 20000)) ;; faults) echo $((base + 10000)) ;; esac
}

service_id() { [ "$1" = up ] && echo "$2" || echo "$1-$2"; }

service_heap() { case $1 in generation-service|provider-worker) echo 96m ;; *) echo 64m ;; esac; }

# Everything in which the stacks differ, as environment; what they share are the services' own defaults.
service_env() {
  local stack=$1 service=$2 space redis
  # shellcheck disable=SC2153
  local pg=$PG_PORT amqp=$AMQP_PORT redis_port=$REDIS_PORT s3=$S3_PORT kie; kie=$(service_port "$stack" kie-simulator)
  case $stack in
    up) space=reklamai redis=0 ;;
    e2e) space=reklamai_e2e redis=2 ;;
    # All but the simulator's callbacks goes through the tests' own proxies, which drop and delay connections.
    faults) space=reklamai_faults redis=0 pg=30432 amqp=30672 redis_port=30379 s3=30333 kie=30090 ;;
  esac
  url() { echo "http://127.0.0.1:$(service_port "$stack" "$1")"; }
  # Six JVMs share the machine: one event loop each saves threads, memory and hops between them.
  cat <<ENV
QUARKUS_PROFILE=local
QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE=1
QUARKUS_HTTP_HOST=127.0.0.1
QUARKUS_HTTP_PORT=$(service_port "$stack" "$service")
QUARKUS_MANAGEMENT_PORT=$(service_port "$stack" management)
QUARKUS_MANAGEMENT_HOST=127.0.0.1
REKLAMAI_POSTGRES_URL=postgresql://127.0.0.1:$pg/$space
RABBITMQ_PORT=$amqp
RABBITMQ_VIRTUAL_HOST=${space//_/-}
REKLAMAI_REDIS_URL=redis://127.0.0.1:$redis_port/$redis
QUARKUS_MINIO_PORT=$s3
QUARKUS_MINIO_PUBLIC_PORT=$S3_PORT
REKLAMAI_AUTH_URL=$(url auth-service)
REKLAMAI_GENERATION_URL=$(url generation-service)
REKLAMAI_WORKER_URL=$(url provider-worker)
REKLAMAI_STATUS_URL=$(url status-service)
REKLAMAI_STORAGE_BUCKET_PREFIX=$(bucket_prefix "$space")
REKLAMAI_AUTH_SIGNING_KEY_FILE=$LOCAL/$stack-signing-key.pem
REKLAMAI_PUBLIC_URL=$(url api-gateway)
REKLAMAI_KIE_BASE_URL=http://127.0.0.1:$kie
REKLAMAI_KIE_UPLOAD_URL=http://127.0.0.1:$kie
ENV
  # Only what a person starts may talk to the real provider; tests never do.
  if [ "$stack" = up ] && [ -n "${KIE_BASE_URL:-}" ]; then
    echo "REKLAMAI_KIE_BASE_URL=$KIE_BASE_URL"
    echo "REKLAMAI_KIE_API_KEY=${KIE_API_KEY:-}"
    echo "REKLAMAI_KIE_UPLOAD_URL=${KIE_UPLOAD_URL:-https://kieai.redpandaai.co}"
    echo "REKLAMAI_KIE_WEBHOOK_KEY=${KIE_WEBHOOK_KEY:-}"
    echo "REKLAMAI_PUBLIC_URL=${REKLAMAI_PUBLIC_URL:-$(url api-gateway)}"
  fi
  # Requests and steps under way at a stop get less time in "up" than in production: who types down waits for it.
  cat "$ROOT/deploy/local/$stack.env"
}

start_services() {
  local stack=$1 service id log
  for service in $SERVICES; do
    id=$(service_id "$stack" "$service")
    alive "$id" && continue
    rm -f "$LOCAL/log/$id.log"
    require_free_port "$(service_port "$stack" "$service")" "$service"
    require_free_port "$(health_port "$stack" "$service")" "$service"
  done
  for service in $SERVICES; do start_service "$stack" "$service"; done
  for service in $SERVICES; do
    id=$(service_id "$stack" "$service"); log="$LOCAL/log/$id.log"
    await "$service" "$log" ready "$stack" "$service"
    say "$service is ready"
  done
}

start_service() {
  local stack=$1 service=$2 id; id=$(service_id "$stack" "$service")
  alive "$id" && return 0
  local env_lines; mapfile -t env_lines < <(service_env "$stack" "$service")
  mkdir -p "$LOCAL/tmp"
  (cd "$ROOT" && spawn "$id" env "${env_lines[@]}" "$JAVA_HOME/bin/java" "-Xmx$(service_heap "$service")" \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=48m \
    -XX:+ExitOnOutOfMemoryError "-Djava.io.tmpdir=$LOCAL/tmp" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
    -jar "$(service_dir "$service")/target/quarkus-app/quarkus-run.jar")
}

# Where a service answers for its health: the gateway on a port of its own, the others on their only one.
health_port() { service_port "$1" "${2/api-gateway/management}"; }

ready() { curl -fs -m 2 -o /dev/null "http://127.0.0.1:$(health_port "$1" "$2")/q/health/ready"; }

# stop_services STACK...: all of these stacks at once.
stop_services() {
  local stack service ids=()
  for stack in "$@"; do
    for service in $SERVICES; do ids+=("$(service_id "$stack" "$service")"); done
  done
  stop_all "${ids[@]}"
}
