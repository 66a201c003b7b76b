package ru.reklamai.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LoginTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String PASSWORD = "correct horse";

    private final String email = "anna" + COUNTER.incrementAndGet() + "-" + System.nanoTime() + "@example.org";

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
    void aTokenWithoutASignatureIsRefused() {
        String[] parts = register().extract().<String>path("accessToken").split("\\.", -1);
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
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
