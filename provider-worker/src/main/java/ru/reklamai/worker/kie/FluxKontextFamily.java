package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import ru.reklamai.worker.task.ResultFile;

/** FLUX Kontext: one image. */
record FluxKontextFamily() implements KieFamily {

    @Override
    public String createPath() {
        return "/api/v1/flux/kontext/generate";
    }

    @Override
    public String statusPath() {
        return "/api/v1/flux/kontext/record-info";
    }

    @Override
    public TaskStatus read(JsonNode data) {
        String url = data.path("response").path("resultImageUrl").asText("");
        return KieFamily.readFlag(data, url.isBlank() ? List.of() : List.of(ResultFile.of(url)));
    }
}
