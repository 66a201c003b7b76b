package ru.reklamai.gateway.tunnel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/**
 * Joins a client's socket with a service's. vertx-http-proxy would do, but it writes without looking whether the other
 * side keeps up; pipes hold a fast side back, so a slow client costs no memory here and is noticed where it should be.
 */
public final class WebSocketTunnel {

    private static final Logger LOG = Logger.getLogger(WebSocketTunnel.class);

    /** Close frames (RFC 6455, 5.5.1) with the code 1012; a client's is masked, here with zeros. */
    private static final byte[] RESTART_TO_CLIENT = {(byte) 0x88, 0x02, 0x03, (byte) 0xF4};

    private static final byte[] RESTART_TO_SERVICE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xF4};
    private static final Duration TIME_TO_CLOSE = Duration.ofMillis(500);

    private final Vertx vertx;
    private final HttpClient client;
    private final Set<Pair> joined = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    private record Pair(NetSocket client, NetSocket service) {

        void sendAway() {
            service.write(Buffer.buffer(RESTART_TO_SERVICE));
        }

        /** The service has not answered: the client is told here. */
        void cut() {
            client.end(Buffer.buffer(RESTART_TO_CLIENT));
            service.close();
        }
    }

    /** @param sockets how many there may be at once */
    public WebSocketTunnel(Vertx vertx, int sockets, Duration connectTimeout) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(sockets).setConnectTimeout((int) connectTimeout.toMillis()));
    }

    /**
     * Answers the request: with the service's socket, or with a problem.
     *
     * @return done when the request has become a socket; fails when it has not
     */
    public Future<Void> open(HttpServerRequest request, URI service, String path) {
        if (stopping) {
            unavailable(request);
            return Future.failedFuture("stopping");
        }
        String query = request.query() == null ? "" : "?" + request.query();
        var options = new RequestOptions()
                .setHost(service.getHost())
                .setPort(service.getPort())
                .setMethod(HttpMethod.GET)
                .setURI(path + query);
        return client.request(options)
                .compose(upstream -> {
                    upstream.headers().addAll(request.headers()).remove("Host").set("Connection", "Upgrade");
                    upstream.exceptionHandler(failure -> LOG.debugf("socket ended: cause=%s", failure));
                    return upstream.connect();
                })
                .onFailure(failure -> {
                    LOG.warnf("status-service can't be reached: cause=%s", failure);
                    unavailable(request);
                })
                .compose(answer -> answer.statusCode() == 101 ? join(request, answer) : refuse(request, answer));
    }

    /**
     * Sends all clients away, to connect again. The service is told in a client's name, in a masked close frame, and its
     * answer reaches the client in order with what was on its way; whatever it does, the sockets end soon.
     */
    public void endAll() {
        LOG.infof("stopping, sockets are sent away: sockets=%d", joined.size());
        stopping = true;
        joined.forEach(Pair::sendAway);
        vertx.setTimer(TIME_TO_CLOSE.toMillis(), timer -> joined.forEach(Pair::cut));
    }

    private Future<Void> join(HttpServerRequest request, HttpClientResponse answer) {
        NetSocket service = answer.netSocket().pause();
        request.response().setStatusCode(101).headers().addAll(answer.headers());
        return request.toNetSocket().onFailure(failure -> service.close()).compose(clientSocket -> {
            var pair = new Pair(clientSocket, service);
            joined.add(pair);
            service.pipeTo(clientSocket).onComplete(done -> {
                joined.remove(pair);
                clientSocket.close();
            });
            clientSocket.pipeTo(service).onComplete(done -> service.close());
            if (stopping) {
                pair.cut();
            }
            return Future.succeededFuture();
        });
    }

    private static Future<Void> refuse(HttpServerRequest request, HttpClientResponse answer) {
        LOG.infof("socket refused: status=%d", answer.statusCode());
        ProblemBody.of(Problem.forStatus(answer.statusCode()), MessageCode.CONNECTION_REFUSED)
                .send(request);
        return Future.failedFuture("refused");
    }

    private static void unavailable(HttpServerRequest request) {
        ProblemBody.of(Problem.UNAVAILABLE, MessageCode.LIVE_UPDATES_UNAVAILABLE)
                .send(request);
    }
}
