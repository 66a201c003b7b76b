package ru.reklamai.generation.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import ru.reklamai.generation.catalog.Catalog;
import ru.reklamai.generation.catalog.CatalogCache;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.catalog.Preset;
import ru.reklamai.generation.catalog.ProviderInput;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationRepository;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.message.Text;
import ru.reklamai.kit.messaging.Traceparent;
import ru.reklamai.message.MessageCode;

/** Turns a request into an order: checks every field against the catalogue, and sets the price. */
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

    CheckedRequest check(GenerateRequest request, Optional<String> idempotencyKey) {
        String hash = DigestUtils.sha256Hex(write(request));
        if (request.parentId() == null) {
            return checkWhole(request, idempotencyKey, hash);
        }
        return generations
                .find(request.parentId(), user.id())
                .map(parent -> checkWhole(request.over(parent, inputOf(parent)), idempotencyKey, hash))
                .orElseGet(CheckedRequest.ParentNotFound::new);
    }

    /** @param hash of the request as it was sent, to tell a repeat from another request with the same key */
    private CheckedRequest checkWhole(GenerateRequest request, Optional<String> idempotencyKey, String hash) {
        Catalog current = catalog.get();
        Optional<Preset> preset = Optional.ofNullable(request.presetKey()).flatMap(current::preset);
        Optional<Model> model = Optional.ofNullable(request.modelKey()).flatMap(current::model);
        Map<String, Text> violations = violations(preset, model);
        if (!violations.isEmpty()) {
            return new CheckedRequest.Invalid(violations);
        }
        ProviderInput input = providerInput(model.get(), request);
        return input.violations().isEmpty()
                ? order(request, model.get(), input, current.price(preset.get(), model.get()), idempotencyKey, hash)
                : new CheckedRequest.Invalid(input.violations());
    }

    private static Map<String, Text> violations(Optional<Preset> preset, Optional<Model> model) {
        Map<String, Text> violations = new LinkedHashMap<>();
        if (preset.isEmpty()) {
            violations.put("presetKey", Text.of(MessageCode.PRESET_UNKNOWN));
        }
        if (model.isEmpty()) {
            violations.put("modelKey", Text.of(MessageCode.MODEL_UNKNOWN));
        }
        if (violations.isEmpty() && !preset.get().modality().equals(model.get().modality())) {
            violations.put(
                    "modelKey",
                    Text.of(MessageCode.MODEL_OF_OTHER_MODALITY, model.get().modality()));
        }
        return violations;
    }

    private ProviderInput providerInput(Model model, GenerateRequest request) {
        return ProviderInput.of(
                model,
                new ProviderInput.Request(
                        Optional.ofNullable(request.prompt()),
                        Optional.ofNullable(request.negativePrompt()),
                        request.inputOrNone().files(),
                        request.inputOrNone().paramsOrNone()),
                storage.name(Storage.Bucket.UPLOADS));
    }

    private static Order order(
            GenerateRequest request,
            Model model,
            ProviderInput input,
            long credits,
            Optional<String> idempotencyKey,
            String hash) {
        return new Order(
                Stream.generate(UuidCreator::getTimeOrderedEpoch)
                        .limit(request.variants())
                        .toList(),
                Optional.ofNullable(request.boardId()),
                Optional.ofNullable(request.parentId()),
                request.presetKey(),
                model.key(),
                model.modality(),
                Objects.requireNonNullElse(request.prompt(), ""),
                Optional.ofNullable(request.negativePrompt()),
                request.inputOrNone(),
                new Generation.ProviderRequest(model.family(), model.providerModel(), input.values(), input.files()),
                credits,
                idempotencyKey,
                hash,
                Traceparent.current(),
                model.deadline().toSeconds());
    }

    private GenerateRequest.Input inputOf(Generation parent) {
        try {
            return json.treeToValue(parent.input(), GenerateRequest.Input.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Generation " + parent.id() + " holds unreadable input", e);
        }
    }

    private String write(GenerateRequest request) {
        try {
            return json.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Request can't be written as JSON", e);
        }
    }
}
