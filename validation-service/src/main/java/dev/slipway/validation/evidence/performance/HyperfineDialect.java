package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What hyperfine writes with {@code --export-json}: seconds; {@code times} are the samples. A run that did not end with 0
 * ({@code --ignore-failure}) is a {@code tool.errors}, and its time is no sample: what fails is often fast. Where a command
 * fails without that option, hyperfine leaves out this and all commands after it: demand {@code benchmark.count}.
 */
final class HyperfineDialect implements JsonDialect {
    private static final SummaryNames SUMMARY =
            SummaryNames.of("mean", "mean", "median", "median", "stddev", "stddev", "min", "min", "max", "max");

    @Override
    public String kind() {
        return "hyperfine";
    }

    @Override
    public String called() {
        return "hyperfine result";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && beginning.members().keySet().equals(Set.of("results"));
    }

    @Override
    public List<KnownFact> facts() {
        return Benchmarks.knownWithErrors();
    }

    /** All results so far; whether each said how its runs ended. */
    private static final class Parts {
        private final Benchmarks benchmarks = new Benchmarks();
        private boolean ended = true;
        private long errors;
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        json.members(member -> {
            if (member.equals("results")) {
                json.elements(() -> result(json, parts));
            }
        });
        if (parts.benchmarks.isEmpty()) {
            throw json.error("It holds no result: nothing was measured, and that is no evidence");
        }
        OptionalLong errors = parts.ended ? OptionalLong.of(parts.errors) : OptionalLong.empty();
        return parts.benchmarks.reading("hyperfine", errors);
    }

    private static void result(ReportJson json, Parts parts) throws UnreadableEvidence {
        Samples times = new Samples();
        List<Boolean> ended = new ArrayList<>();
        Flat result = Flat.of(json, member -> {
            switch (member) {
                case "times" -> times.readAll(json, 0);
                case "exit_codes" -> {
                    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
                        ended.add(json.isNumber() && json.nearest(0) == 0);
                    }
                }
                default -> {}
            }
        });
        String command = result.text("command");
        result.amount("mean", BigDecimal.ONE);
        parts.ended &= !ended.isEmpty();
        if (!ended.isEmpty() && ended.size() != times.size()) {
            throw result.refused("It has %d times and %d exit codes".formatted(times.size(), ended.size()));
        }
        if (ended.contains(false)) {
            addGood(parts, command, times, ended);
        } else {
            parts.benchmarks.add(command, Benchmarks.time(command, times, SUMMARY.of(result, BigDecimal.ONE)));
        }
    }

    /** Of runs that did not all end well. */
    private static void addGood(Parts parts, String command, Samples times, List<Boolean> ended) {
        Samples good = new Samples();
        for (int i = 0; i < times.size(); i++) {
            if (ended.get(i)) {
                good.add(times.get(i));
            }
        }
        int bad = times.size() - good.size();
        parts.errors += bad;
        if (good.isEmpty()) {
            parts.benchmarks.addFailed();
            parts.benchmarks.note("No run of %s ended with 0: its times are no measurement".formatted(brief(command)));
            return;
        }
        parts.benchmarks.note("%d of %d runs of %s did not end with 0".formatted(bad, times.size(), brief(command)));
        parts.benchmarks.add(command, Benchmarks.time(command, good, Map.of()));
    }

    private static String brief(String command) {
        String shown = Benchmarks.shown(command);
        return shown.length() > 100 ? shown.substring(0, 99) + "…" : shown;
    }
}
