# The services of one stack: "up" (what a user sees) or "e2e" (what the tests start). Sourced by ./reklamai.

SERVICES="kie-simulator auth-service generation-service provider-worker status-service api-gateway"

service_dir() { case $1 in kie-simulator) echo deploy/kie-simulator ;; *) echo "$1" ;; esac; }

# Ports of the e2e stack are 20000 above those of the usual one.
service_port() {
  local base
  case $2 in
    api-gateway) base=${REKLAMAI_PORT:-8080}; [ "$1" = up ] || base=8080 ;;
    auth-service) base=8081 ;; generation-service) base=8082 ;; provider-worker) base=8083 ;;
    status-service) base=8084 ;; management) base=8085 ;; kie-simulator) base=8090 ;;
  esac
  [ "$1" = up ] && echo "$base" || echo $((base + 20000))
}

service_id() { [ "$1" = up ] && echo "$2" || echo "$1-$2"; }

service_heap() { case $1 in generation-service|provider-worker) echo 96m ;; *) echo 64m ;; esac; }

# Everything in which the stacks differ, as environment; what they share are the services' own defaults.
service_env() {
  local stack=$1 service=$2 space redis
  [ "$stack" = up ] && { space=reklamai; redis=0; } || { space=reklamai_e2e; redis=2; }
  url() { echo "http://127.0.0.1:$(service_port "$stack" "$1")"; }
  echo QUARKUS_PROFILE=local
  # Six JVMs share the machine: one event loop each saves threads, memory and hops between them.
  echo QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE=1
  echo QUARKUS_HTTP_HOST=127.0.0.1
  echo "QUARKUS_HTTP_PORT=$(service_port "$stack" "$service")"
  echo "QUARKUS_MANAGEMENT_PORT=$(service_port "$stack" management)"
  echo QUARKUS_MANAGEMENT_HOST=127.0.0.1
  echo "REKLAMAI_POSTGRES_URL=postgresql://127.0.0.1:$PG_PORT/$space"
  echo "RABBITMQ_VIRTUAL_HOST=${space//_/-}"
  echo "REKLAMAI_REDIS_URL=redis://127.0.0.1:$REDIS_PORT/$redis"
  echo "REKLAMAI_AUTH_URL=$(url auth-service)"
  echo "REKLAMAI_GENERATION_URL=$(url generation-service)"
  echo "REKLAMAI_WORKER_URL=$(url provider-worker)"
  echo "REKLAMAI_STATUS_URL=$(url status-service)"
  echo "REKLAMAI_STORAGE_BUCKET_PREFIX=$(bucket_prefix "$space")"
  echo "REKLAMAI_AUTH_SIGNING_KEY_FILE=$LOCAL/$stack-signing-key.pem"
  echo "REKLAMAI_PUBLIC_URL=$(url api-gateway)"
  echo "REKLAMAI_KIE_BASE_URL=${KIE_BASE_URL:-$(url kie-simulator)}"
  echo "REKLAMAI_KIE_API_KEY=${KIE_API_KEY:-simulator-key}"
  # The tests sign up many users from one address; what they say about limits they say about generate.
  [ "$stack" = up ] || { echo REKLAMAI_GATEWAY_LIMITS_AUTH=1000; echo SIMULATOR_IMAGE_TIME=1s; echo SIMULATOR_VIDEO_TIME=2s; echo REKLAMAI_LOOP_FIRST_POLL=1s; echo REKLAMAI_LOOP_RESUBMIT_GRACE=5s; echo REKLAMAI_LOOP_MAX_DELIVERY_ATTEMPTS=3; echo REKLAMAI_LOOP_SLOW_POLL_INTERVAL=2s; }
}

start_services() {
  local stack=$1 service id log
  for service in $SERVICES; do
    alive "$(service_id "$stack" "$service")" && continue
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
  alive "$id" && return
  local env_lines; mapfile -t env_lines < <(service_env "$stack" "$service")
  (cd "$ROOT" && spawn "$id" env "${env_lines[@]}" "$JAVA_HOME/bin/java" "-Xmx$(service_heap "$service")" \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=48m \
    -XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
    -jar "$(service_dir "$service")/target/quarkus-app/quarkus-run.jar")
}

# Where a service answers for its health: the gateway on a port of its own, the others on their only one.
health_port() { service_port "$1" "${2/api-gateway/management}"; }

ready() { curl -fs -m 2 -o /dev/null "http://127.0.0.1:$(health_port "$1" "$2")/q/health/ready"; }

stop_services() {
  local stack=$1 service reversed=""
  for service in $SERVICES; do reversed="$(service_id "$stack" "$service") $reversed"; done
  stop_all $reversed
}
