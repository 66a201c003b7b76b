package ru.reklamai.generation.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.generation.account.CurrentUser;
import ru.reklamai.generation.asset.Storage;
import ru.reklamai.generation.catalog.Catalog;
import ru.reklamai.generation.catalog.CatalogCache;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.catalog.Preset;
import ru.reklamai.generation.catalog.ProviderInput;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.generation.generation.GenerateResource.GenerateRequest;
import ru.reklamai.generation.generation.GenerateResource.Input;
import ru.reklamai.messaging.Traceparent;
import ru.reklamai.problem.Problems;

/** Turns a checked request into a paid, stored generation. */
@ApplicationScoped
class GenerationSubmitter {

    private static final Logger LOG = Logger.getLogger(GenerationSubmitter.class);

    private final CatalogCache catalog;
    private final GenerationRepository generations;
    private final GenerationPublisher publisher;
    private final Storage storage;
    private final CurrentUser user;
    private final ObjectMapper json;
    private final MeterRegistry metrics;

    GenerationSubmitter(
            CatalogCache catalog,
            GenerationRepository generations,
            GenerationPublisher publisher,
            Storage storage,
            CurrentUser user,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.catalog = catalog;
        this.generations = generations;
        this.publisher = publisher;
        this.storage = storage;
        this.user = user;
        this.json = json;
        this.metrics = metrics;
    }

    /** @param idempotencyKey may be null */
    Submission submit(GenerateRequest request, String idempotencyKey) {
        Submission.Draft draft = toDraft(request, Optional.ofNullable(idempotencyKey));
        Submission submission = generations.submit(draft);
        if (submission instanceof Submission.UnknownUser) {
            user.provision();
            submission = generations.submit(draft);
        }
        metrics.counter(
                        "reklamai.generations.submitted",
                        "outcome",
                        submission.getClass().getSimpleName())
                .increment();
        if (submission instanceof Submission.Accepted accepted) {
            LOG.infof(
                    "generation queued: generationId=%s userId=%s model=%s credits=%s",
                    draft.id(), draft.userId(), draft.modelKey(), Credits.toDecimal(draft.credits()));
            publisher.publish(toGeneration(draft, accepted));
        }
        return submission;
    }

    private Submission.Draft toDraft(GenerateRequest request, Optional<String> idempotencyKey) {
        Catalog current = catalog.get();
        Map<String, String> violations = new LinkedHashMap<>();
        Optional<Preset> preset = current.preset(request.presetKey());
        Optional<Model> model = current.model(request.modelKey());
        if (preset.isEmpty()) {
            violations.put("presetKey", "is not a preset: GET /api/v1/presets lists them");
        }
        if (model.isEmpty()) {
            violations.put("modelKey", "is not a model: GET /api/v1/models lists them");
        }
        if (preset.isPresent()
                && model.isPresent()
                && !preset.get().modality().equals(model.get().modality())) {
            violations.put("modelKey", "is a model for " + model.get().modality() + ", the preset is not");
        }
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
        ProviderInput input = checkedInput(model.get(), request);
        return new Submission.Draft(
                UuidCreator.getTimeOrderedEpoch(),
                user.id(),
                Optional.ofNullable(request.boardId()),
                preset.get().key(),
                model.get().key(),
                model.get().modality(),
                Objects.requireNonNullElse(request.prompt(), ""),
                Optional.ofNullable(request.negativePrompt()),
                write(request.input() == null ? Map.of() : request.input()),
                new ProviderRequest(model.get().family(), model.get().providerModel(), input.values(), input.files()),
                Credits.price(preset.get().credits(), model.get().priceMultiplier(), current.markupPercent()),
                idempotencyKey,
                hash(write(request)),
                Traceparent.current(),
                model.get().deadline().toSeconds());
    }

    private ProviderInput checkedInput(Model model, GenerateRequest request) {
        Map<String, String> files = filesOf(request.input());
        Map<String, Object> params = request.input() == null
                ? Map.of()
                : Objects.requireNonNullElse(request.input().params(), Map.of());
        var input = ProviderInput.of(
                model,
                new ProviderInput.Request(request.prompt(), request.negativePrompt(), files, params),
                storage.uploadsBucket());
        Map<String, String> violations = new LinkedHashMap<>(input.violations());
        files.forEach((kind, path) -> {
            if (!isOwnUpload(path)) {
                violations.put("input." + kind + "Path", "is not an upload of yours: POST /api/v1/upload first");
            }
        });
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
        return input;
    }

    private boolean isOwnUpload(String path) {
        return path.startsWith(user.id() + "/")
                && !path.contains("..")
                && storage.sizeOfUpload(path).isPresent();
    }

    private static Map<String, String> filesOf(Input input) {
        Map<String, String> files = new LinkedHashMap<>();
        if (input != null) {
            files.put("startFrame", input.startFramePath());
            files.put("endFrame", input.endFramePath());
            files.put("referenceImage", input.referenceImagePath());
            files.put("referenceVideo", input.referenceVideoPath());
            files.put("audio", input.audioPath());
            files.values().removeIf(Objects::isNull);
        }
        return files;
    }

    private static Generation toGeneration(Submission.Draft draft, Submission.Accepted accepted) {
        java.time.Instant now = java.time.Instant.now();
        return new Generation(
                draft.id(),
                draft.userId(),
                draft.boardId().orElse(draft.id()),
                draft.presetKey(),
                draft.modelKey(),
                draft.modality(),
                draft.prompt(),
                draft.negativePrompt(),
                com.fasterxml.jackson.databind.node.NullNode.getInstance(),
                draft.providerRequest(),
                Generation.Status.QUEUED,
                Optional.empty(),
                accepted.reservedCredits(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                0,
                draft.traceparent(),
                accepted.deadlineAt(),
                now,
                now,
                Optional.empty());
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Request can't be written as JSON", e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
