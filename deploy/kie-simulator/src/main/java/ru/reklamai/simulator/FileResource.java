package ru.reklamai.simulator;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Result files, and KIE's common endpoints for them and for the account. */
@Path("/")
public class FileResource {

    private final TaskStore tasks;
    private final SampleFiles samples;

    FileResource(TaskStore tasks, SampleFiles samples) {
        this.tasks = tasks;
        this.samples = samples;
    }

    @GET
    @Path("/files/{taskId}/{name}")
    public Response file(@PathParam("taskId") String taskId, @PathParam("name") String name) {
        if (name.startsWith("page.")) {
            return Response.ok("<html>Not a picture</html>", "text/html").build();
        }
        return tasks.find(taskId)
                .filter(task -> name.startsWith("result."))
                .map(task -> Response.ok(samples.of(task.kind()).toFile(), task.kind().contentType)
                        .build())
                .orElseGet(() -> Response.status(404).build());
    }

    @POST
    @Path("/api/v1/common/download-url")
    public Envelope downloadUrl(Map<String, String> body) {
        String url = body.getOrDefault("url", "");
        return url.contains("/files/") ? Envelope.ok(url) : Envelope.error(422, "Only files made here");
    }

    @GET
    @Path("/api/v1/chat/credit")
    public Envelope credit() {
        return Envelope.ok(10_000);
    }
}
