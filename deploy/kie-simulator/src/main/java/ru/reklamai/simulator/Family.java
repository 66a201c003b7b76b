package ru.reklamai.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ru.reklamai.simulator.SimulatedTask.Kind;
import ru.reklamai.simulator.SimulatedTask.Phase;

/** How each of KIE's API families says the same things (kie-api.md). */
enum Family {
    MARKET("jobs/createTask", "jobs/recordInfo") {
        @Override
        Kind kind(JsonNode body) {
            return Kind.of(
                    body.path("model").asText(),
                    body.path("input").path("output_format").asText("png"));
        }

        /** resultJson and param are JSON inside strings, as at KIE. */
        @Override
        ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
            Phase phase = task.phaseAt(now);
            ObjectNode data = task(task)
                    .put("model", task.model())
                    .put(
                            "state",
                            phase == Phase.FAILED ? "fail" : phase == Phase.SUCCEEDED ? "success" : running(task, now))
                    .put("param", task.param())
                    .put("resultJson", "")
                    .putNull("failCode")
                    .putNull("failMsg")
                    .put("progress", task.progressAt(now))
                    .put("createTime", task.createdAt().toEpochMilli())
                    .put("updateTime", now.toEpochMilli());
            if (phase == Phase.SUCCEEDED) {
                data.put("resultJson", resultJson(task, filesUrl));
            }
            if (phase == Phase.FAILED) {
                data.put("failCode", "500").put("failMsg", REASON);
            }
            return phase == Phase.RUNNING
                    ? data
                    : data.put("costTime", task.runTime().toMillis())
                            .put("completeTime", task.endsAt().toEpochMilli());
        }

        private String running(SimulatedTask task, Instant now) {
            return task.progressAt(now) < 10 ? "waiting" : task.progressAt(now) < 25 ? "queuing" : "generating";
        }

        private String resultJson(SimulatedTask task, String filesUrl) {
            return task.has(Fault.BROKEN_JSON)
                    ? "{\"resultUrls\":["
                    : JSON.createObjectNode()
                            .set("resultUrls", urls(task, filesUrl))
                            .toString();
        }
    },
    VEO("veo/generate", "veo/record-info") {
        @Override
        Kind kind(JsonNode body) {
            return Kind.MP4;
        }

        @Override
        ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
            ObjectNode response = JSON.createObjectNode().put("resolution", "720p");
            response.set("resultUrls", urls(task, filesUrl));
            return flagged(task, response, now).put("fallbackFlag", false);
        }

        @Override
        ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
            ObjectNode data = task(task);
            data.putObject("info").set("resultUrls", urls(task, filesUrl));
            return data;
        }
    },
    GPT4O_IMAGE("gpt4o-image/generate", "gpt4o-image/record-info") {
        @Override
        Kind kind(JsonNode body) {
            return Kind.PNG;
        }

        @Override
        int variants(JsonNode body) {
            return body.path("nVariants").asInt(1);
        }

        @Override
        ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
            Phase phase = task.phaseAt(now);
            ObjectNode data = task(task)
                    .put(
                            "status",
                            phase == Phase.RUNNING
                                    ? "GENERATING"
                                    : phase == Phase.FAILED ? "GENERATE_FAILED" : "SUCCESS")
                    .put("successFlag", flag(phase))
                    .put("errorMessage", phase == Phase.FAILED ? REASON : null)
                    .put("progress", String.format(Locale.ROOT, "%.2f", task.progressAt(now) / 100.0));
            if (phase == Phase.SUCCEEDED) {
                data.putObject("response").set("resultUrls", urls(task, filesUrl));
            }
            return data;
        }

        @Override
        ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
            ObjectNode data = task(task);
            data.putObject("info").set("result_urls", urls(task, filesUrl));
            return data;
        }
    },
    FLUX_KONTEXT("flux/kontext/generate", "flux/kontext/record-info") {
        @Override
        Kind kind(JsonNode body) {
            return Kind.of("", body.path("outputFormat").asText("jpeg"));
        }

        @Override
        ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
            ObjectNode response = JSON.createObjectNode();
            response.set("resultImageUrl", urls(task, filesUrl).path(0));
            return flagged(task, response, now);
        }

        @Override
        ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
            ObjectNode data = task(task);
            data.putObject("info").set("resultImageUrl", urls(task, filesUrl).path(0));
            return data;
        }
    },
    RUNWAY("runway/generate", "runway/record-detail") {
        @Override
        Kind kind(JsonNode body) {
            return Kind.MP4;
        }

        @Override
        ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
            Phase phase = task.phaseAt(now);
            ObjectNode data = task(task)
                    .put("state", phase == Phase.RUNNING ? "generating" : phase == Phase.FAILED ? "fail" : "success")
                    .put("failMsg", phase == Phase.FAILED ? REASON : "")
                    .put("expireFlag", 0);
            if (phase == Phase.SUCCEEDED) {
                ObjectNode video = data.putObject("videoInfo");
                video.set("videoUrl", urls(task, filesUrl).path(0));
                video.put("imageUrl", previewUrl(task, filesUrl));
            }
            return data;
        }

        @Override
        ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
            ObjectNode data = JSON.createObjectNode().put("task_id", task.taskId());
            data.set("video_url", urls(task, filesUrl).path(0));
            return data;
        }
    },
    SUNO("generate", "generate/record-info") {
        @Override
        Kind kind(JsonNode body) {
            return Kind.MP3;
        }

        @Override
        int variants(JsonNode body) {
            return 2;
        }

        @Override
        ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
            Phase phase = task.phaseAt(now);
            ObjectNode data = task(task)
                    .put(
                            "status",
                            phase == Phase.RUNNING
                                    ? running(task, now)
                                    : phase == Phase.FAILED ? "GENERATE_AUDIO_FAILED" : "SUCCESS")
                    .put("errorMessage", phase == Phase.FAILED ? REASON : null);
            if (phase == Phase.SUCCEEDED) {
                data.putObject("response").set("sunoData", songs(task, filesUrl));
            }
            return data;
        }

        private String running(SimulatedTask task, Instant now) {
            return task.progressAt(now) < 30 ? "PENDING" : task.progressAt(now) < 60 ? "TEXT_SUCCESS" : "FIRST_SUCCESS";
        }

        private ArrayNode songs(SimulatedTask task, String filesUrl) {
            ArrayNode songs = JSON.createArrayNode();
            urls(task, filesUrl).forEach(url -> {
                ObjectNode song = songs.addObject().put("duration", 3.0).put("imageUrl", previewUrl(task, filesUrl));
                song.set("audioUrl", url);
            });
            return songs;
        }

        /** Three calls as the song grows. */
        @Override
        List<ObjectNode> callbacks(SimulatedTask task, String filesUrl, Instant now) {
            return List.of("text", "first", "complete").stream()
                    .map(type ->
                            JSON.createObjectNode().put("callbackType", type).put("task_id", task.taskId()))
                    .toList();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "The content was refused by the model (simulated)";

    private final String createPath;
    private final String statusPath;

    Family(String createPath, String statusPath) {
        this.createPath = createPath;
        this.statusPath = statusPath;
    }

    /** Returns the family that creates tasks at that path below /api/v1. */
    static Optional<Family> creatingAt(String path) {
        return Arrays.stream(values())
                .filter(family -> family.createPath.equals(path))
                .findFirst();
    }

    /** Returns the family that tells of tasks at that path below /api/v1. */
    static Optional<Family> tellingAt(String path) {
        return Arrays.stream(values())
                .filter(family -> family.statusPath.equals(path))
                .findFirst();
    }

    /** What kind of file such a request makes. */
    abstract Kind kind(JsonNode body);

    /** The data of a status answer. */
    abstract ObjectNode status(SimulatedTask task, String filesUrl, Instant now);

    int variants(JsonNode body) {
        return 1;
    }

    ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
        return status(task, filesUrl, now);
    }

    List<ObjectNode> callbacks(SimulatedTask task, String filesUrl, Instant now) {
        return List.of(callback(task, filesUrl, now));
    }

    static ObjectNode task(SimulatedTask task) {
        return JSON.createObjectNode().put("taskId", task.taskId());
    }

    /** The shape that veo and flux-kontext share. */
    static ObjectNode flagged(SimulatedTask task, ObjectNode response, Instant now) {
        Phase phase = task.phaseAt(now);
        ObjectNode data =
                task(task).put("successFlag", flag(phase)).put("errorMessage", phase == Phase.FAILED ? REASON : null);
        data.set("response", phase == Phase.SUCCEEDED ? response : null);
        return data;
    }

    static int flag(Phase phase) {
        return switch (phase) {
            case RUNNING -> 0;
            case SUCCEEDED -> 1;
            case FAILED -> 3;
        };
    }

    static ArrayNode urls(SimulatedTask task, String filesUrl) {
        ArrayNode urls = JSON.createArrayNode();
        if (!task.has(Fault.NO_URL) && !(task.has(Fault.BROKEN_JSON) && task.family() != MARKET)) {
            for (int i = 0; i < task.results(); i++) {
                urls.add(filesUrl + "/files/" + task.taskId() + "/" + task.fileName(i));
            }
        }
        return urls;
    }

    static String previewUrl(SimulatedTask task, String filesUrl) {
        return filesUrl + "/files/" + task.taskId() + "/preview.png";
    }
}
