package ru.reklamai.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient;
import ru.reklamai.gateway.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(TestKeys.class)
class AccessLogTest {

    private static final Logger LOG = Logger.getLogger("access");
    private static final Formatter WORDS = new PatternFormatter("%s");

    @TestHTTPResource
    URI address;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler memory = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(WORDS.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private GatewayClient client;

    @BeforeEach
    void listen() {
        LOG.addHandler(memory);
        client = new GatewayClient(address);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(memory);
    }

    @Test
    void aLineSaysWhoAskedForWhatAndWhatCameOfIt() {
        UUID user = UuidCreator.getTimeOrderedEpoch();
        client.withToken(TestTokens.of(user, "anna@example.com", "user"))
                .withHeader("X-Request-Id", "request-1234")
                .get("/api/v1/credits");
        assertThat(line())
                .startsWith("GET /api/v1/credits 200 ")
                .contains("ip=127.0.0.1", "userId=" + user, "requestId=request-1234");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/models?token=s3cret, /api/v1/models",
        "/api/v1/shares/s3cret, /api/v1/shares/***",
        "/api/v1/provider/kie/callback/1/s3cret, /api/v1/provider/kie/callback/1/***",
        "/api/v1/payments/yookassa/notifications/s3cret, /api/v1/payments/yookassa/notifications/***"
    })
    void secretsStayOutOfTheLog(String path, String written) {
        client.get(path);
        assertThat(line()).startsWith("GET " + written + " 200 ").doesNotContain("s3cret");
    }

    @Test
    void aRequestIdThatCouldForgeALineIsReplaced() {
        assertThat(client.withHeader("X-Request-Id", "a b userId=root")
                        .get("/api/v1/models")
                        .header("X-Request-Id"))
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void theServiceGetsTheSameId() {
        var answer = client.get("/api/v1/models");
        assertThat(answer.arrivedHeader("x-request-id")).hasValue(answer.header("X-Request-Id"));
    }

    private String line() {
        await().until(() -> !lines.isEmpty());
        return lines.getLast();
    }
}
