package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.worker.task.ResultFile;

/** One of KIE's API families: how a task is asked for and what its status says (kie-api.md). */
sealed interface KieFamily
        permits MarketFamily, VeoFamily, Gpt4oImageFamily, FluxKontextFamily, RunwayFamily, SunoFamily {

    static KieFamily of(ProviderFamily family) {
        return switch (family) {
            case MARKET -> new MarketFamily();
            case VEO -> new VeoFamily();
            case GPT4O_IMAGE -> new Gpt4oImageFamily();
            case FLUX_KONTEXT -> new FluxKontextFamily();
            case RUNWAY -> new RunwayFamily();
            case SUNO -> new SunoFamily();
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

    /** Reads a list of addresses, leaving out blank ones. */
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
            case 0 -> new TaskStatus.Running(Optional.empty());
            case 1 -> TaskStatus.succeeded(files);
            default -> TaskStatus.failed(data.path("errorMessage").asText(""));
        };
    }
}
