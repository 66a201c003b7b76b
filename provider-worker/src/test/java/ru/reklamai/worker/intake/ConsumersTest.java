package ru.reklamai.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.GenerationQueried;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.events.UserDeleted;
import ru.reklamai.worker.HeardEvents;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTask.Status;
import ru.reklamai.worker.task.ProviderTaskRepository;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class ConsumersTest {

    @Inject
    GenerationConsumer generations;

    @Inject
    UserDeletedConsumer users;

    @Inject
    TestTasks testTasks;

    @Inject
    ProviderTaskRepository tasks;

    @Inject
    HeardEvents heard;

    @Inject
    @Channel("events")
    MutinyEmitter<byte[]> broker;

    @Inject
    ObjectMapper json;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final UUID generation = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void everyEventArrivesFromTheBroker() throws IOException {
        send("generation.requested", order());
        await().until(() -> tasks.find(generation).isPresent());
        send("generation.cancelled", TestTasks.cancellation(generation, user));
        await().until(() -> tasks.find(generation).orElseThrow().cancelled());
        UUID lost = UuidCreator.getTimeOrderedEpoch();
        send("generation.queried", query(TestTasks.order(lost, user)));
        await().until(() -> tasks.find(lost).isPresent());
        send("user.deleted", deletion());
        await().until(() -> tasks.find(lost).orElseThrow().input().isEmpty());
    }

    @Test
    void aRepeatedOrderChangesNothingAndIsNotAnswered() throws IOException {
        ProviderTask running = testTasks.running(user);
        generations.onGenerationRequested(bytes(TestTasks.order(running.id(), user)));
        assertThat(testTasks.find(running)).isEqualTo(running);
        // What was asked for afterwards is heard, so an answer to the repeat would have been heard too.
        generations.onGenerationQueried(bytes(query(TestTasks.order(running.id(), user))));
        await().until(() -> !heard.of(running.id()).isEmpty());
        assertThat(heard.of(running.id())).hasSize(1);
    }

    @Test
    void whoAsksHearsTheLastWordAgain() throws IOException {
        ProviderTask running = testTasks.running(user);
        generations.onGenerationQueried(bytes(query(TestTasks.order(running.id(), user))));
        await().until(() -> !heard.of(running.id()).isEmpty());
        JsonNode event = heard.of(running.id()).getFirst();
        assertThat(event.path("type").asText()).isEqualTo("provider.task.submitted");
        assertThat(event.path("version").asInt()).isEqualTo(running.version());
        assertThat(testTasks.find(running)).isEqualTo(running);
    }

    @Test
    void anOrderThatNeverArrivedIsTakenWhenItIsAskedFor() throws IOException {
        generations.onGenerationQueried(bytes(query(order())));
        assertThat(tasks.find(generation)).map(ProviderTask::status).contains(Status.PENDING);
    }

    @Test
    void aCancellationBeforeItsOrderEndsIt() throws IOException {
        generations.onGenerationCancelled(bytes(TestTasks.cancellation(generation, user)));
        generations.onGenerationRequested(bytes(order()));
        assertThat(tasks.find(generation)).map(ProviderTask::status).contains(Status.FAILED);
    }

    @Test
    void aPersonWhoIsGoneIsErased() throws IOException {
        generations.onGenerationRequested(bytes(order()));
        users.onUserDeleted(bytes(deletion()));
        ProviderTask task = tasks.find(generation).orElseThrow();
        assertThat(task.input()).isEmpty();
        assertThat(task.cancelled()).isTrue();
    }

    private GenerationRequested order() {
        return TestTasks.order(generation, user);
    }

    private static GenerationQueried query(GenerationRequested order) {
        return new GenerationQueried(
                UuidCreator.getTimeOrderedEpoch(),
                GenerationQueried.TYPE,
                1,
                Instant.now(),
                order.generationId(),
                order.userId(),
                order);
    }

    private UserDeleted deletion() {
        return new UserDeleted(UuidCreator.getTimeOrderedEpoch(), UserDeleted.TYPE, 1, Instant.now(), user);
    }

    private void send(String routingKey, Object event) throws IOException {
        var metadata =
                OutgoingRabbitMQMetadata.builder().withRoutingKey(routingKey).build();
        broker.sendMessageAndAwait(Message.of(bytes(event), Metadata.of(metadata)));
    }

    private byte[] bytes(Object event) throws IOException {
        return json.writeValueAsBytes(event);
    }
}
