package dev.slipway.cli.machine;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What released programs use, beside the traffic that they get; the sums count all that runs, also what serves no more. */
final class ProgramTable {
    private static final String ROW = "%-32s %8s %-10s %8s %10s %8s %7s %8s";
    private static final int MEGABYTE_BITS = 20;

    private ProgramTable() {}

    static List<String> lines(List<EnvironmentView> environments) {
        List<String> rows = new ArrayList<>();
        for (EnvironmentView view : environments) {
            view.running().forEach(version -> rows.add(row(view, version)));
            Resources rest = rest(view);
            if (rest.processes() > 0) {
                rows.add(row("  and what is being stopped", "", "", "", rest));
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(ROW.formatted("program", "traffic", "health", "restarts", "memory", "cpu", "files", "threads")
                .stripTrailing());
        lines.addAll(rows);
        lines.add(row("programs in all", "", "", "", sum(environments)));
        lines.add("");
        return lines;
    }

    private static Resources sum(List<EnvironmentView> environments) {
        return environments.stream()
                .map(EnvironmentView::resources)
                .filter(Objects::nonNull)
                .reduce(Resources.NONE, Resources::plus);
    }

    private static String row(EnvironmentView view, Running version) {
        int percent = view.shares().stream()
                .filter(share -> share.key().equals(version.key()))
                .mapToInt(Share::percent)
                .sum();
        return row(
                "%s@%s %s"
                        .formatted(
                                view.environment().application().value(),
                                version.version(),
                                view.environment().environment()),
                percent + " %",
                version.health().name().toLowerCase(Locale.ROOT),
                Integer.toString(version.restarts()),
                version.resources());
    }

    private static String row(String name, String traffic, String health, String restarts, @Nullable Resources uses) {
        return (uses == null
                        ? ROW.formatted(name, traffic, health, restarts, "-", "-", "-", "-")
                        : ROW.formatted(
                                name,
                                traffic,
                                health,
                                restarts,
                                (uses.memoryBytes() >> MEGABYTE_BITS) + " MB",
                                String.format(Locale.ROOT, "%.1f %%", uses.cpuPercent()),
                                uses.openFiles(),
                                uses.threads()))
                .stripTrailing();
    }

    /** What runs in an environment beside the versions that should run. */
    private static Resources rest(EnvironmentView view) {
        Resources all = view.resources();
        if (all == null) {
            return Resources.NONE;
        }
        Resources known = view.running().stream()
                .map(Running::resources)
                .filter(Objects::nonNull)
                .reduce(Resources.NONE, Resources::plus);
        return new Resources(
                all.memoryBytes() - known.memoryBytes(),
                Math.max(0, all.cpuPercent() - known.cpuPercent()),
                all.openFiles() - known.openFiles(),
                all.threads() - known.threads(),
                all.processes() - known.processes());
    }
}
