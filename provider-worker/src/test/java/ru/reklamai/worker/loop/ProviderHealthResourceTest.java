package ru.reklamai.worker.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class ProviderHealthResourceTest {

    @Inject
    TestTasks testTasks;

    KieStub stub;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
        stub.reset();
    }

    @Test
    void anAdminSeesTheBalanceAndTheTasks() {
        stub.answer(KieStub.CREDIT, "{'code':200,'data':12.5}");
        testTasks.running(user);
        health("admin")
                .statusCode(200)
                .body("reachable", equalTo(true))
                .body("accountBlocked", equalTo(false))
                .body("creditBalance", equalTo(12.5f))
                .body("tasks.running.tasks", equalTo(1));
    }

    @Test
    void aProviderThatDoesNotAnswerIsNotReachable() {
        health("admin").statusCode(200).body("reachable", equalTo(false)).body("creditBalance", nullValue());
    }

    @Test
    void itIsForAdminsAlone() {
        health("user").statusCode(403);
    }

    private ValidatableResponse health(String role) {
        return given().auth()
                .oauth2(TestTokens.of(user, "a@reklamai.local", role))
                .get("/api/v1/admin/provider")
                .then();
    }
}
