package ru.reklamai.generation.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What admins did. */
@Path("/api/v1/admin/audit")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
public class AuditResource {

    private final AuditRepository audit;

    AuditResource(AuditRepository audit) {
        this.audit = audit;
    }

    public record AuditPage(
            List<AuditEntry> items, @Schema(nullable = true) UUID nextCursor) {}

    /** Newest first. */
    @GET
    @Operation(operationId = "listAudit", summary = "What admins did, newest first")
    @RunOnVirtualThread
    public AuditPage list(
            @QueryParam("actorId") Optional<UUID> actorId,
            @QueryParam("action") Optional<@Size(max = 100) String> action,
            @QueryParam("subject") Optional<@Size(max = 200) String> subject,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        List<AuditEntry> page = audit.find(actorId, action, subject, cursor, limit);
        return new AuditPage(page, page.size() < limit ? null : page.getLast().id());
    }
}
