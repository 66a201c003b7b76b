package ru.reklamai.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AccountTest {

    private static final Pattern LINK = Pattern.compile("#([a-z-]+)=([A-Za-z0-9_-]+)");
    private static final String NEW_PASSWORD = "battery staple";

    @Inject
    MockMailbox mailbox;

    @Inject
    AgroalDataSource database;

    @Inject
    RedisDataSource redis;

    private TestUser user;

    @BeforeEach
    void register() {
        user = TestUser.registered();
    }

    @Test
    void theLinkInTheFirstMailVerifiesTheAddressOnce() {
        user.get("auth/me").body("emailVerified", equalTo(false));
        String token = linkTo(user.email, "verify-email");
        user.post("verification/confirm", Map.of("token", token)).statusCode(204);
        user.get("auth/me").body("emailVerified", equalTo(true));
        user.post("verification/confirm", Map.of("token", token))
                .statusCode(410)
                .body("type", equalTo("/problems/link-ended"));
    }

    @Test
    void aLinkThatWasChangedVerifiesNothing() {
        String token = linkTo(user.email, "verify-email");
        char other = token.charAt(40) == 'A' ? 'B' : 'A';
        user.post("verification/confirm", Map.of("token", token.substring(0, 40) + other + token.substring(41)))
                .statusCode(410);
        user.post("password/reset", Map.of("token", token, "password", NEW_PASSWORD))
                .statusCode(410);
    }

    @Test
    void aSecondMailWithinAMinuteIsLeftOut() {
        linkTo(user.email, "verify-email");
        user.post("verification", Map.of()).statusCode(202);
        assertThat(count("SELECT count(*) FROM auth.mails m JOIN auth.users u ON u.id = m.user_id WHERE u.email = '"
                        + user.email + "'"))
                .isEqualTo(1);
    }

    @Test
    void mailsAreWrittenInTheLanguageOfTheRequest() {
        io.restassured.RestAssured.given()
                .contentType("application/json")
                .header("Accept-Language", "ru-RU,ru;q=0.9")
                .body(Map.of("email", user.email))
                .post("/api/v1/auth/password/forgot")
                .then()
                .statusCode(202);
        linkTo(user.email, "reset-password");
        assertThat(mailbox.getMailsSentTo(user.email))
                .anyMatch(mail -> mail.getSubject().equals("ReklamAI: новый пароль"));
    }

    @Test
    void aForgottenPasswordIsResetByMailAndEndsEverySession() {
        user.post("password/forgot", Map.of("email", user.email)).statusCode(202);
        String token = linkTo(user.email, "reset-password");
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
        linkTo(user.email, "reset-password");
        assertThat(mailbox.getMailsSentTo("nobody-" + user.email)).isEmpty();
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
    void theOldPasswordIsAskedForBeforeANewOne() {
        user.post("password", Map.of("currentPassword", "no idea", "newPassword", NEW_PASSWORD))
                .statusCode(401);
        user.login(TestUser.PASSWORD).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "PASSWORD1", "12345678", "qwertyuiop"})
    void commonPasswordsAreRefused(String common) {
        new TestUser()
                .post("register", Map.of("email", "x" + user.email, "password", common))
                .statusCode(422)
                .body("violations.field", hasItem("password"));
    }

    @Test
    void sessionsAreListedAndEnded() {
        TestUser elsewhere = user.loggedInElsewhere(TestUser.PASSWORD);
        user.get("auth/sessions")
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.findAll { it.current }", hasSize(1))
                .body("items[0].address", matchesPattern("10\\..*"));
        String other = user.get("auth/sessions").extract().path("items.find { !it.current }.id");
        user.delete("auth/sessions/" + other).statusCode(204);
        user.delete("auth/sessions/" + other).statusCode(404);
        elsewhere.refresh().statusCode(401);
        assertThat(redis.value(String.class).get("revoked:" + other)).isNotNull();
        user.refresh().statusCode(200);
    }

    @Test
    void aSessionOfAnotherUserIsUnknown() {
        TestUser stranger = TestUser.registered();
        String session = user.get("auth/sessions").extract().path("items[0].id");
        stranger.delete("auth/sessions/" + session).statusCode(404);
        user.refresh().statusCode(200);
    }

    @Test
    void allOtherSessionsEndAtOnce() {
        List<TestUser> others =
                List.of(user.loggedInElsewhere(TestUser.PASSWORD), user.loggedInElsewhere(TestUser.PASSWORD));
        user.delete("auth/sessions").statusCode(204);
        others.forEach(other -> other.refresh().statusCode(401));
        user.get("auth/sessions").body("items", hasSize(1));
    }

    @Test
    void aDeletedAccountIsGoneAndItsAddressIsFree() {
        String id = user.id();
        user.post("me/deletion", Map.of("password", "no idea")).statusCode(401);
        user.post("me/deletion", Map.of("password", TestUser.PASSWORD)).statusCode(204);
        user.login(TestUser.PASSWORD).statusCode(401);
        user.refresh().statusCode(401);
        user.get("auth/me").statusCode(401);
        assertThat(count("SELECT count(*) FROM auth.users WHERE id = '" + id + "' AND email LIKE '%@deleted.invalid'"))
                .isEqualTo(1);
        await().until(() -> count("SELECT published_version FROM auth.users WHERE id = '" + id + "'") == 2);
        user.post("register", Map.of("email", user.email, "password", TestUser.PASSWORD))
                .statusCode(201);
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
        String weak = io.quarkus.elytron.security.common.BcryptUtil.bcryptHash(TestUser.PASSWORD, 4)
                .replace("$2a$", prefix);
        execute("UPDATE auth.users SET password_hash = '" + weak + "' WHERE email = '" + user.email + "'");
        user.login("wrong").statusCode(401);
        user.login(TestUser.PASSWORD).statusCode(200);
        assertThat(count("SELECT count(*) FROM auth.users WHERE email = '" + user.email
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

    @Test
    void aTicketStandsForTheTokenForAWhile() {
        String ticket = user.post("ticket", Map.of())
                .statusCode(200)
                .body("expiresAt", not(empty()))
                .extract()
                .path("ticket");
        assertThat(redis.value(String.class).get("ticket:" + ticket)).startsWith("ey");
        assertThat(redis.key().ttl("ticket:" + ticket)).isBetween(1L, 30L);
    }

    @Test
    void errorsSpeakRussianToWhoAsksForIt() {
        io.restassured.RestAssured.given()
                .contentType("application/json")
                .header("Accept-Language", "ru")
                .body(Map.of("email", "nobody", "password", "x"))
                .post("/api/v1/auth/register")
                .then()
                .statusCode(422)
                .body("title", equalTo("Некоторые поля заполнены неверно"))
                .body("violations.find { it.field == 'password' }.message", matchesPattern(".*[а-я]+.*"));
    }

    private String linkTo(String email, String purpose) {
        return await().until(
                        () -> mailbox.getMailsSentTo(email).stream()
                                .map(mail -> LINK.matcher(mail.getText()))
                                .filter(Matcher::find)
                                .filter(link -> link.group(1).equals(purpose))
                                .map(link -> link.group(2))
                                .toList(),
                        not(empty()))
                .getFirst();
    }

    private long count(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
