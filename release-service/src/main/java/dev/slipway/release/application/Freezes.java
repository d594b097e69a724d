package dev.slipway.release.application;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WeeklyFreeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Application to release: when nothing begins production. Of a release on its way the present policy's windows count, not
 * those of the policy that it began with.
 */
public record Freezes(List<Policy.Freeze> once, List<WeeklyFreeze> weekly) {
    /** Windows that follow each other without a gap are waited for as one, but not for longer than this. */
    private static final Duration LOOK_AHEAD = Duration.ofDays(8);

    private static final int WINDOWS_MAX = 1_000;

    public Freezes {
        once = List.copyOf(once);
        weekly = List.copyOf(weekly);
    }

    /** Those of a policy. */
    public static Freezes of(Policy policy) {
        return new Freezes(policy.freeze(), policy.weekly());
    }

    /**
     * A freeze that is on.
     *
     * @param until when it ends, or, where windows follow each other for longer than a week, when to look again
     * @param reason of the window that is on and lasts longest
     */
    public record Frozen(Instant until, String reason) {}

    /**
     * A time in which a freeze is on.
     *
     * @param reason of the window that it begins with and that lasts longest
     */
    public record Window(Instant from, Instant until, String reason) {}

    /** Times within these two in which one is on, in their order; those that follow each other without a gap are one. */
    public List<Window> between(Instant from, Instant to) {
        List<Window> all = new ArrayList<>();
        Instant at = from;
        for (int i = 0; i < WINDOWS_MAX && at.isBefore(to); i++) {
            Instant begins = at;
            Optional<Frozen> frozen = at(begins);
            frozen.ifPresent(on -> all.add(new Window(begins, on.until(), on.reason())));
            Optional<Instant> then = frozen.isPresent() ? frozen.map(Frozen::until) : next(begins);
            if (then.isEmpty()) {
                break;
            }
            at = then.get();
        }
        return all;
    }

    /** The freeze that is on at this moment, together with those that follow without a gap. */
    public Optional<Frozen> at(Instant now) {
        return windows(now).max(Comparator.comparing(Frozen::until)).map(first -> {
            Instant last = first.until();
            for (int i = 0; i < WINDOWS_MAX && last.isBefore(now.plus(LOOK_AHEAD)); i++) {
                Optional<Instant> next = windows(last).map(Frozen::until).max(Comparator.naturalOrder());
                if (next.isEmpty()) {
                    break;
                }
                last = next.get();
            }
            return new Frozen(last, first.reason());
        });
    }

    /** When the next window begins; empty if none does within the time that is looked ahead, or ever. */
    public Optional<Instant> next(Instant now) {
        return Stream.concat(
                        once.stream().map(Policy.Freeze::from).filter(now::isBefore),
                        weekly.stream().flatMap(window -> window.next(now).stream()))
                .min(Comparator.naturalOrder());
    }

    /** Whether, as far as can be seen, no moment of a week is left in which anything may go to production. */
    public boolean neverEnd(Instant now) {
        return !weekly.isEmpty()
                && new Freezes(List.of(), weekly)
                        .at(now)
                        .filter(frozen -> !frozen.until().isBefore(now.plus(LOOK_AHEAD)))
                        .isPresent();
    }

    private Stream<Frozen> windows(Instant at) {
        return Stream.concat(
                once.stream()
                        .filter(window -> window.covers(at))
                        .map(window -> new Frozen(window.to(), window.reason())),
                weekly.stream()
                        .flatMap(window -> window.until(at).stream().map(end -> new Frozen(end, window.reason()))));
    }
}
