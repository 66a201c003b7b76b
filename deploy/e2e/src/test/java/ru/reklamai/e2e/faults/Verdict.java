package ru.reklamai.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ru.reklamai.e2e.Client;
import ru.reklamai.e2e.StackCommand;

/** What is true after the storm, by SQL, by the simulator's books, by the clients' and by the files. */
final class Verdict {

    private static final String GENERATIONS = """
            SELECT g.id, g.status, g.created_at, coalesce(g.finished_at, now()),
                   (SELECT count(*) FROM studio.credit_ledger l
                    WHERE l.generation_id = g.id AND l.type IN ('finalize', 'refund')) AS settlements,
                   coalesce(t.resubmissions, 0), coalesce(cardinality(t.duplicate_task_ids), 0),
                   t.provider_task_id IS NOT NULL
            FROM studio.generations g
            LEFT JOIN provider.provider_tasks t ON t.generation_id = g.id
            """;

    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

    /** @param settlements rows that ended its reservation */
    private record Row(
            String status,
            Instant createdAt,
            Instant finishedAt,
            long settlements,
            long resubmissions,
            boolean submitted) {}

    /** S3Proxy writes under such a name until a file is whole; one that is cut off or killed meanwhile may leave it. */
    private static final Pattern HALF_WRITTEN = Pattern.compile("-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

    private final Load load;
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, Long> paid = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<String> doubled = new HashSet<>();
    private final List<String> findings = new ArrayList<>();

    Verdict(Load load) {
        this.load = load;
        for (List<String> column : FaultStack.COMMAND.query(GENERATIONS)) {
            rows.put(
                    column.get(0),
                    new Row(
                            column.get(1),
                            instant(column.get(2)),
                            instant(column.get(3)),
                            Long.parseLong(column.get(4)),
                            Long.parseLong(column.get(5)),
                            column.get(7).equals("t")));
        }
        JsonNode books = new Client(FaultStack.SIMULATOR).get("/admin/paid").body();
        books.forEachEntry((id, tasks) -> paid.put(id, tasks.asLong()));
        checkGenerations();
        checkClients();
        checkPayments();
        checkDatabase();
        checkFiles();
    }

    /** Returns what is wrong, in words; empty when nothing is. */
    List<String> findings() {
        return findings;
    }

    private void checkGenerations() {
        load.accepted().keySet().forEach(id -> {
            Row row = rows.get(id);
            if (row == null || !ENDED.contains(row.status())) {
                lost.add(id);
                findings.add("accepted and not ended: " + id + " " + row);
            } else if (row.settlements() != 1) {
                doubled.add(id);
                findings.add("settled " + row.settlements() + " times: " + id);
            }
        });
        if (rows.size() != load.accepted().size()) {
            findings.add("accepted " + load.accepted().size() + " orders, stored " + rows.size());
        }
        load.refused().forEach(answer -> findings.add("an order was refused: " + answer));
    }

    private void checkClients() {
        load.accepted().forEach((id, order) -> {
            List<String> ends = load.watchOf(order).endsOf(id);
            Row row = rows.get(id);
            if (row != null && (ends.isEmpty() || !Set.copyOf(ends).equals(Set.of(row.status())))) {
                findings.add("client heard " + ends + " of " + id + ", which is " + row.status() + ": " + order);
            }
        });
        findings.addAll(load.complaints());
    }

    /** A second task of a generation is allowed only where a submission was repeated, and that is counted. */
    private void checkPayments() {
        paid.forEach((id, tasks) -> {
            Row row = rows.get(id);
            if (row == null || tasks > 1 + row.resubmissions()) {
                doubled.add(id);
                findings.add("paid for " + tasks + " tasks of " + id + ", known: " + row);
            }
        });
        rows.forEach((id, row) -> {
            if (row.submitted() && !paid.containsKey(id)) {
                findings.add("a task that the provider doesn't know: " + id);
            }
        });
    }

    private void checkDatabase() {
        for (String schema : List.of("studio", "provider")) {
            for (List<String> row : FaultStack.COMMAND.query(
                    "SELECT trouble, found FROM " + schema + ".reconciliation WHERE found > 0")) {
                findings.add(schema + ": " + row);
            }
        }
    }

    private void checkFiles() {
        Set<String> known = new HashSet<>();
        for (List<String> row : FaultStack.COMMAND.query("SELECT path, thumbnail_path FROM studio.assets")) {
            known.add("faults-outputs/" + row.get(0));
            if (row.get(1) != null) {
                known.add("faults-thumbnails/" + row.get(1));
            }
        }
        Set<String> stored = new HashSet<>();
        Path root = StackCommand.root().resolve(".local/faults/s3");
        for (String bucket : List.of("faults-outputs", "faults-thumbnails")) {
            try (Stream<Path> files = Files.walk(root.resolve(bucket))) {
                files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .filter(path -> !HALF_WRITTEN.matcher(path).find())
                        .forEach(stored::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        known.stream().filter(path -> !stored.contains(path)).forEach(path -> findings.add("missing file: " + path));
        stored.stream().filter(path -> !known.contains(path)).forEach(path -> findings.add("orphaned file: " + path));
    }

    long resubmissions() {
        return rows.values().stream().mapToLong(Row::resubmissions).sum();
    }

    long paidTwice() {
        return paid.values().stream().filter(tasks -> tasks > 1).count();
    }

    long paidTasks() {
        return paid.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> byStatus() {
        Map<String, Long> count = new TreeMap<>();
        rows.values().forEach(row -> count.merge(row.status(), 1L, Long::sum));
        return count;
    }

    /** Returns the table: fault, how often injected, generations lost and doubled under it. */
    List<String> table(List<Disruptions.Event> events) {
        Map<String, long[]> lines = new TreeMap<>();
        load.accepted().forEach((id, order) -> count(lines, "order: " + order.kind(), id, 1));
        for (Disruptions.Event event : events) {
            String what = "system: " + event.what();
            lines.computeIfAbsent(what, key -> new long[3])[0]++;
            rows.forEach((id, row) -> {
                if (row.createdAt().isBefore(event.to()) && row.finishedAt().isAfter(event.from())) {
                    count(lines, what, id, 0);
                }
            });
        }
        List<String> table = new ArrayList<>();
        table.add("  | %-44s | %8s | %4s | %7s |".formatted("fault", "injected", "lost", "doubled"));
        lines.forEach((what, n) -> table.add("  | %-44s | %8d | %4d | %7d |".formatted(what, n[0], n[1], n[2])));
        return table;
    }

    private void count(Map<String, long[]> lines, String what, String id, int injected) {
        long[] line = lines.computeIfAbsent(what, key -> new long[3]);
        line[0] += injected;
        line[1] += lost.contains(id) ? 1 : 0;
        line[2] += doubled.contains(id) ? 1 : 0;
    }

    private static Instant instant(String text) {
        return java.sql.Timestamp.valueOf(text.replaceFirst("\\+00$", ""))
                .toLocalDateTime()
                .toInstant(java.time.ZoneOffset.UTC);
    }
}
