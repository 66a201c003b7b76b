package ru.reklamai.generation.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.events.EventSchemas;
import ru.reklamai.events.GenerationQueried;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;

/** Against a real broker on which no worker is: its queues are declared here, and nobody takes anything out of them. */
@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class InquiryTest {

    @Inject
    Inquiry inquiry;

    @Inject
    TestDatabase database;

    @ConfigProperty(name = "rabbitmq-host")
    String host;

    @ConfigProperty(name = "rabbitmq-port")
    int port;

    @ConfigProperty(name = "rabbitmq-username")
    String username;

    @ConfigProperty(name = "rabbitmq-password")
    String password;

    @ConfigProperty(name = "rabbitmq-virtual-host")
    String virtualHost;

    @ConfigProperty(name = "reklamai.queue.requested")
    String requested;

    @ConfigProperty(name = "reklamai.queue.queried")
    String queried;

    private Connection connection;
    private Channel channel;
    private UUID silent;

    @BeforeEach
    void silence() throws Exception {
        var broker = new ConnectionFactory();
        broker.setHost(host);
        broker.setPort(port);
        broker.setUsername(username);
        broker.setPassword(password);
        broker.setVirtualHost(virtualHost);
        connection = broker.newConnection();
        channel = connection.createChannel();
        channel.queueDeclare(requested, true, false, false, Map.of());
        channel.queueDeclare(queried, true, false, false, Map.of());
        channel.queueBind(queried, "reklamai", GenerationQueried.TYPE);
        silent = TestCaller.user().newGeneration("a cup");
        await().until(() -> database.number(
                        "SELECT count(*) FROM studio.generations WHERE published_version = 1 AND id = '" + silent + "'")
                == 1);
        database.execute("UPDATE studio.generations SET queried_at = now() WHERE status IN ('queued', 'processing')");
        hearNothingFor("40 seconds");
    }

    @AfterEach
    void tidy() throws Exception {
        channel.queueDelete(requested);
        channel.queueDelete(queried);
        connection.close();
    }

    @Test
    void aSilentGenerationIsAskedAboutOnce() throws Exception {
        inquiry.run();
        GetResponse question = nextQuestion();
        assertThat(EventSchemas.violations(GenerationQueried.TYPE, new String(question.getBody(), UTF_8)))
                .isEmpty();
        assertThat(new String(question.getBody(), UTF_8)).contains("\"generationId\":\"" + silent + "\"", "a cup");
        inquiry.run();
        assertThat(channel.messageCount(queried)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested", "queried"})
    void nothingIsAskedWhileTheWorkerHasNotTakenEverything(String queue) throws Exception {
        String waiting = queue.equals("requested") ? requested : queried;
        channel.basicPublish("", waiting, null, new byte[] {1});
        await().until(() -> channel.messageCount(waiting) == 1);
        inquiry.run();
        assertThat(channel.messageCount(requested) + channel.messageCount(queried))
                .isEqualTo(1);
        assertThat(isAskedAbout()).isFalse();
        channel.queuePurge(waiting);
        inquiry.run();
        assertThat(isAskedAbout()).isTrue();
    }

    @Test
    void nothingIsAskedOfAWorkerThatWasNeverHere() throws Exception {
        channel.queueDelete(requested);
        inquiry.run();
        assertThat(isAskedAbout()).isFalse();
    }

    @Test
    void theOlderItIsTheMoreSeldomItIsAskedAbout() {
        database.execute(
                "UPDATE studio.generations SET created_at = now() - INTERVAL '2 minutes' WHERE id = '" + silent + "'");
        inquiry.run();
        assertThat(isAskedAbout()).isFalse();
        hearNothingFor("70 seconds");
        inquiry.run();
        assertThat(isAskedAbout()).isTrue();
    }

    @Test
    void whatHasEndedIsNotAskedAbout() {
        database.execute("UPDATE studio.generations SET status = 'cancelled', final_credits = 0, finished_at = now() "
                + "WHERE id = '" + silent + "'");
        inquiry.run();
        assertThat(isAskedAbout()).isFalse();
    }

    /** A generation of a minute, unless the test says otherwise. */
    private void hearNothingFor(String silence) {
        database.execute("""
                UPDATE studio.generations
                SET created_at = least(created_at, now() - INTERVAL '1 minute'), updated_at = now() - INTERVAL '%1$s',
                    published_at = now() - INTERVAL '%1$s', queried_at = NULL
                WHERE id = '%2$s'
                """.formatted(silence, silent));
    }

    private boolean isAskedAbout() {
        return database.number("SELECT count(*) FROM studio.generations WHERE queried_at IS NOT NULL AND id = '"
                        + silent + "'")
                == 1;
    }

    private GetResponse nextQuestion() throws Exception {
        await().until(() -> channel.messageCount(queried) == 1);
        return channel.basicGet(queried, true);
    }
}
