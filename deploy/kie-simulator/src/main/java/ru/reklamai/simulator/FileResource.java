package ru.reklamai.simulator;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import ru.reklamai.simulator.task.Fault;
import ru.reklamai.simulator.task.SimulatedTask;

/** Result files, KIE's store for inputs, and the common endpoints for them and for the account. */
@Path("/")
@RunOnVirtualThread
public class FileResource {

    private static final int BUSY_FETCHES = 2;

    private final TaskStore tasks;
    private final SampleFiles samples;
    private final Account account;

    FileResource(TaskStore tasks, SampleFiles samples, Account account) {
        this.tasks = tasks;
        this.samples = samples;
        this.account = account;
    }

    @GET
    @Path("/files/{taskId}/{name}")
    public Response file(@PathParam("taskId") String taskId, @PathParam("name") String name) {
        return tasks.find(taskId)
                .map(task -> answer(task, name.substring(0, Math.max(0, name.indexOf('.')))))
                .orElseGet(() -> Response.status(404).build());
    }

    private Response answer(SimulatedTask task, String name) {
        int fetch = task.fetches().incrementAndGet();
        return switch (name) {
            case "result" -> sample(task.kind());
            case "preview" -> sample(SimulatedTask.Kind.PNG);
            case "other" -> sample(task.kind().another());
            case "page" ->
                Response.ok("<html>Not a picture</html>", "text/html").build();
            case "empty" -> Response.ok("", task.kind().contentType).build();
            case "busy" -> fetch <= BUSY_FETCHES ? Response.status(503).build() : sample(task.kind());
            case "expired" -> Response.status(403).build();
            default -> Response.status(404).build();
        };
    }

    private Response sample(SimulatedTask.Kind kind) {
        return Response.ok(samples.of(kind).toFile(), kind.contentType).build();
    }

    @POST
    @Path("/api/v1/common/download-url")
    public Envelope downloadUrl(Map<String, String> body) {
        String url = body.getOrDefault("url", "");
        String taskId = url.replaceFirst(".*/files/([^/]+)/.*", "$1");
        boolean willing = tasks.find(taskId)
                .filter(task -> !task.has(Fault.EXPIRED_STATUS_URL))
                .isPresent();
        return willing
                ? Envelope.ok(url.replace("/expired.", "/result."))
                : Envelope.error(422, "Only files made here");
    }

    @GET
    @Path("/api/v1/chat/credit")
    public Envelope credit(@HeaderParam("Authorization") String key) {
        return account.refuses(key)
                ? Envelope.error(401, "You do not have access permissions")
                : Envelope.ok(account.credits());
    }

    /** KIE's own store: what is put there can be fetched as an input. */
    @POST
    @Path("/api/file-stream-upload")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(
            @HeaderParam("Authorization") String key,
            @RestForm FileUpload file,
            @RestForm String uploadPath,
            @RestForm String fileName,
            @Context UriInfo uri)
            throws IOException {
        if (account.refuses(key)) {
            return Response.ok(Envelope.error(401, "You do not have access permissions"))
                    .build();
        }
        samples.keep(fileName, Files.readAllBytes(file.uploadedFile()));
        String url = uri.getBaseUri().resolve("/uploaded/" + fileName).toString();
        return Response.ok(Map.of(
                        "success",
                        true,
                        "code",
                        200,
                        "data",
                        Map.of("fileName", fileName, "filePath", uploadPath, "downloadUrl", url)))
                .build();
    }

    @GET
    @Path("/uploaded/{name}")
    public Response uploaded(@PathParam("name") String name) {
        return samples.kept(name)
                .map(bytes ->
                        Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM).build())
                .orElseGet(() -> Response.status(404).build());
    }
}
