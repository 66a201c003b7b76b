package ru.reklamai.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient;
import ru.reklamai.gateway.GatewayClient.Answer;
import ru.reklamai.gateway.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(TestKeys.class)
class GatewayTest {

    @TestHTTPResource
    URI address;

    private GatewayClient nobody;
    private GatewayClient user;

    @BeforeEach
    void clients() {
        nobody = new GatewayClient(address);
        user = nobody.withToken(TestTokens.of(UuidCreator.getTimeOrderedEpoch(), "anna@example.com", "user"));
    }

    @ParameterizedTest
    @CsvSource({
        "/.well-known/jwks.json, auth",
        "/api/v1/auth/me, auth",
        "/api/v1/admin/users/1/role, auth",
        "/api/v1/admin/users/1/credits, generation",
        "/api/v1/generations/1/stream, status",
        "/api/v1/provider/kie/callback/1/2, worker",
        "/api/v1/admin/provider, worker",
        "/api/v1/models, generation",
        "/api/v1/credits?limit=5, generation"
    })
    void aRequestReachesItsServiceAsItCame(String uri, String service) {
        Answer answer = user.get(uri);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("service")).isEqualTo(service);
        assertThat(answer.json().getString("uri")).isEqualTo(uri);
        assertThat(answer.header("X-From-Service")).isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void methodAndBodyArrive(String method) {
        Answer answer = user.send(method, "/api/v1/boards/1", BodyPublishers.ofString("{\"name\":1}"));
        assertThat(answer.json().getString("method")).isEqualTo(method);
        assertThat(answer.json().getInteger("bytes")).isEqualTo(10);
    }

    @Test
    void anUnknownPathIsAProblem404() {
        assertProblem(nobody.get("/api/v2/models"), 404, "/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/auth/../credits", "/api/v1//credits", "/api/v1/./models", "/api/v1/%6dodels"})
    void aPathThatIsNotInItsPlainFormIsRefused(String path) {
        assertProblem(nobody.get(path), 400, "/problems/malformed-request");
    }

    @Test
    void aBodyMayBeAsLargeAsTheLimitAndNoLarger() {
        assertThat(user.post("/api/v1/boards", "x".repeat(1_048_576)).json().getInteger("bytes"))
                .isEqualTo(1_048_576);
        assertProblem(user.post("/api/v1/boards", "x".repeat(1_048_577)), 413, "/problems/payload-too-large");
    }

    @Test
    void anUploadMayBeLarger() {
        assertThat(user.post("/api/v1/upload", "x".repeat(2_000_000)).json().getInteger("bytes"))
                .isEqualTo(2_000_000);
    }

    @Test
    void aBodyOfUnknownLengthIsRefused() {
        Answer answer = user.send(
                "POST",
                "/api/v1/boards",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'{', '}'})));
        assertProblem(answer, 411, "/problems/length-required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|200",
                "multipart/form-data; boundary=\"a b\"|200",
                "text/plain;charset=utf-8;|200",
                "json|400",
                "application/json; charset|400",
                "a/b/c|400"
            })
    void aContentTypeMustBeReadable(String type, int status) {
        assertThat(user.withHeader("Content-Type", type)
                        .post("/api/v1/boards", "{}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theServiceLearnsTheClientsAddressFromTheGatewayAlone() {
        Answer answer = nobody.withHeader("X-Forwarded-For", "6.6.6.6")
                .withHeader("X-Forwarded-Proto", "gopher")
                .get("/api/v1/models");
        assertThat(answer.arrivedHeader("x-forwarded-for")).hasValue("127.0.0.1");
        assertThat(answer.arrivedHeader("x-forwarded-proto")).hasValue("http");
    }

    @Test
    void headersOfTheConnectionStayOnIt() throws IOException {
        String answer = raw("""
                GET /api/v1/models HTTP/1.1\r
                Host: gateway\r
                Connection: close\r
                Keep-Alive: timeout=5\r
                Proxy-Authorization: secret\r
                TE: trailers\r
                X-Other: stays\r
                \r
                """);
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("x-other")
                .doesNotContainIgnoringCase("\"keep-alive\"")
                .doesNotContain("proxy-authorization", "\"te\"");
    }

    @Test
    void everyAnswerHasTheSecurityHeaders() {
        for (Answer answer : List.of(nobody.get("/api/v1/models"), nobody.get("/api/v2"), nobody.get("/docs/"))) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'");
            assertThat(answer.header("Strict-Transport-Security")).isNotEmpty();
        }
    }

    @Test
    void theWebClientsOriginMayAskAndReadTheLimits() {
        Answer preflight = nobody.withHeader("Origin", "http://localhost:5173")
                .withHeader("Access-Control-Request-Method", "POST")
                .withHeader("Access-Control-Request-Headers", "authorization,idempotency-key")
                .send("OPTIONS", "/api/v1/generate", BodyPublishers.noBody());
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        Answer answer = nobody.withHeader("Origin", "http://localhost:5173").get("/api/v1/models");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ratelimit", "retry-after");
    }

    @Test
    void anotherOriginMayNot() {
        Answer answer = nobody.withHeader("Origin", "https://elsewhere.example").get("/api/v1/models");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void problemsSpeakTheReadersLanguage() {
        Answer russian = nobody.withHeader("Accept-Language", "ru").get("/api/v2");
        assertThat(russian.json().getString("title")).isEqualTo("Не найдено");
        assertThat(russian.json().getString("detail")).isEqualTo("По этому пути ничего нет.");
        assertThat(nobody.get("/api/v2").json().getString("title")).isEqualTo("Not found");
    }

    @Test
    void theDocsAreFoundWithoutTheSlashToo() {
        Answer answer = nobody.get("/docs");
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("/docs/");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("type")).isEqualTo(type);
        assertThat(answer.json().getInteger("status")).isEqualTo(status);
        assertThat(answer.json().getString("detail")).isNotBlank();
    }
}
