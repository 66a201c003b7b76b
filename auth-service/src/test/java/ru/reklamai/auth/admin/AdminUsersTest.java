package ru.reklamai.auth.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.TestDatabase;
import ru.reklamai.auth.TestUser;
import ru.reklamai.kit.session.SessionKeys;

@QuarkusTest
class AdminUsersTest {

    @Inject
    TestDatabase database;

    @Inject
    RedisDataSource redis;

    private TestUser user;
    private TestUser admin;

    @BeforeEach
    void makeAdmin() {
        user = TestUser.registered();
        admin = TestUser.registered();
        database.execute("UPDATE auth.users SET role = 'admin' WHERE email = '" + admin.email + "'");
        admin.keep(admin.login(TestUser.PASSWORD));
    }

    @Test
    void usersAreFoundByTheirAddress() {
        admin.get("admin/users?q=" + user.email)
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].email", equalTo(user.email))
                .body("items[0].blocked", equalTo(false));
        admin.get("admin/users/" + user.id()).body("email", equalTo(user.email));
    }

    @Test
    void theListGoesOnWhereThePageBeforeEnded() {
        String cursor = admin.get("admin/users?limit=1")
                .body("items", hasSize(1))
                .extract()
                .path("nextCursor");
        String next = admin.get("admin/users?limit=1&cursor=" + cursor)
                .body("items", hasSize(1))
                .extract()
                .path("items[0].id");
        assertThat(next).isLessThan(cursor);
    }

    @Test
    void aBlockedUserIsOutAtOnceAndInAgainLater() {
        String id = user.id();
        admin.put("admin/users/" + id + "/block", Map.of("reason", "spam"))
                .statusCode(200)
                .body("blocked", equalTo(true));
        user.refresh().statusCode(401);
        user.login(TestUser.PASSWORD).statusCode(403).body("type", equalTo("/problems/account-blocked"));
        assertThat(redis.value(String.class).get(SessionKeys.revoked(id))).isNotNull();
        admin.delete("admin/users/" + id + "/block").statusCode(200).body("blocked", equalTo(false));
        assertThat(redis.value(String.class).get(SessionKeys.revoked(id))).isNull();
        user.login(TestUser.PASSWORD).statusCode(200);
    }

    @Test
    void aNewRoleIsInTheNextToken() {
        admin.put("admin/users/" + user.id() + "/role", Map.of("role", "admin")).statusCode(200);
        user.keep(user.refresh().statusCode(200));
        user.get("admin/users").statusCode(200);
    }

    @Test
    void anAdminCantShutHimselfOut() {
        admin.put("admin/users/" + admin.id() + "/role", Map.of("role", "user")).statusCode(409);
        admin.put("admin/users/" + admin.id() + "/block", Map.of("reason", "x")).statusCode(409);
    }

    @Test
    void whatAdminsDoIsPublishedForTheAuditLog() {
        String id = user.id();
        admin.put("admin/users/" + id + "/block", Map.of("reason", "spam")).statusCode(200);
        await().until(() -> published(id) == 1);
    }

    @Test
    void usersAreNoAdmins() {
        user.get("admin/users").statusCode(403).body("type", equalTo("/problems/forbidden"));
        user.put("admin/users/" + admin.id() + "/block", Map.of("reason", "x")).statusCode(403);
    }

    @Test
    void aChangeOfAnUnknownUserIsNotLogged() {
        String nobody = "0197f0a0-0000-7000-8000-000000000001";
        admin.put("admin/users/" + nobody + "/block", Map.of("reason", "spam")).statusCode(404);
        assertThat(database.number("SELECT count(*) FROM auth.admin_actions WHERE subject = 'user:" + nobody + "'"))
                .isZero();
    }

    @Test
    void anUnknownUserIs404() {
        String nobody = "0197f0a0-0000-7000-8000-000000000001";
        admin.get("admin/users/" + nobody).statusCode(404);
        admin.put("admin/users/" + nobody + "/role", Map.of("role", "admin")).statusCode(404);
        admin.put("admin/users/" + nobody + "/role", Map.of("role", "king")).statusCode(422);
    }

    private long published(String user) {
        return database.number(
                "SELECT sum(published_version) FROM auth.admin_actions WHERE action = 'user.block' AND subject = 'user:"
                        + user + "'");
    }
}
