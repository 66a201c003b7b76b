package ru.reklamai.gateway.routing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.GatewayConfig;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.problem.Problem;

/** Passes requests on to the services, and their answers back. One that can't be reached is a 503. */
final class Forwarding implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    private final Map<Service, HttpProxy> proxies = new EnumMap<>(Service.class);

    Forwarding(GatewayConfig config, Vertx vertx) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(config.connections())
                .setKeepAliveTimeout(30)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setDecompressionSupported(false));
        for (Service service : Service.values()) {
            URI address = service.address(config);
            proxies.put(
                    service,
                    HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                            .origin(context -> client.request(new RequestOptions()
                                    .setHost(address.getHost())
                                    .setPort(address.getPort())))
                            .addInterceptor(this));
        }
    }

    void forward(HttpServerRequest request, Service service) {
        proxies.get(service).handle(request);
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        return context.sendRequest().recover(failure -> {
            var request = context.request();
            LOG.warnf(
                    "service can't be reached: path=%s cause=%s", AccessLog.pathOf(request.proxiedRequest()), failure);
            var problem = ProblemBody.of(Problem.UNAVAILABLE);
            ProxyResponse response = request.release().response().setStatusCode(Problem.UNAVAILABLE.status());
            problem.headers().forEach(response::putHeader);
            return Future.succeededFuture(response.setBody(
                    Body.body(problem.toBuffer(request.proxiedRequest().getHeader("Accept-Language")))));
        });
    }
}
