package ru.reklamai.gateway.routing;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.problem.Problem;

/**
 * Joins a client's socket with a service's. vertx-http-proxy would do, but it writes without looking whether the other
 * side keeps up; pipes hold a fast side back, so a slow client costs no memory here and is noticed where it should be.
 */
final class WebSocketTunnel {

    private static final Logger LOG = Logger.getLogger(WebSocketTunnel.class);

    private final HttpClient client;

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

    private static void join(HttpServerRequest request, HttpClientResponse answer) {
        if (answer.statusCode() != 101) {
            LOG.infof("socket refused: status=%d", answer.statusCode());
            new ProblemBody(Problem.forStatus(answer.statusCode()), "The connection was refused.")
                    .send(request.response());
            return;
        }
        NetSocket service = answer.netSocket();
        request.response().setStatusCode(101).headers().addAll(answer.headers());
        request.toNetSocket().onSuccess(clientSocket -> {
            Future<Void> down = service.pipeTo(clientSocket);
            Future<Void> up = clientSocket.pipeTo(service);
            down.onComplete(done -> clientSocket.close());
            up.onComplete(done -> service.close());
        });
    }

    private static void unavailable(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "2");
        new ProblemBody(Problem.UNAVAILABLE, "Live updates are not available now. Try again in a few seconds.")
                .send(request.response());
    }
}
