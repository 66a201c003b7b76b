package ru.reklamai.gateway.routing;

import ru.reklamai.message.MessageCode;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.kit.socket.UpgradedRequests;
import ru.reklamai.problem.Problem;

/**
 * Joins a client's socket with a service's. vertx-http-proxy would do, but it writes without looking whether the other
 * side keeps up; pipes hold a fast side back, so a slow client costs no memory here and is noticed where it should be.
 */
final class WebSocketTunnel {

    private static final Logger LOG = Logger.getLogger(WebSocketTunnel.class);

    /** Final frame, opcode 8; masked with zeros, two bytes: the code 1012. */
    private static final byte[] SERVICE_RESTART = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xF4};

    private final HttpClient client;
    private final Set<NetSocket> services = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    WebSocketTunnel(HttpClient client) {
        this.client = client;
    }

    void open(HttpServerRequest request, Route route) {
        String query = request.query() == null ? "" : "?" + request.query();
        var options = new RequestOptions()
                .setHost(route.target().getHost())
                .setPort(route.target().getPort())
                .setMethod(HttpMethod.GET)
                .setURI(route.targetPath() + query);
        client.request(options)
                .compose(upstream -> {
                    upstream.headers().addAll(request.headers()).remove("Host").set("Connection", "Upgrade");
                    upstream.exceptionHandler(failure -> LOG.debugf("socket ended: cause=%s", failure));
                    return upstream.connect();
                })
                .onSuccess(answer -> join(request, answer))
                .onFailure(failure -> {
                    LOG.warnf("status-service can't be reached: cause=%s", failure);
                    unavailable(request);
                });
    }

    /**
     * Sends all clients away, to connect again. The service is told in a client's name, in a masked close frame (RFC 6455,
     * 5.5.1), and its answer reaches the client in order with what was on its way.
     */
    void endAll() {
        stopping = true;
        LOG.infof("stopping, sockets are sent away: sockets=%d", services.size());
        services.forEach(WebSocketTunnel::sendAway);
    }

    private static void sendAway(NetSocket service) {
        service.write(Buffer.buffer(SERVICE_RESTART));
    }

    private void join(HttpServerRequest request, HttpClientResponse answer) {
        if (answer.statusCode() != 101) {
            LOG.infof("socket refused: status=%d", answer.statusCode());
            ProblemBody.of(Problem.forStatus(answer.statusCode()), MessageCode.CONNECTION_REFUSED)
                    .send(request);
            return;
        }
        NetSocket service = answer.netSocket();
        request.response().setStatusCode(101).headers().addAll(answer.headers());
        request.toNetSocket().onSuccess(clientSocket -> {
            services.add(service);
            Future<Void> down = service.pipeTo(clientSocket);
            Future<Void> up = clientSocket.pipeTo(service);
            down.onComplete(done -> {
                services.remove(service);
                clientSocket.close();
                UpgradedRequests.end(request);
            });
            up.onComplete(done -> service.close());
            if (stopping) {
                sendAway(service);
            }
        });
    }

    private static void unavailable(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "2");
        ProblemBody.of(Problem.UNAVAILABLE, MessageCode.LIVE_UPDATES_UNAVAILABLE)
                .send(request);
    }
}
