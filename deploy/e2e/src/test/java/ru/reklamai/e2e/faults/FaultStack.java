package ru.reklamai.e2e.faults;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.reklamai.e2e.StackCommand;

/** Servers and services of these tests' own, all of which may be killed; connections go through proxies. */
final class FaultStack implements AutoCloseable {

    static final String GATEWAY = "http://127.0.0.1:18080";
    static final String SIMULATOR = "http://127.0.0.1:18090";
    static final String BROKER = "amqp://reklamai:reklamai@127.0.0.1:28672/reklamai-faults";
    static final List<String> SERVICES =
            List.of("auth-service", "generation-service", "provider-worker", "status-service", "api-gateway");
    static final List<String> SERVERS = List.of("postgresql", "rabbitmq", "redis", "s3");
    static final StackCommand COMMAND = new StackCommand("faults", "jdbc:postgresql://127.0.0.1:28432/reklamai_faults");
    private static final int HIGH_SIGN_UP_CREDITS = 1_000_000_000;

    private final Map<String, TcpProxy> proxies = new LinkedHashMap<>();

    FaultStack() {
        proxies.put("postgresql", new TcpProxy(30432, 28432));
        proxies.put("rabbitmq", new TcpProxy(30672, 28672));
        proxies.put("redis", new TcpProxy(30379, 28379));
        proxies.put("s3", new TcpProxy(30333, 28333));
        proxies.put("kie", new TcpProxy(30090, 18090));
        COMMAND.run("servers");
        COMMAND.run("start");
        COMMAND.execute("UPDATE studio.admin_settings SET value = '" + HIGH_SIGN_UP_CREDITS
                + "' WHERE key = 'sign_up_credits_hundredths'");
        COMMAND.execute("UPDATE studio.admin_settings SET value = jsonb_set(value, '{user}', "
                + "'{\"active\": 100000, \"perDay\": 100000}') WHERE key = 'limits'");
        COMMAND.execute("UPDATE studio.models SET deadline_seconds = 180");
        COMMAND.execute("UPDATE studio.models SET deadline_seconds = 10 WHERE key = 'google/imagen4-fast'");
    }

    TcpProxy proxy(String server) {
        return proxies.get(server);
    }

    @Override
    public void close() throws IOException {
        COMMAND.run("stop");
        for (TcpProxy proxy : proxies.values()) {
            proxy.close();
        }
    }
}
