package ru.reklamai.generation.share;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class ShareTest {

    @Inject
    ProviderEvents provider;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @Test
    void aSharedResultIsSeenByAnybodyUntilItIsRevoked() {
        UUID id = succeeded("a secret cup");
        String token = user.put("generations/" + id + "/share")
                .statusCode(200)
                .extract()
                .path("token");
        user.put("generations/" + id + "/share").body("token", equalTo(token));
        String seen = given().get("/api/v1/shares/" + token)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("files", hasSize(1))
                .body("files[0].contentType", equalTo("image/png"))
                .extract()
                .asString();
        assertThat(seen).doesNotContain("secret", user.email());
        user.delete("generations/" + id + "/share").statusCode(204);
        given().get("/api/v1/shares/" + token).then().statusCode(404);
        user.delete("generations/" + id + "/share").statusCode(404);
    }

    @Test
    void aShareTokenThatWeDidNotSignShowsNothing() {
        String token = user.put("generations/" + succeeded("a cup") + "/share")
                .extract()
                .path("token");
        char other = token.endsWith("A") ? 'Q' : 'A';
        given().get("/api/v1/shares/" + token.substring(0, token.length() - 1) + other)
                .then()
                .statusCode(404);
        for (String wrong : List.of("x", "AAAA", "A".repeat(100))) {
            given().get("/api/v1/shares/" + wrong).then().statusCode(404);
        }
    }

    @Test
    void whatHasNoFileIsNotShared() {
        user.put("generations/" + user.newGeneration("a cup") + "/share").statusCode(409);
    }

    private UUID succeeded(String prompt) {
        UUID id = user.newGeneration(prompt);
        provider.succeeded(id, user.id());
        return id;
    }
}
