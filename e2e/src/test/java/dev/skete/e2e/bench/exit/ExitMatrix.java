package dev.skete.e2e.bench.exit;

import dev.skete.e2e.Family;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.process.Command;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Runs every family to every end it can come to, and compares what its owner is told with what happened. */
public final class ExitMatrix {
    private static final int AT_A_TIME = 4;

    private final Sandbox sandbox;

    public ExitMatrix(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** The matrix as a Markdown table, and how many pairs of it were told wrong. */
    public List<String> measure() {
        sandbox.apply(Family.IPXE_RUNTIME.formatted(Family.IPXE.runtime()));
        try (var workers = Executors.newFixedThreadPool(AT_A_TIME)) {
            var rows = Stream.of(Family.values())
                    .flatMap(family -> Stream.of(Way.values()).map(way -> row(family, way)))
                    .map(row -> CompletableFuture.supplyAsync(row, workers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            return report(rows);
        } finally {
            sandbox.kubectl("delete", "unikernelruntime", Family.IPXE.runtime()).run();
        }
    }

    private Supplier<Row> row(Family family, Way way) {
        return switch (Cells.of(family, way)) {
            case Cell.Impossible cell -> () -> new Row(family, way, cell, Optional.empty());
            case Cell.Possible cell -> () -> new Row(family, way, cell, seen(family, way, cell));
        };
    }

    /** A run that breaks is a line of the matrix too: the others go on. */
    private Optional<End> seen(Family family, Way way, Cell.Possible cell) {
        try {
            return new ExitRun(sandbox, family, way).of(cell);
        } catch (Command.Failed | ConditionTimeoutException | KubernetesClientException e) {
            System.out.println("  " + family.runtime() + ", " + way + ": " + e.getMessage());
            System.out.println(sandbox.kubectl("get", "unikernels,jobs,pods", "--output=wide")
                    .attempt()
                    .output());
            return Optional.empty();
        }
    }

    private static List<String> report(List<Row> rows) {
        var lines = new ArrayList<String>();
        lines.add("| family | way to end | expected: exit code, guest's reason, Unikernel's condition | seen |");
        lines.add("|---|---|---|---|");
        rows.forEach(row -> lines.add(row.toString()));
        long run =
                rows.stream().filter(row -> row.cell() instanceof Cell.Possible).count();
        long missed = rows.stream().filter(Row::isMissed).count();
        lines.add("");
        lines.add((missed == 0 ? "" : "MISSED: ") + missed + " of " + run + " pairs told wrong; " + (rows.size() - run)
                + " are not possible");
        return lines;
    }
}
