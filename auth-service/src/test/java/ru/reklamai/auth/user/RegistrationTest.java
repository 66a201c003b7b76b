package ru.reklamai.auth.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.auth.TestUser;

@QuarkusTest
class RegistrationTest {

    private final TestUser user = new TestUser();

    @Test
    void aNewUserIsLoggedInAtOnce() {
        user.keep(register().statusCode(201))
                .get("auth/me")
                .statusCode(200)
                .body("email", equalTo(user.email))
                .body("role", equalTo("user"));
    }

    @Test
    void anEmailCanBeRegisteredOnce() {
        register().statusCode(201);
        register().statusCode(409).body("type", equalTo("/problems/email-taken"));
    }

    @Test
    void emailsDifferInMoreThanCase() {
        register().statusCode(201);
        String shouted = user.email.toUpperCase(Locale.ROOT);
        user.post("register", Map.of("email", shouted, "password", TestUser.PASSWORD))
                .statusCode(409);
        user.post("login", Map.of("email", shouted, "password", TestUser.PASSWORD))
                .statusCode(200);
    }

    @Test
    void eachWrongFieldIsNamed() {
        user.post("register", Map.of("email", "nobody", "password", "short"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-fields"))
                .body("violations.field", hasItem("email"))
                .body("violations.field", hasItem("password"));
    }

    @Test
    void unknownFieldsAreRefused() {
        user.post("register", Map.of("email", user.email, "password", TestUser.PASSWORD, "role", "admin"))
                .statusCode(400)
                .body("type", equalTo("/problems/malformed-request"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "PASSWORD1", "12345678", "qwertyuiop"})
    void commonPasswordsAreRefused(String common) {
        user.post("register", Map.of("email", user.email, "password", common))
                .statusCode(422)
                .body("violations.field", hasItem("password"));
    }

    @Test
    void errorsSpeakRussianToWhoAsksForIt() {
        given().contentType("application/json")
                .header("Accept-Language", "ru")
                .body(Map.of("email", "nobody", "password", "x"))
                .post("/api/v1/auth/register")
                .then()
                .statusCode(422)
                .body("title", equalTo("Некоторые поля заполнены неверно"))
                .body("violations.find { it.field == 'password' }.message", matchesPattern(".*[а-я]+.*"));
    }

    private ValidatableResponse register() {
        return user.post("register", Map.of("email", user.email, "password", TestUser.PASSWORD));
    }
}
