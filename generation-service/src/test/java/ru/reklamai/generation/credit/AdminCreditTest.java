package ru.reklamai.generation.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class AdminCreditTest {

    private TestCaller admin;
    private TestCaller user;

    @BeforeEach
    void register() {
        admin = TestCaller.admin();
        user = TestCaller.user();
    }

    @Test
    void aGrantCountsOnceAndIsInTheAuditLog() {
        adjust("25.50", "key").statusCode(200).body("balance", equalTo(125.5f));
        adjust("25.50", "key").statusCode(200).body("balance", equalTo(125.5f));
        adjust("1", "key").statusCode(409).body("type", equalTo("/problems/idempotency-key-reused"));
        admin.get("admin/audit?subject=user:" + user.id())
                .body("items", hasSize(1))
                .body("items[0].action", equalTo("user.credits"))
                .body("items[0].details.hundredths", equalTo(2550))
                .body("items[0].details.reason", equalTo("a gift"));
    }

    @Test
    void noMoreIsTakenThanThereIs() {
        adjust("-100", "all").statusCode(200).body("balance", equalTo(0.0f));
        adjust("-0.01", "more").statusCode(409);
        user.order("a cup").statusCode(402);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.001", "10000000"})
    void aWrongAmountIsRefused(String amount) {
        adjust(amount, "key").statusCode(422);
    }

    @Test
    void aKeyIsRequired() {
        admin.post("admin/users/" + user.id() + "/credits", Map.of("amount", 1, "reason", "x"))
                .statusCode(422);
    }

    @Test
    void anAdminSeesTheUsersLedger() {
        admin.get("admin/users/" + user.id() + "/credits").statusCode(200).body("balance", equalTo(100.0f));
        admin.get("admin/users/" + user.id() + "/credits/ledger").body("items[0].reference", equalTo("sign-up"));
        admin.get("admin/users/0197f0a0-0000-7000-8000-000000000001/credits").statusCode(404);
    }

    @Test
    void usersGrantThemselvesNothing() {
        user.post("admin/users/" + user.id() + "/credits", Map.of("amount", 1, "reason", "x"), "Idempotency-Key", "k")
                .statusCode(403);
        assertThat(user.balance()).isEqualTo(100.0f);
    }

    @Test
    void theLedgerGoesOnWhereThePageBeforeEnded() {
        adjust("1", "a").statusCode(200);
        adjust("2", "b").statusCode(200);
        String cursor = user.get("credits/ledger?limit=2")
                .body("items", hasSize(2))
                .extract()
                .path("nextCursor");
        adjust("3", "c").statusCode(200);
        user.get("credits/ledger?limit=2&cursor=" + cursor)
                .body("items", hasSize(1))
                .body("items[0].reference", equalTo("sign-up"));
    }

    private ValidatableResponse adjust(String amount, String key) {
        return admin.post(
                "admin/users/" + user.id() + "/credits",
                Map.of("amount", new BigDecimal(amount), "reason", "a gift"),
                "Idempotency-Key",
                key);
    }
}
