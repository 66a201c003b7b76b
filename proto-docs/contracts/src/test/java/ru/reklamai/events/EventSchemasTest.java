package ru.reklamai.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.reklamai.message.MessageCode;

class EventSchemasTest {

    private static final UUID ID = UUID.fromString("0197f0a0-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");
    private static final Failure ERROR = Failure.of(MessageCode.PROVIDER_FAILED, "(too dark)");

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    record Sample(String schema, Object event) {}

    static Stream<Sample> events() {
        return Stream.of(
                new Sample(GenerationRequested.TYPE, requested()),
                new Sample(
                        GenerationQueried.TYPE,
                        new GenerationQueried(ID, GenerationQueried.TYPE, 1, NOW, ID, ID, requested())),
                new Sample(
                        GenerationCancelled.TYPE,
                        new GenerationCancelled(
                                ID,
                                GenerationCancelled.TYPE,
                                2,
                                NOW,
                                ID,
                                ID,
                                ProviderFamily.MARKET,
                                "m",
                                "image",
                                true)),
                new Sample(GenerationUpdated.TYPE, updated()),
                new Sample(
                        "user-update",
                        UserUpdate.of(updated(), new ErrorInfo("provider-failed", "Try another prompt."))),
                new Sample(
                        UserRegistered.TYPE,
                        new UserRegistered(ID, UserRegistered.TYPE, 1, NOW, ID, "anna@example.org", null)),
                new Sample(UserDeleted.TYPE, new UserDeleted(ID, UserDeleted.TYPE, 2, NOW, ID)),
                new Sample(
                        AdminActed.TYPE,
                        new AdminActed(
                                ID, AdminActed.TYPE, 1, NOW, null, "user.role", "user:" + ID, Map.of("role", "admin"))),
                new Sample(ProviderTaskEvent.Submitted.TYPE, new ProviderTaskEvent.Submitted(ID, 1, NOW, ID, ID)),
                new Sample(ProviderTaskEvent.Progressed.TYPE, new ProviderTaskEvent.Progressed(ID, 2, NOW, ID, ID, 40)),
                new Sample(ProviderTaskEvent.Succeeded.TYPE, succeeded()),
                new Sample(ProviderTaskEvent.Failed.TYPE, new ProviderTaskEvent.Failed(ID, 3, NOW, ID, ID, ERROR)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventMatchesItsSchema(Sample sample) throws JsonProcessingException {
        assertEquals(
                "[]",
                EventSchemas.violations(sample.schema(), json.writeValueAsString(sample.event()))
                        .toString());
    }

    @Test
    void aProviderTaskEventIsReadBackAsItsOwnType() throws JsonProcessingException {
        String written = json.writeValueAsString(succeeded());
        assertEquals(succeeded(), json.readValue(written, ProviderTaskEvent.class));
    }

    @Test
    void aMessageWithAnUnknownStatusIsRefused() {
        String wrong = "{\"status\":\"lost\"}";
        assertFalse(EventSchemas.violations(GenerationUpdated.TYPE, wrong).isEmpty());
    }

    @Test
    void theSameStateAlwaysHasTheSameUpdateId() {
        assertTrue(UserUpdate.of(updated(), new ErrorInfo("provider-failed", "Try another prompt."))
                .id()
                .endsWith(":4"));
        assertEquals(
                UserUpdate.of(updated(), new ErrorInfo("provider-failed", "Try another prompt."))
                        .id(),
                UserUpdate.of(updated(), new ErrorInfo("provider-failed", "Try another prompt."))
                        .id());
    }

    private static GenerationRequested requested() {
        var file = new GenerationRequested.InputFile("image_urls", true, "uploads", "u/reference/1.png");
        return new GenerationRequested(
                ID,
                GenerationRequested.TYPE,
                1,
                NOW,
                ID,
                ID,
                ProviderFamily.MARKET,
                "google/nano-banana-edit",
                "edit",
                Map.of("prompt", "a cup"),
                List.of(file),
                NOW);
    }

    private static GenerationUpdated updated() {
        return new GenerationUpdated(
                ID, GenerationUpdated.TYPE, 4, NOW, ID, ID, "failed", 30, null, ERROR, new BigDecimal("1.50"));
    }

    private static ProviderTaskEvent.Succeeded succeeded() {
        var asset = new ProviderTaskEvent.StoredAsset(0, "u/g/0.png", "image/png", 10L, 512, 512, null, "u/g.webp");
        return new ProviderTaskEvent.Succeeded(ID, 3, NOW, ID, ID, List.of(asset));
    }
}
