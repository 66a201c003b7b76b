package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.EventSchemas;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.HeardEvents;
import ru.reklamai.worker.WithoutLoop;

/** The event follows from the row alone; each is as its schema says. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class TaskPublisherTest {

    @Inject
    TestTasks testTasks;

    @Inject
    StepRepository steps;

    @Inject
    TaskPublisher publisher;

    @Inject
    HeardEvents heard;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void aTaskThatTheProviderTookIsSubmitted() {
        assertThat(told(testTasks.running(user)).path("type").asText()).isEqualTo("provider.task.submitted");
    }

    @Test
    void progressIsTold() {
        ProviderTask task =
                steps.progressed(testTasks.running(user), 40, Duration.ZERO).orElseThrow();
        JsonNode event = told(task);
        assertThat(event.path("type").asText()).isEqualTo("provider.task.progressed");
        assertThat(event.path("progress").asInt()).isEqualTo(40);
    }

    @Test
    void aTaskThatIsWatchedAfterItsDeadlineHasFailedForItsOwner() {
        ProviderTask task = steps.passDeadline(
                        testTasks.running(user), Failure.of(MessageCode.DEADLINE), Duration.ofHours(1))
                .orElseThrow();
        JsonNode event = told(task);
        assertThat(event.path("type").asText()).isEqualTo("provider.task.failed");
        assertThat(event.path("error").path("code").asText()).isEqualTo("deadline");
    }

    @Test
    void aFailureIsToldByCodeAndParameters() {
        Failure failure = Failure.of(MessageCode.PROVIDER_FAILED, "(no)");
        ProviderTask task =
                steps.fail(testTasks.running(user), failure, Optional.empty()).orElseThrow();
        JsonNode error = told(task).path("error");
        assertThat(error.path("code").asText()).isEqualTo("provider-failed");
        assertThat(error.path("parameters").path(0).asText()).isEqualTo("(no)");
    }

    @Test
    void aSuccessNamesItsFiles() {
        var asset = new StoredAsset(0, "u/g/0.png", "image/png", 9, 8, 8, null, null);
        ProviderTask task = steps.succeed(testTasks.delivering(user, "https://kie/a.png"), List.of(asset))
                .orElseThrow();
        assertThat(told(task).path("assets").path(0).path("path").asText()).isEqualTo("u/g/0.png");
    }

    @Test
    void nobodyIsToldOfWhatIsOnlyAccountedFor() {
        ProviderTask unwanted = testTasks.set(testTasks.delivering(user, "https://kie/a.png"), "result_wanted = false");
        assertThat(TaskPublisher.eventsOf(steps.accountFor(unwanted).orElseThrow()))
                .isEmpty();
    }

    private JsonNode told(ProviderTask task) {
        publisher.publish(task);
        await().until(() -> heard.of(task.id()).stream()
                .anyMatch(event -> event.path("version").asInt() == task.version()));
        JsonNode event = heard.of(task.id()).stream()
                .filter(version -> version.path("version").asInt() == task.version())
                .findFirst()
                .orElseThrow();
        assertThat(EventSchemas.violations(event.path("type").asText(), event.toString()))
                .isEmpty();
        return event;
    }
}
