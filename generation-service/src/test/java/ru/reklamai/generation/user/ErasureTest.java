package ru.reklamai.generation.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.events.UserDeleted;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.generation.TestFiles;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class ErasureTest {

    @Inject
    UserDeletedConsumer consumer;

    @Inject
    ProviderEvents provider;

    @Inject
    TestDatabase database;

    @Inject
    TestFiles files;

    @Inject
    ObjectMapper json;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @Test
    void nothingOfThePersonIsLeftButTheLedgerIs() throws Exception {
        UUID ended = user.newGeneration("a secret cup");
        UUID running = user.newGeneration("a secret plate");
        provider.succeeded(ended, user.id());
        files.put(user.id() + "/" + ended + "/0.png", new byte[10]);
        user.put("generations/" + ended + "/share").statusCode(200);
        user.patch("profile", Map.of("fullName", "Anna Secret"));
        long entries = count("credit_ledger WHERE owner_id");
        delete();
        delete();
        assertThat(count("profiles WHERE email = '' AND full_name = '' AND user_id"))
                .isEqualTo(1);
        assertThat(
                        count(
                                "generations WHERE (prompt LIKE '%secret%' OR provider_request::text LIKE '%secret%') AND user_id"))
                .isZero();
        assertThat(count("assets WHERE user_id")).isZero();
        assertThat(count("board_members WHERE user_id")).isZero();
        assertThat(count("shares WHERE generation_id")).isZero();
        assertThat(count("credit_ledger WHERE owner_id")).isEqualTo(entries + 1);
        assertThat(database.number("SELECT reserved FROM studio.credit_accounts WHERE owner_id = '" + user.id() + "'"))
                .isZero();
        assertThat(count("generations WHERE status = 'cancelled' AND id = '" + running + "' AND user_id"))
                .isEqualTo(1);
        await().until(() -> !files.isStored(user.id() + "/" + ended + "/0.png"));
    }

    @Test
    void aTokenThatOutlivesTheAccountDoesNothing() throws Exception {
        delete();
        user.order("a cup").statusCode(401);
        user.get("profile").statusCode(401);
        user.get("boards").statusCode(200).body("items", hasSize(0));
        user.get("generations").body("items", hasSize(0));
    }

    @Test
    void whatOthersBroughtToTheBoardIsTheirs() throws Exception {
        UUID board = user.newBoard("Shared");
        TestCaller editor = TestCaller.user();
        user.post("boards/" + board + "/members", Map.of("email", editor.email(), "role", "editor"));
        UUID theirs = editor.newGeneration("a cup", "boardId", board);
        delete();
        String home = editor.get("boards").extract().path("items.find { it.isDefault }.id");
        editor.get("generations/" + theirs).statusCode(200).body("boardId", equalTo(home));
        editor.get("boards").body("items", hasSize(1));
    }

    @Test
    void aUserWhoWasNeverHereIsRememberedAsGone() throws Exception {
        UUID unknown = UuidCreator.getTimeOrderedEpoch();
        delete(unknown);
        assertThat(database.number("SELECT count(*) FROM studio.profiles WHERE deleted_at IS NOT NULL AND user_id = '"
                        + unknown + "'"))
                .isEqualTo(1);
    }

    private void delete() throws Exception {
        delete(user.id());
    }

    private void delete(UUID id) throws Exception {
        consumer.onUserDeleted(json.writeValueAsBytes(
                new UserDeleted(UuidCreator.getTimeOrderedEpoch(), UserDeleted.TYPE, 2, Instant.now(), id)));
    }

    /** @param from table and condition, up to the column that is compared with the user's id */
    private long count(String from) {
        List<String> parts = List.of(from.split(" WHERE ", 2));
        return database.number("SELECT count(*) FROM studio." + parts.getFirst() + " WHERE " + parts.getLast() + " = '"
                + user.id() + "'");
    }
}
