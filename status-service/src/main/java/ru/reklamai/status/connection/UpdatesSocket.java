package ru.reklamai.status.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.replay.Replay;

/**
 * All updates of one user. The connection is registered first and gets its snapshot then, so nothing falls between;
 * versions remove what comes twice. It ends with its token (4401), unless the client sends a fresh one in time as
 * {@code {"type":"token","token":"…"}}.
 */
@WebSocket(path = "/ws")
@Authenticated
public class UpdatesSocket {

    private static final Logger LOG = Logger.getLogger(UpdatesSocket.class);
    private static final CloseReason TOO_SLOW = new CloseReason(1013, "Too slow, connect again");
    private static final CloseReason RESTARTING = new CloseReason(1012, "Restarting, connect again");
    private static final CloseReason TOKEN_ENDED =
            new CloseReason(4401, "The token has ended, connect with a fresh one");
    private static final CloseReason TOKEN_WRONG = new CloseReason(4401, "The token is not valid");

    private final Connections connections;
    private final Replay replay;
    private final ConnectionConfig config;
    private final JWTParser tokens;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    UpdatesSocket(
            Connections connections,
            Replay replay,
            ConnectionConfig config,
            JWTParser tokens,
            ObjectMapper json,
            Vertx vertx) {
        this.connections = connections;
        this.replay = replay;
        this.config = config;
        this.tokens = tokens;
        this.json = json;
        this.vertx = vertx;
    }

    /** An open socket with its user, its token and the timer that ends it. */
    private final class Live implements Connections.Connection {
        private final WebSocketConnection socket;
        private final UUID userId;
        private final Subscriber subscriber;
        private volatile String token;
        private volatile Instant newest;
        private volatile long expiryTimer;

        Live(WebSocketConnection socket, JsonWebToken token, Instant since) {
            this.socket = socket;
            this.userId = UUID.fromString(token.getSubject());
            this.newest = since;
            this.subscriber =
                    new Subscriber(update -> socket.sendText(write(update)), () -> close(socket, TOO_SLOW), config);
            accept(token);
        }

        void accept(JsonWebToken fresh) {
            token = fresh.getRawToken();
            vertx.cancelTimer(expiryTimer);
            long left = Duration.between(Instant.now(), Instant.ofEpochSecond(fresh.getExpirationTime()))
                    .toMillis();
            expiryTimer = vertx.setTimer(Math.max(1, left), timer -> close(socket, TOKEN_ENDED));
        }

        @Override
        public void offer(UserUpdate update) {
            newest = update.at().isAfter(newest) ? update.at() : newest;
            subscriber.offer(update);
        }

        @Override
        public void refresh() {
            Thread.ofVirtual().name("refresh-" + socket.id()).start(this::sendSnapshot);
        }

        @Override
        public void end() {
            close(socket, RESTARTING);
        }

        void sendSnapshot() {
            replay.changes(token, newest.minus(config.overlap())).forEach(this::offer);
        }
    }

    @OnOpen
    @RunOnVirtualThread
    public void open(WebSocketConnection socket) {
        Optional<JsonWebToken> token =
                parse(socket.handshakeRequest().header("Authorization").replaceFirst("(?i)^bearer ", ""));
        if (token.isEmpty()) {
            close(socket, TOKEN_WRONG);
            return;
        }
        Live connection = new Live(socket, token.get(), since(socket));
        live.put(socket.id(), connection);
        connections.register(connection.userId, connection);
        LOG.infof("socket opened: userId=%s connectionId=%s", connection.userId, socket.id());
        try {
            connection.sendSnapshot();
        } catch (RuntimeException e) {
            LOG.warnf("no snapshot, the client must connect again: userId=%s cause=%s", connection.userId, e);
            close(socket, new CloseReason(1013, "No snapshot now, connect again"));
        }
    }

    @OnTextMessage
    @RunOnVirtualThread
    public void onMessage(String text, WebSocketConnection socket) {
        Live connection = live.get(socket.id());
        Optional<JsonWebToken> fresh = tokenIn(text).flatMap(this::parse);
        if (connection == null || fresh.isEmpty() || !fresh.get().getSubject().equals(connection.userId.toString())) {
            close(socket, TOKEN_WRONG);
            return;
        }
        connection.accept(fresh.get());
    }

    @OnClose
    public void closed(WebSocketConnection socket) {
        Live connection = live.remove(socket.id());
        if (connection != null) {
            vertx.cancelTimer(connection.expiryTimer);
            connections.remove(connection.userId, connection);
            LOG.infof("socket closed: userId=%s connectionId=%s", connection.userId, socket.id());
        }
    }

    private Optional<String> tokenIn(String text) {
        try {
            JsonNode message = json.readTree(text);
            return message.path("type").asText().equals("token")
                    ? Optional.of(message.path("token").asText())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonWebToken> parse(String token) {
        try {
            return Optional.of(tokens.parse(token));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Instant since(WebSocketConnection socket) {
        String query = Optional.ofNullable(socket.handshakeRequest().query()).orElse("");
        return Since.of(
                new QueryStringDecoder("?" + query)
                        .parameters().getOrDefault("since", List.of()).stream().findFirst(),
                config.overlap());
    }

    private String write(UserUpdate update) {
        try {
            return json.writeValueAsString(update);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(WebSocketConnection socket, CloseReason reason) {
        socket.close(reason).subscribe().with(done -> {}, failure -> LOG.debugf("already closed: %s", socket.id()));
    }
}
