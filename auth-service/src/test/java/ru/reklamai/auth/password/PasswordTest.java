package ru.reklamai.auth.password;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.auth.TestDatabase;
import ru.reklamai.auth.TestMailbox;
import ru.reklamai.auth.TestUser;

@QuarkusTest
class PasswordTest {

    private static final String NEW_PASSWORD = "battery staple";

    @Inject
    TestMailbox mailbox;

    @Inject
    TestDatabase database;

    private TestUser user;

    @BeforeEach
    void register() {
        user = TestUser.registered();
    }

    @Test
    void mailsAreWrittenInTheLanguageOfTheRequest() {
        given().contentType("application/json")
                .header("Accept-Language", "ru-RU,ru;q=0.9")
                .body(Map.of("email", user.email))
                .post("/api/v1/auth/password/forgot")
                .then()
                .statusCode(202);
        mailbox.tokenFor("reset-password", user.email);
        assertThat(mailbox.sentTo(user.email))
                .anyMatch(mail -> mail.getSubject().equals("ReklamAI: новый пароль"));
    }

    @Test
    void aForgottenPasswordIsResetByMailAndEndsEverySession() {
        user.post("password/forgot", Map.of("email", user.email)).statusCode(202);
        String token = mailbox.tokenFor("reset-password", user.email);
        user.post("password/reset", Map.of("token", token, "password", NEW_PASSWORD))
                .statusCode(204);
        user.refresh().statusCode(401);
        user.login(TestUser.PASSWORD).statusCode(401);
        user.login(NEW_PASSWORD).statusCode(200);
        user.post("password/reset", Map.of("token", token, "password", "another one"))
                .statusCode(410);
    }

    @Test
    void anUnknownAddressGetsTheSameAnswerAndNoMail() {
        user.post("password/forgot", Map.of("email", "nobody-" + user.email)).statusCode(202);
        user.post("password/forgot", Map.of("email", user.email)).statusCode(202);
        mailbox.tokenFor("reset-password", user.email);
        assertThat(mailbox.sentTo("nobody-" + user.email)).isEmpty();
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        TestUser elsewhere = user.loggedInElsewhere(TestUser.PASSWORD);
        user.keep(user.post("password", Map.of("currentPassword", TestUser.PASSWORD, "newPassword", NEW_PASSWORD))
                .statusCode(200));
        elsewhere.refresh().statusCode(401);
        user.refresh().statusCode(200);
        user.login(NEW_PASSWORD).statusCode(200);
    }

    @Test
    void aNewPasswordMustNotBeACommonOne() {
        user.post("password", Map.of("currentPassword", TestUser.PASSWORD, "newPassword", "password1"))
                .statusCode(422)
                .body("violations.field", hasItem("newPassword"));
    }

    @Test
    void theOldPasswordIsAskedForBeforeANewOne() {
        user.post("password", Map.of("currentPassword", "no idea", "newPassword", NEW_PASSWORD))
                .statusCode(401);
        user.login(TestUser.PASSWORD).statusCode(200);
    }

    @Test
    void afterTenWrongPasswordsEvenTheRightOneIsNotLookedAt() {
        for (int i = 0; i < 10; i++) {
            user.login("wrong " + i).statusCode(401);
        }
        user.login(TestUser.PASSWORD)
                .statusCode(429)
                .body("type", equalTo("/problems/rate-limited"))
                .header("Retry-After", matchesPattern("\\d+"));
    }

    @Test
    void unknownAccountsAreThrottledAlike() {
        var nobody = new TestUser();
        for (int i = 0; i < 10; i++) {
            nobody.login("wrong " + i).statusCode(401);
        }
        nobody.login("wrong").statusCode(429);
    }

    @Test
    void anAddressThatTriesManyAccountsIsThrottled() {
        for (int i = 0; i < 50; i++) {
            user.post("login", Map.of("email", i + user.email, "password", "wrong"))
                    .statusCode(401);
        }
        user.post("login", Map.of("email", "other" + user.email, "password", "wrong"))
                .statusCode(429);
        TestUser.registered().login(TestUser.PASSWORD).statusCode(200);
    }

    /** As three kinds of bcrypt programs write them, with less work than ours. */
    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void hashesFromElsewhereAreTakenAndMadeStronger(String prefix) {
        String weak = BcryptUtil.bcryptHash(TestUser.PASSWORD, 4).replace("$2a$", prefix);
        database.execute("UPDATE auth.users SET password_hash = '" + weak + "' WHERE email = '" + user.email + "'");
        user.login("wrong").statusCode(401);
        user.login(TestUser.PASSWORD).statusCode(200);
        assertThat(database.number("SELECT count(*) FROM auth.users WHERE email = '" + user.email
                        + "' AND password_hash LIKE '$2a$05$%'"))
                .isEqualTo(1);
        user.login(TestUser.PASSWORD).statusCode(200);
    }

    @Test
    void aPasswordOfMoreThan72BytesCountsToItsEnd() {
        var other = new TestUser();
        String password = "пароль ".repeat(12);
        other.post("register", Map.of("email", other.email, "password", password + "1"))
                .statusCode(201);
        other.login(password + "2").statusCode(401);
        other.login(password + "1").statusCode(200);
    }
}
