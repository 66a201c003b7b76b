package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person who leaves is gone from every service, and the money is still right (152-FZ). */
@ExtendWith(Stack.class)
class AccountDeletionTest {

    private static final Path FILES = StackCommand.root().resolve(".local/s3");

    @Test
    void whoLeavesIsGoneFromEveryServiceAndTheLedgerStays() {
        var user = new User();
        String id = user.client.get("/api/v1/auth/me").body().path("id").asText();
        String ended = user.generate("google/nano-banana", "a very secret cup");
        user.awaitEnd(ended);
        String running = user.generate("google/nano-banana", "a very secret plate [slow]");
        assertThat(filesOf(id)).isPositive();
        assertThat(user.client
                        .post("/api/v1/auth/me/deletion", Map.of("password", "correct horse"))
                        .status())
                .isEqualTo(204);
        assertThat(user.client.get("/api/v1/credits").status()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(60)).until(() -> filesOf(id) == 0);
        await().until(() -> count("studio.generations WHERE status = 'cancelled' AND id = '" + running + "'") == 1);
        await().until(() -> count("provider.provider_tasks WHERE input <> '{}' AND user_id = '" + id + "'") == 0);
        assertThat(count("auth.users WHERE email LIKE '%example.org' AND id = '" + id + "'"))
                .isZero();
        assertThat(count("studio.profiles WHERE email <> '' AND user_id = '" + id + "'"))
                .isZero();
        assertThat(count(
                        "studio.generations WHERE (prompt <> '' OR provider_request::text LIKE '%secret%') AND user_id = '"
                                + id + "'"))
                .isZero();
        assertThat(count("studio.credit_ledger WHERE owner_id = '" + id + "'")).isGreaterThan(3);
        assertThat(count("studio.credit_discrepancies")).isZero();
    }

    private static long count(String from) {
        return Stack.COMMAND.number("SELECT count(*) FROM " + from);
    }

    private static long filesOf(String user) {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().contains("/e2e-") && file.toString().contains(user))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
