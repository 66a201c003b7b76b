package ru.reklamai.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.reklamai.e2e.Stack;
import ru.reklamai.e2e.User;
import ru.reklamai.e2e.security.Operations.Operation;

/** Whose is it? Every id in every path, tried by whom it is not for. */
@ExtendWith(Stack.class)
class AccessTest {

    private static User owner;
    private static User stranger;
    private static String generation;
    private static String board;
    private static String session;
    private static String ownerId;

    @BeforeAll
    static void prepare() {
        owner = new User();
        stranger = new User();
        generation = owner.generate("google/nano-banana", "a secret cup");
        owner.awaitEnd(generation);
        board = owner.client
                .post("/api/v1/boards", Map.of("title", "Secret"))
                .body()
                .path("id")
                .asText();
        session = owner.client
                .get("/api/v1/auth/sessions")
                .body()
                .at("/items/0/id")
                .asText();
        ownerId = owner.client.get("/api/v1/auth/me").body().path("id").asText();
    }

    static Stream<Operation> withIds() {
        return Operations.all().stream()
                .filter(operation -> operation.path().contains("{"))
                .filter(Operation::needsToken);
    }

    static Stream<Operation> withToken() {
        return Operations.all().stream().filter(Operation::needsToken);
    }

    static Stream<Operation> ofAdmins() {
        return Operations.all().stream().filter(operation -> operation.path().startsWith("/api/v1/admin/"));
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void anotherUsersIsUnknownOrForbidden(Operation operation) {
        String path = filled(operation, ownerId);
        assertThat(send(operation, path)).as(path).isIn(403, 404);
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void whatNeverWasIsUnknown(Operation operation) {
        String nothing = UuidCreator.getTimeOrderedEpoch().toString();
        String path = operation.path().replaceAll("\\{\\w+}", nothing);
        assertThat(send(operation, path)).as(path).isIn(403, 404);
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void whatIsNoIdIsRefused(Operation operation) {
        for (String wrong : List.of("x", "0", "%27%20OR%201=1", "%F0%9F%98%80", "a".repeat(300), "null", "%00", "*")) {
            String path = operation.path().replaceAll("\\{\\w+}", wrong);
            assertThat(send(operation, path)).as(path).isIn(400, 403, 404, 422);
        }
    }

    @ParameterizedTest
    @MethodSource("withToken")
    void withoutATokenNothingIsDone(Operation operation) {
        String path = Stack.GATEWAY + filled(operation, ownerId);
        assertThat(Http.sendJson(operation.method(), path, operation.exampleBody())
                        .statusCode())
                .as(path)
                .isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("ofAdmins")
    void usersAreNoAdmins(Operation operation) {
        assertThat(send(operation, filled(operation, ownerId))).isEqualTo(403);
    }

    /** A generation that only a board would show must not come through the search either. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"generations?boardId=", "generations?batchId=", "assets?generationId="})
    void listsShowNothingOfOthers(String list) {
        for (String id : List.of(board, generation)) {
            JsonNode items = stranger.client.get("/api/v1/" + list + id).body().path("items");
            assertThat(items).isEmpty();
        }
    }

    private static int send(Operation operation, String path) {
        return Http.sendJson(
                        operation.method(),
                        Stack.GATEWAY + path,
                        operation.exampleBody(),
                        "Authorization",
                        "Bearer " + stranger.client.accessToken(),
                        "Idempotency-Key",
                        "key")
                .statusCode();
    }

    private static String filled(Operation operation, String userId) {
        String id = operation.path().contains("/sessions/")
                ? session
                : operation.path().contains("/boards/")
                        ? board
                        : operation.path().contains("/users/") ? userId : generation;
        return operation.path().replace("{id}", id).replace("{userId}", userId).replaceAll("\\{\\w+}", id);
    }
}
