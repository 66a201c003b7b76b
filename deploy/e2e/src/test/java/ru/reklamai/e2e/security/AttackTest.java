package ru.reklamai.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.e2e.Client;
import ru.reklamai.e2e.Stack;
import ru.reklamai.e2e.User;

/** What attackers try on any API. */
@ExtendWith(Stack.class)
class AttackTest {

    private static final String EVIL = "https://evil.example";
    private static final int PORT = 28080;

    private final User user = new User();

    /** Mass assignment: a field that isn't in the description is never taken. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|auth/register|{'email':'mass@example.org','password':'correct horse','role':'admin'}",
                "POST|auth/register|{'email':'mass@example.org','password':'correct horse','emailVerified':true}",
                "PATCH|profile|{'fullName':'x','email':'other@example.org'}",
                "PATCH|profile|{'userId':'0197f0a0-0000-7000-8000-000000000001'}",
                "POST|boards|{'title':'x','ownerId':'0197f0a0-0000-7000-8000-000000000001'}",
                "POST|generate|{'presetKey':'image-gen','modelKey':'google/nano-banana','prompt':'x','credits':0}",
                "POST|generate|{'presetKey':'image-gen','modelKey':'google/nano-banana','prompt':'x','userId':'x'}",
                "POST|generate|{'presetKey':'image-gen','modelKey':'google/nano-banana','prompt':'x','status':'succeeded'}",
            })
    void whatIsNotAskedForIsRefused(String method, String path, String body) {
        assertThat(Http.sendJson(method, url(path), body.replace('\'', '"'), bearer())
                        .statusCode())
                .isEqualTo(400);
    }

    /** Server-side request forgery: no field takes an address, and what looks like one is fetched by nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:%d/x.png", "//127.0.0.1:%d/x", "file:///etc/passwd", "../../%d", "s3://%d"})
    void noAddressOfOursIsFetchedForAUser(String address) throws IOException {
        try (var trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            trap.setSoTimeout(500);
            String path = address.formatted(trap.getLocalPort());
            for (String field : List.of(
                    "startFramePath", "endFramePath", "referenceImagePath", "referenceVideoPath", "audioPath")) {
                assertThat(user.order("image-edit", "google/nano-banana-edit", "x", Map.of(field, path))
                                .status())
                        .isEqualTo(422);
            }
            assertThat(Http.sendJson("PATCH", url("profile"), "{\"avatarPath\":\"" + path + "\"}", bearer())
                            .statusCode())
                    .isEqualTo(422);
            org.assertj.core.api.Assertions.assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void noRequestHasAFieldForAnAddress() {
        List<String> addresses = new ArrayList<>();
        Operations.all()
                .forEach(operation -> collectAddresses(
                        operation + " ", Operations.resolve(operation.jsonBody().path("schema")), addresses));
        assertThat(addresses).isEmpty();
    }

    /** Cross-site request forgery: the cookie works for our own pages alone. */
    @ParameterizedTest
    @ValueSource(strings = {"refresh", "logout"})
    void aForeignPageCantUseTheCookie(String path) {
        String cookie = cookie();
        var forged = Http.sendJson("POST", url("auth/" + path), "{}", "Cookie", cookie, "Origin", EVIL);
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(Http.sendJson("POST", url("auth/refresh"), "{}", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyPagesOfConfiguredOriginsMayReadAnswers() {
        var ours = preflight("http://localhost:5173");
        assertThat(ours.statusCode()).isEqualTo(200);
        assertThat(ours.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:5173");
        assertThat(ours.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("idempotency-key"));
        assertThat(preflight(EVIL).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static HttpResponse<String> preflight(String origin) {
        return Http.send(
                "OPTIONS",
                url("generate"),
                new byte[0],
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,idempotency-key");
    }

    @Test
    void aFormCantUseTheCookie() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            assertThat(Http.send(
                                    "POST",
                                    url("auth/refresh"),
                                    "{}".getBytes(StandardCharsets.UTF_8),
                                    "Cookie",
                                    cookie(),
                                    "Content-Type",
                                    type)
                            .statusCode())
                    .isEqualTo(415);
        }
    }

    @Test
    void aForeignPageCantOpenAWebSocket() throws IOException {
        String handshake = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer "
                + user.client.accessToken() + "\r\n";
        assertThat(raw(handshake + "Origin: " + EVIL + "\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(handshake + "\r\n")).startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/../../q/health",
                "/api/v1/%2e%2e/%2e%2e/q/health",
                "/api/v1/..%2f..%2fq/metrics",
                "/api/v1/auth/..;/credits",
                "/api/v1//q/health",
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/api/v1/generations/..%2fchanges",
                "/api/v1/models%00.html",
                "/docs/..%2f..%2fapplication.properties",
                "/%2e%2e/application.properties"
            })
    void noPathLeadsBehindTheDoor(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + user.client.accessToken() + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|422).*").doesNotContain("\"UP\"", "jvm_", "quarkus.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "X-Long: @@@@@@@@@@@@@@@@@@@@",
                "Bad Header: x",
                "Transfer-Encoding: chunked"
            })
    void headersThatConfuseProxiesAreRefused(String header) throws IOException {
        String answer = raw("POST /api/v1/generate HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + user.client.accessToken() + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + header.replace("@", "a".repeat(1000)) + "\r\n\r\n{}\r\n");
        assertThat(answer).matches("(?s)(HTTP/1.1 4\\d\\d.*)?");
    }

    @Test
    void aSpoofedAddressCountsForNothing() {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var answer = Http.sendJson(
                    "POST", url("auth/refresh"), "{\"refreshToken\":\"x\"}", "X-Forwarded-For", "10.0.0." + i);
            String limit = answer.headers().firstValue("RateLimit").orElseThrow();
            left.add(Integer.parseInt(limit.replaceAll(".*r=(\\d+).*", "$1")));
        }
        assertThat(left.get(2)).isLessThan(left.get(0));
    }

    @Test
    void ourOwnHeadersCantBeForged() {
        var answer = Http.send("GET", url("models"), new byte[0], "X-Request-Id", "<script>alert(1)</script>");
        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f-]{36}");
    }

    @Test
    void aBodyThatIsTooLargeOrTooDeepIsRefused() {
        assertThat(Http.sendJson("POST", url("generate"), "\"" + "x".repeat(2_000_000) + "\"", bearer())
                        .statusCode())
                .isEqualTo(413);
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String order = "{\"presetKey\":\"image-gen\",\"modelKey\":\"google/nano-banana\",\"prompt\":\"x\","
                + "\"input\":{\"params\":{\"x\":" + deep + "}}}";
        assertThat(Http.sendJson("POST", url("generate"), order, bearer()).statusCode())
                .isEqualTo(400);
        assertThat(Http.sendJson("POST", url("boards"), deep, bearer()).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"45, 200", "51, 413"})
    void aVideoMayHaveFiftyMegabytes(int megabytes, int status) {
        byte[] head = """
                --x
                Content-Disposition: form-data; name="purpose"

                video
                --x
                Content-Disposition: form-data; name="file"; filename="x.mp4"
                Content-Type: video/mp4

                \0\0\0\u0018ftypmp42""".replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = java.util.Arrays.copyOf(head, head.length + megabytes * 1024 * 1024);
        byte[] end = "\r\n--x--\r\n".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(end, 0, body, body.length - end.length, end.length);
        String token = "Bearer " + user.client.accessToken();
        var answer = Http.send(
                "POST", url("upload"), body, "Authorization", token, "Content-Type", "multipart/form-data; boundary=x");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void aBlockedUsersTokenEndsAtOnce() {
        User admin = new User().asAdmin();
        String id = user.client.get("/api/v1/auth/me").body().path("id").asText();
        assertThat(Http.sendJson(
                                "PUT",
                                url("admin/users/" + id + "/block"),
                                "{\"reason\":\"test\"}",
                                bearer(admin.client))
                        .statusCode())
                .isEqualTo(200);
        assertThat(user.client.get("/api/v1/credits").status()).isEqualTo(401);
    }

    @Test
    void aTicketWorksOnce() {
        String ticket = user.client
                .post("/api/v1/auth/ticket", Map.of())
                .body()
                .path("ticket")
                .asText();
        var nobody = new Client(Stack.GATEWAY);
        assertThat(nobody.get("/api/v1/credits?ticket=" + ticket).status()).isEqualTo(200);
        assertThat(nobody.get("/api/v1/credits?ticket=" + ticket).status()).isEqualTo(401);
    }

    private static void collectAddresses(String where, JsonNode schema, List<String> addresses) {
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            if (name.toLowerCase(java.util.Locale.ROOT).contains("url")
                    || property.getValue().path("format").asText().equals("uri")) {
                addresses.add(where + name);
            }
            collectAddresses(where + name + ".", Operations.resolve(property.getValue()), addresses);
        });
    }

    private String cookie() {
        var answer = Http.sendJson(
                "POST",
                url("auth/register"),
                "{\"email\":\"csrf-" + System.nanoTime() + "@example.org\",\"password\":\"correct horse\"}");
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    /** Sends what no HTTP library would, and returns what comes until the other side is silent. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            socket.setSoTimeout(1500);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            var answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int read = socket.getInputStream().read(buffer);
                        read >= 0;
                        read = socket.getInputStream().read(buffer)) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException e) {
                return answer.toString();
            }
            return answer.toString();
        }
    }

    private static String url(String path) {
        return Stack.GATEWAY + "/api/v1/" + path;
    }

    private String[] bearer() {
        return bearer(user.client);
    }

    private static String[] bearer(Client client) {
        return new String[] {"Authorization", "Bearer " + client.accessToken()};
    }
}
