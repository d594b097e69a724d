package dev.slipway.cli.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the supervisor does next to make the plan come true. In this order, so that something always serves: start what is
 * missing; then, with all others ready, replace one process that was told of other surroundings; then end what is surplus.
 */
sealed interface Step {
    /**
     * Services start beside a platform this young: both have much to load before they need each other, and services wait
     * for it longer than this. Past it they start only once it answers, so that none dies of waiting twice.
     */
    Duration YOUNG = Duration.ofSeconds(10);

    String name();

    record Start(String name) implements Step {}

    /** Ends a process that is to be started again with what it should know. */
    record Replace(String name) implements Step {}

    record End(String name) implements Step {}

    /** @param wiring fingerprint of what it should know */
    record Wanted(String name, String wiring) {}

    /**
     * The machine as the supervisor sees it.
     *
     * @param alive what runs, by name
     * @param ending names of what was asked to end
     * @param platformAnswers whether broker and store take connections; asked only where a service waits for that
     * @param ready asked only where it matters, as it costs a request
     */
    record Sight(
            List<ProcessRecord> alive,
            List<String> ending,
            Map<String, Standing> standings,
            BooleanSupplier platformAnswers,
            Predicate<ProcessRecord> ready,
            Instant now) {}

    static List<Step> next(List<Wanted> wanted, Sight sight) {
        Map<String, ProcessRecord> alive =
                sight.alive().stream().collect(Collectors.toMap(ProcessRecord::name, Function.identity()));
        List<Wanted> missing = wanted.stream()
                .filter(process -> !alive.containsKey(process.name()))
                .toList();
        if (!missing.isEmpty()) {
            return starts(missing, alive, sight);
        }
        List<Wanted> stale = wanted.stream()
                .filter(process -> !process.wiring().equals(wiring(Optional.ofNullable(alive.get(process.name())))))
                .toList();
        List<ProcessRecord> surplus = sight.alive().stream()
                .filter(process -> wanted.stream().noneMatch(w -> w.name().equals(process.name())))
                .filter(process -> !sight.ending().contains(process.name()))
                .toList();
        boolean replacing = sight.ending().stream()
                .anyMatch(name ->
                        wanted.stream().anyMatch(process -> process.name().equals(name)));
        if (replacing) {
            return List.of();
        }
        if (!stale.isEmpty()) {
            Wanted next = stale.getLast();
            boolean othersReady = wanted.stream()
                    .filter(process -> !process.equals(next))
                    .allMatch(process -> ready(process, alive, sight));
            return othersReady ? List.of(new Replace(next.name())) : List.of();
        }
        boolean mayShrink = !surplus.isEmpty() && wanted.stream().allMatch(process -> ready(process, alive, sight));
        return mayShrink
                ? surplus.stream().<Step>map(process -> new End(process.name())).toList()
                : List.of();
    }

    private static boolean ready(Wanted process, Map<String, ProcessRecord> alive, Sight sight) {
        ProcessRecord record = alive.get(process.name());
        return record != null && sight.ready().test(record);
    }

    private static String wiring(Optional<ProcessRecord> process) {
        return process.map(ProcessRecord::wiring).orElse("");
    }

    private static List<Step> starts(List<Wanted> missing, Map<String, ProcessRecord> alive, Sight sight) {
        List<Step> starts = new ArrayList<>();
        boolean young = Optional.ofNullable(alive.get(Program.PLATFORM.processName()))
                .filter(platform -> platform.startedAt().plus(YOUNG).isAfter(sight.now()))
                .isPresent();
        for (Wanted process : missing) {
            boolean platform = process.name().equals(Program.PLATFORM.processName());
            boolean may = sight.standings()
                    .getOrDefault(process.name(), Standing.of(process.name()))
                    .mayStart(sight.now());
            if (may && (platform || young || sight.platformAnswers().getAsBoolean())) {
                starts.add(new Start(process.name()));
            }
        }
        return starts;
    }
}
