package ru.reklamai.generation.order;

import ru.reklamai.message.MessageCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.catalog.Catalog;
import ru.reklamai.generation.catalog.CatalogCache;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.catalog.Preset;
import ru.reklamai.generation.catalog.ProviderInput;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.kit.messaging.Traceparent;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** Makes a draft of an order: every field checked against the catalogue, and the price. */
@ApplicationScoped
class OrderCheck {

    private final CatalogCache catalog;
    private final GenerationRepository generations;
    private final Storage storage;
    private final CurrentUser user;
    private final ObjectMapper json;

    OrderCheck(
            CatalogCache catalog,
            GenerationRepository generations,
            Storage storage,
            CurrentUser user,
            ObjectMapper json) {
        this.catalog = catalog;
        this.generations = generations;
        this.storage = storage;
        this.user = user;
        this.json = json;
    }

    /** A problem 422 that names each wrong field, 404 for a parent that the user may not see. */
    Submission.Draft toDraft(GenerateRequest request, Optional<String> idempotencyKey) {
        GenerateRequest whole = request.parentId() == null ? request : overParent(request);
        Catalog current = catalog.get();
        Optional<Preset> preset = Optional.ofNullable(whole.presetKey()).flatMap(current::preset);
        Optional<Model> model = Optional.ofNullable(whole.modelKey()).flatMap(current::model);
        refuseUnknown(preset, model);
        ProviderInput input = checkedInput(model.get(), whole);
        Map<String, String> uploads = new LinkedHashMap<>();
        whole.inputOrNone().files().forEach((kind, path) -> uploads.put("input." + kind + "Path", path));
        return new Submission.Draft(
                Stream.generate(UuidCreator::getTimeOrderedEpoch)
                        .limit(whole.variants())
                        .toList(),
                user.id(),
                user.role(),
                Optional.ofNullable(whole.boardId()),
                Optional.ofNullable(whole.parentId()),
                preset.get().key(),
                model.get().key(),
                model.get().modality(),
                Objects.requireNonNullElse(whole.prompt(), ""),
                Optional.ofNullable(whole.negativePrompt()),
                write(whole.inputOrNone()),
                new ProviderRequest(model.get().family(), model.get().providerModel(), input.values(), input.files()),
                uploads,
                Credits.price(preset.get().credits(), model.get().priceMultiplier(), current.markupPercent()),
                idempotencyKey,
                hash(write(request)),
                Traceparent.current(),
                model.get().deadline().toSeconds());
    }

    private GenerateRequest overParent(GenerateRequest request) {
        Generation parent = generations
                .find(request.parentId(), user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.PARENT_NOT_FOUND));
        try {
            return request.over(parent, json.treeToValue(parent.input(), GenerateRequest.Input.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Generation " + parent.id() + " holds unreadable input", e);
        }
    }

    private static void refuseUnknown(Optional<Preset> preset, Optional<Model> model) {
        Map<String, String> violations = new LinkedHashMap<>();
        if (preset.isEmpty()) {
            violations.put("presetKey", Messages.text(MessageCode.PRESET_UNKNOWN));
        }
        if (model.isEmpty()) {
            violations.put("modelKey", Messages.text(MessageCode.MODEL_UNKNOWN));
        }
        if (violations.isEmpty() && !preset.get().modality().equals(model.get().modality())) {
            violations.put(
                    "modelKey",
                    Messages.text(
                            MessageCode.MODEL_OF_OTHER_MODALITY, model.get().modality()));
        }
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
    }

    private ProviderInput checkedInput(Model model, GenerateRequest request) {
        var input = ProviderInput.of(
                model,
                new ProviderInput.Request(
                        request.prompt(),
                        request.negativePrompt(),
                        request.inputOrNone().files(),
                        request.inputOrNone().paramsOrNone()),
                storage.name(Storage.Bucket.UPLOADS));
        if (!input.violations().isEmpty()) {
            throw Problems.invalidFields(input.violations());
        }
        return input;
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
