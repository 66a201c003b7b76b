package ru.reklamai.worker.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.kit.signature.Hmac;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.submission.CallbackAddresses;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTask.Status;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class CallbackResourceTest {

    private static final String WEBHOOK_KEY = "simulator-webhook-key";

    @Inject
    CallbackAddresses addresses;

    @Inject
    TestTasks testTasks;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private ProviderTask unanswered;

    @BeforeEach
    void aTaskWhoseCreateWentUnanswered() {
        testTasks.deleteAll();
        unanswered = testTasks.submitting(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"taskId", "task_id"})
    void aCallbackBringsTheTaskIdAndMakesTheNextStepDue(String field) {
        signed("t-1", Instant.now())
                .body("{\"code\":200,\"data\":{\"" + field + "\":\"t-1\"}}")
                .post(path(unanswered.id()))
                .then()
                .statusCode(200);
        ProviderTask task = testTasks.find(unanswered);
        assertThat(task.status()).isEqualTo(Status.RUNNING);
        assertThat(task.providerTaskId()).contains("t-1");
        assertThat(testTasks.is(task, "next_step_at <= now()")).isTrue();
    }

    @Test
    void anAddressThatWeDidNotGiveOutIsRefused() {
        String path = path(unanswered.id());
        assertRefused(signed("t-1", Instant.now()), path.substring(0, path.length() - 1) + "x");
    }

    @Test
    void theAddressOfAnotherGenerationIsRefused() {
        String other = path(UuidCreator.getTimeOrderedEpoch());
        String signature = other.substring(other.lastIndexOf('/'));
        assertRefused(signed("t-1", Instant.now()), "/api/v1/provider/kie/callback/" + unanswered.id() + signature);
    }

    @Test
    void whatKieDidNotSignIsRefused() {
        assertRefused(json(), path(unanswered.id()));
        assertRefused(signed("another", Instant.now()), path(unanswered.id()));
        assertRefused(
                json().header("X-Webhook-Timestamp", "soon").header("X-Webhook-Signature", "x"), path(unanswered.id()));
    }

    @Test
    void anOldCallbackIsRefusedAndOneOfMinutesAgoIsNot() {
        assertRefused(signed("t-1", Instant.now().minus(Duration.ofMinutes(6))), path(unanswered.id()));
        assertRefused(signed("t-1", Instant.now().plus(Duration.ofMinutes(6))), path(unanswered.id()));
        post(signed("t-1", Instant.now().minus(Duration.ofMinutes(4))), path(unanswered.id()), 200);
    }

    @Test
    void aCallbackOfATaskThatWeDontKnowIsNotFound() {
        post(signed("t-1", Instant.now()), path(UuidCreator.getTimeOrderedEpoch()), 404);
    }

    private void assertRefused(RequestSpecification request, String path) {
        post(request, path, 403);
        assertThat(testTasks.find(unanswered).status()).isEqualTo(Status.SUBMITTING);
    }

    private static void post(RequestSpecification request, String path, int status) {
        request.body("{\"code\":200,\"data\":{\"taskId\":\"t-1\"}}")
                .post(path)
                .then()
                .statusCode(status);
    }

    private String path(UUID generationId) {
        return URI.create(addresses.addressOf(generationId)).getPath();
    }

    private static RequestSpecification signed(String taskId, Instant at) {
        String timestamp = String.valueOf(at.getEpochSecond());
        return json().header("X-Webhook-Timestamp", timestamp)
                .header(
                        "X-Webhook-Signature",
                        Base64.getEncoder().encodeToString(new Hmac(WEBHOOK_KEY).of(taskId + "." + timestamp)));
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }
}
