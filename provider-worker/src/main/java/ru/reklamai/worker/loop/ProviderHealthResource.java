package ru.reklamai.worker.loop;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.submission.AccountBreaker;
import ru.reklamai.worker.task.ProviderTaskRepository;
import ru.reklamai.worker.task.ProviderTaskRepository.TaskCount;

/** How the provider is doing, for admins. */
@Path("/api/v1/admin/provider")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
public class ProviderHealthResource {

    private final ProviderTaskRepository tasks;
    private final AccountBreaker account;
    private final KieClient kie;

    ProviderHealthResource(ProviderTaskRepository tasks, AccountBreaker account, KieClient kie) {
        this.tasks = tasks;
        this.account = account;
        this.kie = kie;
    }

    /**
     * @param reachable whether the provider answered just now
     * @param accountBlocked whether submissions wait because the provider refuses our account
     * @param creditBalance our credits at the provider; absent if it did not tell
     * @param tasks under way by status; succeeded and failed are those of the last hour
     */
    public record ProviderHealth(
            boolean reachable,
            boolean accountBlocked,
            @Schema(nullable = true, examples = "4321.5") BigDecimal creditBalance,
            @Schema(examples = """
                    {
                      "running": {"tasks": 3, "oldestSeconds": 41},
                      "succeeded": {"tasks": 120, "oldestSeconds": 0}
                    }""") Map<String, TaskCount> tasks) {}

    @GET
    @Operation(operationId = "getProviderHealth", summary = "How the provider is doing, and our credits there")
    @RunOnVirtualThread
    public ProviderHealth health() {
        Optional<BigDecimal> balance = kie.creditBalance();
        return new ProviderHealth(balance.isPresent(), account.isOpen(), balance.orElse(null), tasks.countByStatus());
    }
}
