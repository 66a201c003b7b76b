package ru.reklamai.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuthTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String PASSWORD = "correct horse";

    private final String email = "anna" + COUNTER.incrementAndGet() + "-" + System.nanoTime() + "@example.org";

    @Test
    void aNewUserIsLoggedInAtOnce() {
        String accessToken = register().statusCode(201).extract().path("accessToken");
        me(accessToken).statusCode(200).body("email", equalTo(email)).body("role", equalTo("user"));
    }

    @Test
    void anEmailCanBeRegisteredOnce() {
        register().statusCode(201);
        register().statusCode(409).body("type", equalTo("/problems/email-taken"));
    }

    @Test
    void emailsDifferInMoreThanCase() {
        register().statusCode(201);
        login(email.toUpperCase(java.util.Locale.ROOT), PASSWORD).statusCode(200);
    }

    @Test
    void eachWrongFieldIsNamed() {
        post("register", Map.of("email", "nobody", "password", "short"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-fields"))
                .body("violations.field", hasItem("email"))
                .body("violations.field", hasItem("password"));
    }

    @Test
    void unknownFieldsAreRefused() {
        post("register", Map.of("email", email, "password", PASSWORD, "role", "admin"))
                .statusCode(400)
                .body("type", equalTo("/problems/malformed-request"));
    }

    @Test
    void aWrongPasswordAndAnUnknownEmailGetTheSameAnswer() {
        register().statusCode(201);
        String wrong = login(email, "wrong password").statusCode(401).extract().asString();
        String unknown = login("x" + email, PASSWORD).statusCode(401).extract().asString();
        assertThat(wrong).isEqualTo(unknown);
    }

    @Test
    void aRefreshTokenGivesTheNextOne() {
        String first = register().extract().path("refreshToken");
        String second = refresh(first).statusCode(200).extract().path("refreshToken");
        refresh(second).statusCode(200).body("accessToken", notNullValue());
    }

    @Test
    void aSecondUseOfARefreshTokenEndsItsWholeFamily() {
        String first = register().extract().path("refreshToken");
        String second = refresh(first).statusCode(200).extract().path("refreshToken");
        refresh(first).statusCode(401);
        refresh(second).statusCode(401);
    }

    @Test
    void theRefreshTokenAlsoWorksAsAStrictHttpOnlyCookie() {
        var answer = register()
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Strict"));
        String cookie = answer.extract().cookie("refresh_token");
        given().cookie("refresh_token", cookie)
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/auth/refresh")
                .then()
                .statusCode(200);
    }

    @Test
    void logoutEndsTheSession() {
        String token = register().extract().path("refreshToken");
        post("logout", Map.of("refreshToken", token)).statusCode(204);
        refresh(token).statusCode(401);
    }

    @Test
    void theKeyInTheTokenIsPublished() {
        String accessToken = register().extract().path("accessToken");
        String header = new String(
                Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[0]),
                java.nio.charset.StandardCharsets.UTF_8);
        String kid = JsonPath.from(header).getString("kid");
        given().get("/.well-known/jwks.json").then().statusCode(200).body("keys.kid", hasItem(kid));
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        String[] parts = register().extract().<String>path("accessToken").split("\\.", -1);
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        me(none + "." + parts[1] + ".").statusCode(401);
    }

    private ValidatableResponse register() {
        return post("register", Map.of("email", email, "password", PASSWORD));
    }

    private static ValidatableResponse login(String email, String password) {
        return post("login", Map.of("email", email, "password", password));
    }

    private static ValidatableResponse refresh(String token) {
        return post("refresh", Map.of("refreshToken", token));
    }

    private static ValidatableResponse me(String token) {
        return given().auth().oauth2(token).get("/api/v1/auth/me").then();
    }

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/v1/auth/" + path)
                .then();
    }
}
