package ru.reklamai.generation.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.events.EventSchemas;
import ru.reklamai.events.ProviderTaskEvent;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class GenerationTest {

    @Inject
    ProviderEvents provider;

    @Inject
    GenerationRepository generations;

    @Inject
    GenerationPublisher publisher;

    @Inject
    TestDatabase database;

    @Inject
    ObjectMapper json;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @Test
    void anotherUsersGenerationIsUnknown() {
        String id = user.order("a cup").extract().path("generationId");
        TestCaller.newcomer().get("generations/" + id).statusCode(404);
    }

    @Test
    void successSettlesTheCreditsOnceHoweverOftenItIsTold() throws Exception {
        UUID id = user.newGeneration("a cup");
        provider.succeeded(id, user.id());
        provider.succeeded(id, user.id());
        user.get("generations/" + id).body("status", equalTo("succeeded")).body("finalCredits", equalTo(1.0f));
        user.get("credits").body("balance", equalTo(99.0f)).body("reserved", equalTo(0.0f));
        user.get("credits/ledger").body("items", hasSize(3));
    }

    @Test
    void failureGivesTheCreditsBack() throws Exception {
        UUID id = user.newGeneration("a cup");
        provider.failed(id, user.id());
        user.get("generations/" + id).body("status", equalTo("failed")).body("error.code", equalTo("provider-failed"));
        user.get("credits").body("balance", equalTo(100.0f)).body("reserved", equalTo(0.0f));
    }

    @Test
    void aLateResultIsTheUsersForFreeAndTheGenerationStaysFailed() throws Exception {
        UUID id = user.newGeneration("a cup");
        provider.failed(id, user.id());
        provider.succeeded(id, user.id());
        user.get("generations/" + id).body("status", equalTo("failed"));
        user.get("credits").body("balance", equalTo(100.0f));
        user.post("download", Map.of("generationId", id)).statusCode(200);
    }

    @Test
    void aProgressOlderThanTheNewestIsDropped() throws Exception {
        UUID id = user.newGeneration("a cup");
        provider.tell(new ProviderTaskEvent.Progressed(id, 5, Instant.now(), id, user.id(), 80));
        provider.tell(new ProviderTaskEvent.Progressed(id, 4, Instant.now(), id, user.id(), 40));
        user.get("generations/" + id).body("progress", equalTo(80)).body("version", equalTo(2));
    }

    @Test
    void whatIsCommittedIsPublishedAndStamped() {
        UUID id = user.newGeneration("a cup");
        await().until(() ->
                database.number("SELECT published_version FROM studio.generations WHERE id = '" + id + "'") == 1);
    }

    @Test
    void theUpdateThatIsPublishedMatchesItsSchema() throws JsonProcessingException {
        Generation generation =
                generations.find(user.newGeneration("a cup"), user.id()).orElseThrow();
        String event = json.writeValueAsString(publisher.toUpdated(generation));
        assertThat(EventSchemas.violations("generation.updated", event)).isEmpty();
    }

    @Test
    void changesSinceATimeHoldWhatEndedAfterIt() throws Exception {
        UUID id = user.newGeneration("a cup");
        String before = Instant.now().toString();
        provider.failed(id, user.id());
        user.get("generations/changes?since=" + before)
                .body("items.generationId", hasItem(id.toString()))
                .body("items[0].status", equalTo("failed"));
    }

    @Test
    void aFailureIsToldInTheLanguageOfWhoReadsIt() {
        UUID id = user.newGeneration("a cup");
        provider.failed(id, user.id());
        for (String path : List.of("generations/" + id, "generations/changes?since=2026-01-01T00:00:00Z")) {
            String error = path.contains("changes") ? "items[0].error." : "error.";
            inLanguage("en", path)
                    .body(error + "code", equalTo("provider-failed"))
                    .body(error + "message", containsString("Change the prompt"));
            inLanguage("ru", path)
                    .body(error + "code", equalTo("provider-failed"))
                    .body(error + "message", containsString("Измените запрос"));
        }
    }

    @Test
    void theOrderThatIsPublishedMatchesItsSchema() throws JsonProcessingException {
        Generation generation =
                generations.find(user.newGeneration("a cup"), user.id()).orElseThrow();
        String event = json.writeValueAsString(GenerationPublisher.toRequested(generation));
        assertThat(EventSchemas.violations("generation.requested", event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"generations?cursor=x", "generations?limit=x", "generations?boardId=1", "credits/ledger?cursor=1"
            })
    void aParameterThatCannotBeReadIsAProblem400(String path) {
        user.get(path).statusCode(400).body("type", equalTo("/problems/malformed-request"));
    }

    private ValidatableResponse inLanguage(String language, String path) {
        return user.request()
                .header("Accept-Language", language)
                .get("/api/v1/" + path)
                .then()
                .statusCode(200);
    }
}
