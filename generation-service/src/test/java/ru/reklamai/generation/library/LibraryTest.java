package ru.reklamai.generation.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.generation.TestFiles;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class LibraryTest {

    private static final byte[] FILE = "not really a picture".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @Inject
    ProviderEvents provider;

    @Inject
    TestDatabase database;

    @Inject
    TestFiles files;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @ParameterizedTest
    @CsvSource({
        "status=queued, 2",
        "status=failed, 1",
        "modality=image, 3",
        "modality=video, 0",
        "modelKey=google/nano-banana, 3",
        "modelKey=veo3, 0",
        "q=CUP, 2",
        "q=%, 0",
        "favourite=true, 1",
        "favourite=false, 2",
        "status=queued&q=cup, 1",
    })
    void theListIsFiltered(String query, int found) {
        user.put("generations/" + user.newGeneration("a red cup") + "/favourite");
        user.newGeneration("a plate");
        provider.failed(user.newGeneration("a blue cup"), user.id());
        user.get("generations?" + query).statusCode(200).body("items", hasSize(found));
    }

    @Test
    void theListIsFilteredByBoard() {
        UUID board = user.newBoard("Spring campaign");
        UUID there = user.newGeneration("a red cup", "boardId", board);
        user.newGeneration("a cup elsewhere");
        user.get("generations?boardId=" + board)
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(there.toString()));
    }

    @Test
    void pagesStayTheSameWhileMoreIsOrdered() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.addFirst(user.newGeneration("a cup").toString());
        }
        List<String> seen =
                new ArrayList<>(user.get("generations?limit=2").extract().<List<String>>path("items.id"));
        String cursor = user.get("generations?limit=2").extract().path("nextCursor");
        user.newGeneration("one more");
        while (cursor != null) {
            var page = user.get("generations?limit=2&cursor=" + cursor).extract();
            seen.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("nextCursor");
        }
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void whatIsDeletedIsGoneForEverybodyAndItsFilesFollow() throws Exception {
        UUID id = stored("a secret cup");
        user.delete("generations/" + id).statusCode(204);
        user.get("generations/" + id).statusCode(404);
        user.get("generations").body("items", hasSize(0));
        user.get("assets").body("items", hasSize(0));
        user.delete("generations/" + id).statusCode(404);
        assertThat(database.number(
                        "SELECT count(*) FROM studio.generations WHERE prompt LIKE '%secret%' AND id = '" + id + "'"))
                .isZero();
        await().until(() -> !files.isStored(user.id() + "/" + id + "/0.png"));
        user.get("credits/ledger").body("items.findAll { it.generationId == '" + id + "' }", hasSize(2));
    }

    @Test
    void whatRunsIsCancelledBeforeItIsDeleted() {
        UUID id = user.newGeneration("a cup");
        user.delete("generations/" + id).statusCode(409);
        user.post("generations/" + id + "/cancel", Map.of()).statusCode(200);
        user.delete("generations/" + id).statusCode(204);
    }

    @Test
    void aResultThatComesAfterTheDeletionIsNotKept() throws Exception {
        UUID id = user.newGeneration("a cup");
        provider.failed(id, user.id());
        user.delete("generations/" + id).statusCode(204);
        files.put(user.id() + "/" + id + "/0.png", FILE);
        provider.succeeded(id, user.id());
        await().until(() -> !files.isStored(user.id() + "/" + id + "/0.png"));
        assertThat(database.number("SELECT count(*) FROM studio.assets WHERE generation_id = '" + id + "'"))
                .isZero();
    }

    @Test
    void aFavouriteIsMarkedAndUnmarked() {
        UUID id = user.newGeneration("a cup");
        user.put("generations/" + id + "/favourite").statusCode(200).body("favourite", equalTo(true));
        user.delete("generations/" + id + "/favourite").statusCode(200).body("favourite", equalTo(false));
    }

    private UUID stored(String prompt) throws Exception {
        UUID id = user.newGeneration(prompt);
        files.put(user.id() + "/" + id + "/0.png", FILE);
        provider.succeeded(id, user.id());
        return id;
    }
}
