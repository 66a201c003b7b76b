package ru.reklamai.simulator;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import ru.reklamai.simulator.task.Fault;
import ru.reklamai.simulator.task.SimulatedTask;

/** All tasks ever started here, and the limits of the account. */
@ApplicationScoped
class TaskStore {

    private static final Duration CREATE_WINDOW = Duration.ofSeconds(10);

    private final SimulatorConfig config;
    private final Map<String, SimulatedTask> tasks = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, Deque<Instant>> queries = new ConcurrentHashMap<>();
    private final Deque<Instant> creates = new ArrayDeque<>();
    private final Map<Fault, Integer> planned = new EnumMap<>(Fault.class);

    TaskStore(SimulatorConfig config) {
        this.config = config;
    }

    void add(SimulatedTask task) {
        tasks.put(task.taskId(), task);
    }

    Optional<SimulatedTask> find(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }

    Collection<SimulatedTask> all() {
        return tasks.values();
    }

    /** How many tasks each generation has started here: what we pay for. */
    Map<String, Long> paidByGeneration() {
        return tasks.values().stream()
                .collect(Collectors.groupingBy(
                        task -> task.callBackUrl().orElse("").replaceFirst(".*/callback/([^/]+)/.*", "$1"),
                        Collectors.counting()));
    }

    /** Whether nobody has asked for a task with that callback address before. */
    boolean isFirstCreate(String callBackUrl) {
        return asked.add(callBackUrl);
    }

    /** Takes one create out of the account's limits; false is a 429. */
    synchronized boolean mayCreate() {
        Instant now = Instant.now();
        long running = tasks.values().stream()
                .filter(task -> task.phaseAt(now) == SimulatedTask.Phase.RUNNING)
                .count();
        return running < config.maxRunning() && take(creates, now, CREATE_WINDOW, config.createsPerTenSeconds());
    }

    boolean mayQuery(String taskId) {
        Deque<Instant> recent = queries.computeIfAbsent(taskId, id -> new ArrayDeque<>());
        synchronized (recent) {
            return take(recent, Instant.now(), Duration.ofSeconds(1), config.queriesPerSecond());
        }
    }

    /** Makes the next creates show a fault, whatever their prompt. */
    synchronized void plan(Fault fault, int times) {
        planned.put(fault, times);
    }

    synchronized Set<Fault> takePlanned() {
        EnumSet<Fault> due = EnumSet.noneOf(Fault.class);
        planned.replaceAll((fault, times) -> {
            if (times > 0) {
                due.add(fault);
            }
            return Math.max(0, times - 1);
        });
        return due;
    }

    private static boolean take(Deque<Instant> recent, Instant now, Duration window, int limit) {
        while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(window))) {
            recent.removeFirst();
        }
        if (recent.size() >= limit) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
