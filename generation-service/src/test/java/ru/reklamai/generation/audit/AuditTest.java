package ru.reklamai.generation.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.events.AdminActed;
import ru.reklamai.generation.TestDatabase;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class AuditTest {

    @Inject
    AuditConsumer consumer;

    @Inject
    TestDatabase database;

    @Inject
    ObjectMapper json;

    @Test
    void whatIsToldTwiceIsWrittenOnce() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        byte[] message = json.writeValueAsBytes(new AdminActed(
                id, AdminActed.TYPE, 1, Instant.now(), null, "user.block", "user:x", Map.of("reason", "spam")));
        consumer.onAdminActed(message);
        consumer.onAdminActed(message);
        assertThat(database.number("SELECT count(*) FROM studio.audit_log WHERE id = '" + id + "'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> database.execute("DELETE FROM studio.audit_log WHERE id = '" + id + "'"))
                .hasStackTraceContaining("append-only");
    }
}
