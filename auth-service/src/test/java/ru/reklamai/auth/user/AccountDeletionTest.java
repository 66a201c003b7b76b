package ru.reklamai.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.TestDatabase;
import ru.reklamai.auth.TestUser;

@QuarkusTest
class AccountDeletionTest {

    @Inject
    TestDatabase database;

    private TestUser user;

    @BeforeEach
    void register() {
        user = TestUser.registered();
    }

    @Test
    void aDeletedAccountIsGoneAndItsAddressIsFree() {
        String id = user.id();
        user.post("me/deletion", Map.of("password", "no idea")).statusCode(401);
        user.post("me/deletion", Map.of("password", TestUser.PASSWORD)).statusCode(204);
        user.login(TestUser.PASSWORD).statusCode(401);
        user.refresh().statusCode(401);
        user.get("auth/me").statusCode(401);
        assertThat(count("users WHERE id = '" + id + "' AND email LIKE '%@deleted.invalid'"))
                .isEqualTo(1);
        await().until(() -> database.number("SELECT published_version FROM auth.users WHERE id = '" + id + "'") == 2);
        user.post("register", Map.of("email", user.email, "password", TestUser.PASSWORD))
                .statusCode(201);
    }

    @Test
    void sessionsAndMailsAreErasedWithTheAccount() {
        String id = user.id();
        user.post("me/deletion", Map.of("password", TestUser.PASSWORD)).statusCode(204);
        assertThat(count("refresh_tokens WHERE user_id = '" + id + "'")).isZero();
        assertThat(count("mails WHERE user_id = '" + id + "'")).isZero();
    }

    private long count(String rows) {
        return database.number("SELECT count(*) FROM auth." + rows);
    }
}
