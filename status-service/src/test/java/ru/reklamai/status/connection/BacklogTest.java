package ru.reklamai.status.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.reklamai.status.connection.TestConnections.ONE;
import static ru.reklamai.status.connection.TestConnections.update;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {

    @Test
    void aGenerationThatGoesOnIsNotForgottenHoweverManyOthersThereAre() {
        var backlog = new Backlog(Map.of());
        IntStream.range(0, 10_000).forEach(i -> {
            backlog.add(update(ONE, i + 1));
            backlog.add(update(new UUID(7, i), 1));
        });
        backlog.clear();
        backlog.add(update(ONE, 10_000));
        assertThat(backlog.poll()).isEmpty();
    }

    @Test
    void whatAClientHasIsNotAdded() {
        var backlog = new Backlog(Map.of(ONE, 3));
        backlog.add(update(ONE, 3));
        assertThat(backlog.poll()).isEmpty();
        backlog.add(update(ONE, 4));
        assertThat(backlog.poll()).contains(update(ONE, 4));
    }
}
