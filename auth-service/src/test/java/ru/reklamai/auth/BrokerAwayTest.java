package ru.reklamai.auth;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service starts without RabbitMQ and does all that it can do. */
@QuarkusTest
@TestProfile(BrokerAwayTest.NobodyListens.class)
class BrokerAwayTest {

    public static final class NobodyListens implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rabbitmq-port", "9");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void theServiceIsWell(String path) {
        given().get(path).then().statusCode(200);
    }

    /** It connects with the first event that it has to send. */
    @Test
    void readinessTellsThatTheBrokerIsAway() {
        TestUser.registered();
        await().untilAsserted(() -> given().get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'RabbitMQ' }.data.connected", equalTo(false)));
    }

    /** Nobody uses the connections that JDBC kept from the migrations, so nobody minds when they break. */
    @Test
    void readinessAsksOnlyForWhatTheServiceWorksWith() {
        given().get("/q/health")
                .then()
                .body("checks.name", containsInAnyOrder("RabbitMQ", "Reactive PostgreSQL connections health check"));
    }

    @Test
    void usersSignUpAndLogIn() {
        TestUser.registered().login(TestUser.PASSWORD).statusCode(200);
    }
}
