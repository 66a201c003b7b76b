package ru.reklamai.status.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserUpdate;

/**
 * All updates of one user over a WebSocket. It ends with its token (4401), unless the client sends a fresh one in time as
 * {@code {"type":"token","token":"…"}}.
 */
@WebSocket(path = "/ws")
@Authenticated
public class UpdatesSocket {

    private static final Logger LOG = Logger.getLogger(UpdatesSocket.class);
    private static final UserData.TypedKey<LiveConnection> LIVE = new UserData.TypedKey<>("live");

    private final Connections connections;
    private final ConnectionConfig config;
    private final JsonWebToken handshakeToken;
    private final JWTParser tokens;
    private final ObjectMapper json;

    UpdatesSocket(
            Connections connections,
            ConnectionConfig config,
            JsonWebToken handshakeToken,
            JWTParser tokens,
            ObjectMapper json) {
        this.connections = connections;
        this.config = config;
        this.handshakeToken = handshakeToken;
        this.tokens = tokens;
        this.json = json;
    }

    private final class SocketClient implements Client {
        private final WebSocketConnection socket;

        SocketClient(WebSocketConnection socket) {
            this.socket = socket;
        }

        @Override
        public CompletableFuture<Void> send(UserUpdate update) {
            return Uni.createFrom()
                    .item(update)
                    .map(this::write)
                    .chain(socket::sendText)
                    .subscribeAsCompletionStage();
        }

        @Override
        public CompletableFuture<Void> close(Ending ending) {
            return socket.close(ending.closeReason())
                    .onFailure()
                    .invoke(failure -> LOG.debugf("already closed: %s", socket.id()))
                    .onFailure()
                    .recoverWithNull()
                    .subscribeAsCompletionStage();
        }

        private String write(UserUpdate update) {
            try {
                return json.writeValueAsString(update);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @OnOpen
    @RunOnVirtualThread
    public void open(WebSocketConnection socket) {
        var request = new Connections.Request(
                AccessToken.of(handshakeToken),
                socket.handshakeRequest().header("Accept-Language"),
                Feed.All.from(sinceIn(socket.handshakeRequest().query()), config.overlap()));
        LiveConnection connection = connections.open(request, new SocketClient(socket));
        socket.userData().put(LIVE, connection);
        if (socket.isClosed()) {
            var unused = connection.leave();
        }
        LOG.infof("socket opened: userId=%s connectionId=%s", connection.userId(), socket.id());
    }

    @OnTextMessage
    @RunOnVirtualThread
    public void onMessage(String text, WebSocketConnection socket) {
        socket.userData().get(LIVE).renew(tokenIn(text));
    }

    @OnClose
    public void closed(WebSocketConnection socket) {
        Optional.ofNullable(socket.userData().get(LIVE)).ifPresent(connection -> {
            connection.leave();
            LOG.infof("socket closed: userId=%s connectionId=%s", connection.userId(), socket.id());
        });
    }

    private Optional<AccessToken> tokenIn(String text) {
        try {
            JsonNode message = json.readTree(text);
            return message.path("type").asText().equals("token")
                    ? Optional.of(
                            AccessToken.of(tokens.parse(message.path("token").asText())))
                    : Optional.empty();
        } catch (JsonProcessingException | ParseException e) {
            LOG.debugf("a client's message is no token: cause=%s", e);
            return Optional.empty();
        }
    }

    private static Optional<String> sinceIn(String query) {
        return new QueryStringDecoder("?" + Optional.ofNullable(query).orElse(""))
                .parameters().getOrDefault("since", List.of()).stream().findFirst();
    }
}
