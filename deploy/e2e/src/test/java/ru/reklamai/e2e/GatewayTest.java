package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Stack.class)
class GatewayTest {

    private final Client nobody = new Client(Stack.GATEWAY);

    @Test
    void generateIsLimitedPerUserAndMinute() {
        User user = new User();
        List<Client.Answer> answers = IntStream.range(0, 31)
                .mapToObj(i -> user.order("no-such-model", "x"))
                .toList();
        assertThat(answers.subList(0, 30)).allMatch(answer -> answer.status() == 422);
        Client.Answer last = answers.getLast();
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.body().path("type").asText()).isEqualTo("/problems/rate-limited");
        assertThat(header(last, "Retry-After")).matches("\\d+");
        assertThat(header(last, "RateLimit")).contains("r=0");
        assertThat(user.client.get("/api/v1/credits").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/credits", "/api/v1/generations", "/api/v1/auth/me", "/ws"})
    void withoutATokenNothingIsToBeSeen(String path) {
        Client.Answer answer = nobody.get(path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aWrongTokenIsRefused() {
        nobody.useToken("not.a.token");
        assertThat(nobody.get("/api/v1/credits").status()).isEqualTo(401);
        assertThatThrownBy(() -> nobody.connect("", update -> {})).hasStackTraceContaining("401");
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        Client.Answer answer = new User().order("google/nano-banana", "x".repeat(1_100_000));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().path("type").asText()).isEqualTo("/problems/payload-too-large");
    }

    @Test
    void aPathThatClimbsIsRefused() {
        assertThat(nobody.get("/api/v1/auth/../credits").status()).isEqualTo(400);
        assertThat(nobody.get("/api/v1/%2e%2e/q/health").status()).isBetween(400, 404);
    }

    @Test
    void anUnknownPathIsAProblem404() {
        Client.Answer answer = nobody.get("/api/v2/models");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("type").asText()).isEqualTo("/problems/not-found");
    }

    @Test
    void everyAnswerHasItsIdAndTheSecurityHeaders() {
        Client.Answer answer = nobody.get("/api/v1/models");
        assertThat(header(answer, "X-Request-Id")).isNotBlank();
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"rest\";q=1000000;w=60");
    }

    @Test
    void aCallbackWithAWrongSignatureIsRefused() {
        String path = "/api/v1/provider/kie/callback/0197f0a0-0000-7000-8000-000000000001/" + "0".repeat(64);
        assertThat(nobody.post(path, Map.of("data", Map.of("taskId", "x"))).status())
                .isEqualTo(403);
    }

    @Test
    void brokenJsonIsAProblem400() {
        User user = new User();
        Client.Answer answer = user.client.post("/api/v1/generate", List.of("no", "object"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("type").asText()).isEqualTo("/problems/malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br"})
    void answersComeCompressedAndSaySo(String encoding) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(Stack.GATEWAY + "/api/v1/models"))
                .header("Accept-Encoding", encoding)
                .build();
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue(encoding);
        assertThat(answer.body().length)
                .isLessThan(nobody.get("/api/v1/models").raw().body().length / 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/",
                "/docs/openapi.json",
                "/docs/asyncapi.json",
                "/events/user.deleted.schema.json",
                "/account.html",
                "/account.js",
                "/share.html",
                "/share.js",
                "/pages.css"
            })
    void thePagesAreServed(String path) {
        assertThat(nobody.get(path).status()).isEqualTo(200);
    }

    @Test
    void theDocsAreFoundWithoutTheSlashToo() {
        Client.Answer answer = nobody.get("/docs");
        assertThat(answer.status()).isEqualTo(308);
        assertThat(header(answer, "Location")).isEqualTo("/docs/");
    }

    @Test
    void theStartPageIsThere() {
        assertThat(new String(nobody.get("/").raw().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("ReklamAI");
    }

    private static String header(Client.Answer answer, String name) {
        return answer.raw().headers().firstValue(name).orElse("");
    }
}
