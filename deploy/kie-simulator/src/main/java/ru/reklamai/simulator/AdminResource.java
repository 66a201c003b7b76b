package ru.reklamai.simulator;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ru.reklamai.simulator.task.Fault;
import ru.reklamai.simulator.task.SimulatedTask;

/** For people and tests: what ran here, and faults for the next creates. */
@Path("/admin")
public class AdminResource {

    private final TaskStore tasks;
    private final Callbacks callbacks;
    private final Account account;

    AdminResource(TaskStore tasks, Callbacks callbacks, Account account) {
        this.tasks = tasks;
        this.callbacks = callbacks;
        this.account = account;
    }

    public record TaskView(
            String taskId, String model, String state, Set<String> faults, Instant createdAt, String param) {}

    public record Overview(int paidTasks, long callbacksSent, List<TaskView> newest) {}

    @GET
    @Path("/tasks")
    public Overview overview() {
        Instant now = Instant.now();
        List<TaskView> newest = tasks.all().stream()
                .sorted(Comparator.comparing(SimulatedTask::createdAt).reversed())
                .limit(100)
                .map(task -> new TaskView(
                        task.taskId(),
                        task.model(),
                        task.phaseAt(now).name().toLowerCase(Locale.ROOT),
                        Set.copyOf(task.faults().stream().map(Fault::keyword).toList()),
                        task.createdAt(),
                        task.param()))
                .toList();
        return new Overview(tasks.all().size(), callbacks.sent(), newest);
    }

    /** How many tasks each generation has started: more than one was paid for twice. */
    @GET
    @Path("/paid")
    public Map<String, Long> paid() {
        return tasks.paidByGeneration();
    }

    /** Blocks or empties the account until it is set again. */
    @POST
    @Path("/account")
    public Response account(
            @QueryParam("blocked") @DefaultValue("false") boolean blocked,
            @QueryParam("credits") @DefaultValue("10000") double credits) {
        account.set(blocked, credits);
        return Response.noContent().build();
    }

    @POST
    @Path("/faults/{fault}")
    public Response plan(@PathParam("fault") String name, @QueryParam("times") @DefaultValue("1") int times) {
        Optional<Fault> fault = Arrays.stream(Fault.values())
                .filter(candidate -> candidate.keyword().equals("[" + name.toLowerCase(Locale.ROOT) + "]"))
                .findFirst();
        if (fault.isEmpty() || times < 0) {
            return Response.status(404)
                    .entity("Faults: "
                            + Arrays.stream(Fault.values()).map(Fault::keyword).toList())
                    .type("text/plain")
                    .build();
        }
        tasks.plan(fault.get(), times);
        return Response.noContent().build();
    }
}
