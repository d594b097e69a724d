package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
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
    private static final Map<String, String> SUMMARY =
            Map.of("mean", "mean", "median", "median", "stddev", "stddev", "min", "min", "max", "max");

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
                case "times" -> times.readAll(json, BigDecimal.ONE);
                case "exit_codes" ->
                    json.elements(
                            () -> ended.add(json.isNumber() && json.number().signum() == 0));
                default -> {}
            }
        });
        String command = result.text("command");
        result.amount("mean", BigDecimal.ONE);
        if (ended.isEmpty()) {
            parts.ended = false;
            parts.benchmarks.add(
                    command, Benchmarks.time(command, times.values(), result.summary(SUMMARY, BigDecimal.ONE)));
            return;
        }
        if (ended.size() != times.values().size()) {
            throw result.refused(
                    "It has %d times and %d exit codes".formatted(times.values().size(), ended.size()));
        }
        add(parts, command, result, times.values(), ended);
    }

    private static void add(Parts parts, String command, Flat result, List<Double> times, List<Boolean> ended)
            throws UnreadableEvidence {
        List<Double> good = new ArrayList<>();
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
        if (bad > 0) {
            parts.benchmarks.note(
                    "%d of %d runs of %s did not end with 0".formatted(bad, times.size(), brief(command)));
        }
        Measurement time = Benchmarks.time(command, good, bad > 0 ? Map.of() : result.summary(SUMMARY, BigDecimal.ONE));
        parts.benchmarks.add(command, time);
    }

    private static String brief(String command) {
        String shown = Benchmarks.shown(command);
        return shown.length() > 100 ? shown.substring(0, 99) + "…" : shown;
    }
}
