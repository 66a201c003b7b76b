package ru.reklamai.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.TestUser;
import ru.reklamai.kit.session.SessionKeys;

@QuarkusTest
class SessionsTest {

    @Inject
    RedisDataSource redis;

    private TestUser user;

    @BeforeEach
    void register() {
        user = TestUser.registered();
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
        assertThat(redis.value(String.class).get(SessionKeys.revoked(other))).isNotNull();
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
    void aTicketStandsForTheTokenForAWhile() {
        String ticket = user.post("ticket", Map.of())
                .statusCode(200)
                .body("expiresAt", not(empty()))
                .extract()
                .path("ticket");
        assertThat(redis.value(String.class).get(SessionKeys.ticket(ticket))).isEqualTo(user.accessToken());
        assertThat(redis.key().ttl(SessionKeys.ticket(ticket))).isBetween(1L, 30L);
    }
}
