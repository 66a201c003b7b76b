package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker that confirmed a message and lost it delays a generation, and that is all. */
@ExtendWith(Stack.class)
class LostMessagesTest {

    private final User user = new User();

    @Test
    void aLostOrderIsSentAgain() throws Exception {
        Stack.COMMAND.run("stop-service", "provider-worker");
        String id;
        try {
            id = user.generate("google/nano-banana", "a cup");
            await().until(() -> isPublished("studio.generations", "id", id));
            lose("provider-worker.requested");
        } finally {
            Stack.COMMAND.run("start-service", "provider-worker");
        }
        awaitSuccess(id);
    }

    @Test
    void aLostResultIsAskedFor() throws Exception {
        String id = user.generate("google/nano-banana", "[slow]");
        await().until(() -> user.status(id).equals("processing"));
        Stack.COMMAND.run("stop-service", "generation-service");
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> isEnded(id) && isPublished("provider.provider_tasks", "generation_id", id));
            lose("generation-service.provider-tasks");
        } finally {
            Stack.COMMAND.run("start-service", "generation-service");
        }
        awaitSuccess(id);
    }

    private void awaitSuccess(String id) {
        await().atMost(Duration.ofSeconds(60)).until(() -> user.status(id).equals("succeeded"));
        assertThat(user.balance()).isLessThan(BigDecimal.valueOf(100));
    }

    private static boolean isEnded(String id) {
        return Stack.COMMAND.number(
                        "SELECT count(*) FROM provider.provider_tasks WHERE status = 'succeeded' AND generation_id = '"
                                + id + "'")
                == 1;
    }

    private static boolean isPublished(String table, String key, String id) {
        return Stack.COMMAND.number("SELECT count(*) FROM " + table + " WHERE version = published_version AND " + key
                        + " = '" + id + "'")
                == 1;
    }

    private static void lose(String queue) throws Exception {
        try (Connection connection = Stack.broker();
                var channel = connection.createChannel()) {
            assertThat(channel.queuePurge(queue).getMessageCount()).isPositive();
        }
    }
}
