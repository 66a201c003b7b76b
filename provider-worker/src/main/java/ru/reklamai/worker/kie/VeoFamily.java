package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;

/** Google's Veo: video. */
record VeoFamily() implements KieFamily {

    @Override
    public String createPath() {
        return "/api/v1/veo/generate";
    }

    @Override
    public String statusPath() {
        return "/api/v1/veo/record-info";
    }

    @Override
    public TaskStatus read(JsonNode data) {
        return KieFamily.readFlag(data, KieFamily.files(data.path("response").path("resultUrls")));
    }
}
