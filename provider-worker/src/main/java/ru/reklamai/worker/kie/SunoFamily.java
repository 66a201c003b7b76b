package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ru.reklamai.worker.task.ResultFile;

/** Suno: music, usually two songs with a cover each. The first may be done before the second: we wait for both. */
record SunoFamily() implements KieFamily {

    @Override
    public String createPath() {
        return "/api/v1/generate";
    }

    @Override
    public String statusPath() {
        return "/api/v1/generate/record-info";
    }

    @Override
    public TaskStatus read(JsonNode data) {
        return switch (data.path("status").asText()) {
            case "SUCCESS" -> TaskStatus.succeeded(filesIn(data));
            case "SENSITIVE_WORD_ERROR" -> TaskStatus.refusedContent();
            case "CREATE_TASK_FAILED", "GENERATE_AUDIO_FAILED" ->
                TaskStatus.failed(data.path("errorMessage").asText(""));
            // Their call to us failed, which says nothing of the music.
            case "CALLBACK_EXCEPTION" ->
                filesIn(data).isEmpty()
                        ? TaskStatus.failed(data.path("errorMessage").asText(""))
                        : TaskStatus.succeeded(filesIn(data));
            default -> new TaskStatus.Running(Optional.empty());
        };
    }

    private static List<ResultFile> filesIn(JsonNode data) {
        List<ResultFile> files = new ArrayList<>();
        data.path("response").path("sunoData").forEach(song -> {
            String url = song.path("audioUrl").asText("");
            if (!url.isBlank()) {
                files.add(ResultFile.withPreview(url, song.path("imageUrl").asText("")));
            }
        });
        return files;
    }
}
