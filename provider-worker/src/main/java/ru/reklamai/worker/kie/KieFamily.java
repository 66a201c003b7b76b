package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One of KIE's API families: how a task is asked for and what its status says (kie-api.md). */
sealed interface KieFamily
        permits MarketFamily, VeoFamily, Gpt4oImageFamily, FluxKontextFamily, RunwayFamily, SunoFamily {

    /** Returns the family of that name in the catalogue. */
    static KieFamily of(String name) {
        return switch (name) {
            case "market" -> new MarketFamily();
            case "veo" -> new VeoFamily();
            case "gpt4o-image" -> new Gpt4oImageFamily();
            case "flux-kontext" -> new FluxKontextFamily();
            case "runway" -> new RunwayFamily();
            case "suno" -> new SunoFamily();
            default -> throw new IllegalArgumentException("There is no KIE family " + name);
        };
    }

    String createPath();

    String statusPath();

    /**
     * Returns the body that creates a task. Most families are flat: the model and the callback stand among the input.
     *
     * @param input the provider's own fields; may be changed
     */
    default ObjectNode createBody(String model, ObjectNode input, String callbackUrl) {
        return input.put("model", model).put("callBackUrl", callbackUrl);
    }

    /** Returns what the data of a status answer with code 200 says. */
    TaskStatus read(JsonNode data);

    /** Reads a list of addresses; what is none is left out. */
    static List<ResultFile> files(JsonNode urls) {
        List<ResultFile> files = new ArrayList<>();
        urls.forEach(url -> {
            if (!url.asText("").isBlank()) {
                files.add(ResultFile.of(url.asText()));
            }
        });
        return files;
    }

    /** Reads the flag that veo and flux-kontext share: 0 running, 1 done, 2 and 3 failed. */
    static TaskStatus readFlag(JsonNode data, List<ResultFile> files) {
        return switch (data.path("successFlag").asInt(0)) {
            case 0 -> new TaskStatus.Running(java.util.Optional.empty());
            case 1 -> TaskStatus.succeeded(files);
            default -> TaskStatus.failed(data.path("errorMessage").asText(""));
        };
    }
}
