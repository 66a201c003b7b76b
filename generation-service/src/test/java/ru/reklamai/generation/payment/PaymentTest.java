package ru.reklamai.generation.payment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;

/** Notices as YooKassa's test shops send them. */
@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class PaymentTest {

    @Inject
    WebhookSignatures signatures;

    @Inject
    TestDatabase database;

    private final String paymentId = "2419a771-" + UuidCreator.getTimeOrderedEpoch();
    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @Test
    void aPaymentBringsCreditsOnceHoweverOftenItIsTold() {
        Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> send(paid("500.00", user.id())).extract().statusCode()))
                .limit(4)
                .toList()
                .forEach(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(user.balance()).isEqualTo(150.0f);
        user.get("credits/ledger")
                .body("items.findAll { it.type == 'purchase' }", hasSize(1))
                .body("items.find { it.type == 'purchase' }.reference", equalTo("yookassa:" + paymentId));
    }

    @Test
    void aPaymentOnItsWayBringsNothing() {
        send(notice("payment.waiting_for_capture", "waiting_for_capture", "500.00", user.id()))
                .statusCode(200);
        send(notice("payment.canceled", "canceled", "500.00", user.id())).statusCode(200);
        assertThat(user.balance()).isEqualTo(100.0f);
    }

    @Test
    void aRefundTakesItsCreditsOutOnce() {
        send(paid("500.00", user.id())).statusCode(200);
        send(refund("r1", "200.00")).statusCode(200);
        send(refund("r1", "200.00")).statusCode(200);
        assertThat(user.balance()).isEqualTo(130.0f);
        send(refund("r2", "300.00")).statusCode(200);
        assertThat(user.balance()).isEqualTo(100.0f);
    }

    @Test
    void aRefundTakesNoMoreThanIsLeft() {
        send(paid("500.00", user.id())).statusCode(200);
        for (int i = 0; i < 5; i++) {
            user.post("generate", Map.of("presetKey", "video-gen", "modelKey", "veo3", "prompt", "x"))
                    .statusCode(202);
        }
        send(refund("r1", "500.00")).statusCode(200);
        assertThat(user.balance()).isEqualTo(0.0f);
    }

    @Test
    void moreThanWasPaidIsNotTakenOut() {
        send(paid("100.00", user.id())).statusCode(200);
        send(refund("r1", "200.00")).statusCode(200);
        assertThat(user.balance()).isEqualTo(110.0f);
    }

    @Test
    void aPaymentOfNobodyIsKeptForAPersonToLook() {
        send(paid("500.00", UuidCreator.getTimeOrderedEpoch())).statusCode(200);
        assertThat(database.number("SELECT count(*) FROM studio.payments WHERE owner_id IS NULL AND payment_id = '"
                        + paymentId + "'"))
                .isEqualTo(1);
        database.execute("DELETE FROM studio.payments WHERE payment_id = '" + paymentId + "'");
    }

    @Test
    void aWrongSignatureIsRefused() {
        String body = paid("500.00", user.id());
        post("yookassa", signatures.of("other"), body).statusCode(403);
        post("yookassa", "0".repeat(64), body).statusCode(403);
        post("other", signatures.of("other"), body).statusCode(404);
        assertThat(user.balance()).isEqualTo(100.0f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "{}",
                "{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{\"id\":\"x\",\"status\":\"succeeded\"}}",
                "{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{\"id\":\"x\",\"status\":\"succeeded\",\"amount\":{\"value\":\"-5\",\"currency\":\"RUB\"}}}",
                "{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{\"id\":\"x\",\"status\":\"succeeded\",\"amount\":{\"value\":\"5.005\",\"currency\":\"RUB\"}}}",
                "{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{\"id\":\"x\",\"status\":\"succeeded\",\"amount\":{\"value\":\"5.00\",\"currency\":\"USD\"}}}",
                "{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{\"id\":\"x\",\"status\":\"succeeded\",\"amount\":{\"value\":\"99999999999999999999\",\"currency\":\"RUB\"}}}"
            })
    void whatIsNoNoticeIs400(String body) {
        send(body).statusCode(400);
    }

    private String paid(String rubles, UUID userId) {
        return notice("payment.succeeded", "succeeded", rubles, userId);
    }

    private String notice(String event, String status, String rubles, UUID userId) {
        return """
                {"type": "notification", "event": "%s", "object": {
                   "id": "%s", "status": "%s", "paid": true, "test": true, "created_at": "2026-11-25T10:00:00.000Z",
                   "amount": {"value": "%s", "currency": "RUB"}, "refundable": true,
                   "recipient": {"account_id": "100500", "gateway_id": "100700"},
                   "payment_method": {"type": "bank_card", "id": "22d6d597-000f-5000-9000-145f6df21d6f"},
                   "metadata": {"userId": "%s"}}}
                """.formatted(event, paymentId, status, rubles, userId);
    }

    private String refund(String id, String rubles) {
        return """
                {"type": "notification", "event": "refund.succeeded", "object": {
                   "id": "%s-%s", "status": "succeeded", "payment_id": "%s",
                   "amount": {"value": "%s", "currency": "RUB"}, "created_at": "2026-11-25T10:00:00.000Z"}}
                """.formatted(id, paymentId, paymentId, rubles);
    }

    private ValidatableResponse send(String body) {
        return post("yookassa", signatures.of("yookassa"), body);
    }

    private static ValidatableResponse post(String provider, String signature, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/v1/payments/" + provider + "/notifications/" + signature)
                .then();
    }
}
