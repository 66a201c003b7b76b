package ru.reklamai.auth.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.TestUser;

@QuarkusTest
class JwksTest {

    @Test
    void theKeyInTheTokenIsPublished() {
        String token = TestUser.registered().accessToken();
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8);
        String kid = JsonPath.from(header).getString("kid");
        given().get("/.well-known/jwks.json").then().statusCode(200).body("keys.kid", hasItem(kid));
    }

    @Test
    void onlyThePublicHalfIsPublished() {
        Map<String, String> key = given().get("/.well-known/jwks.json").path("keys[0]");
        assertThat(key).containsOnlyKeys("kty", "use", "alg", "kid", "n", "e").containsEntry("alg", "RS256");
    }
}
