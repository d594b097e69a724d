package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.validation.judgement.Seconds.Open;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted over the whole rollout. Ticks with every sample, so it is kept but not journaled. What a former
 * version of this service has stored is read with the counts that it has; the evidence begins anew then, as two tests of the
 * same answers cannot be joined.
 *
 * @param canary every answer of the canary
 * @param baseline every answer of the baseline since the judgement began
 * @param processes what gathers evidence, second by second; null in what was stored before there was any
 * @param recent the canary's answers of the last while
 * @param recentBaseline the baseline's
 * @param seconds those that are not over for all gateways
 * @param clients who was counted, where clients stick to a side
 * @param firsts how many clients were counted there
 * @param ratio on which side the present step's draws fell
 * @param doubt what keeps the step from passing though nothing is lacking, for people; empty for nothing
 * @param cursors which samples have been counted
 * @param hold how long the present step has been in force
 * @param saidAt second of the sample with which the status was last sent, or null
 * @param heardAt when a Judge command was last noted
 * @param windows the seconds that are over, in stretches
 * @param excess what of the canary's answers was not well in them, beyond the baseline's share
 * @param left what of the answers of the version that is left was not well, whether its seconds are over or not; null while it
 *     has none
 */
record Tally(
        SideTally canary,
        SideTally baseline,
        @Nullable Processes processes,
        Recent recent,
        @JsonSetter Recent recentBaseline,
        @JsonSetter Seconds seconds,
        @JsonSetter Clients clients,
        @JsonSetter Sides firsts,
        @JsonSetter Ratio ratio,
        @JsonSetter String doubt,
        Cursors cursors,
        Hold hold,
        @Nullable Instant saidAt,
        Instant heardAt,
        @JsonSetter Windows windows,
        @JsonSetter Excesses excess,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Excesses left) {
    Tally {
        recentBaseline = recentBaseline == null ? Recent.NOTHING : recentBaseline;
        seconds = seconds == null ? Seconds.NONE : seconds;
        clients = clients == null ? Clients.NONE : clients;
        firsts = firsts == null ? Sides.NONE : firsts;
        ratio = ratio == null ? Ratio.NONE : ratio;
        doubt = doubt == null ? "" : doubt;
        windows = windows == null ? Windows.NONE : windows;
        excess = excess == null ? Excesses.NONE : excess;
    }

    static Tally starting(Instant now) {
        return new Tally(
                SideTally.NONE,
                SideTally.NONE,
                null,
                Recent.NOTHING,
                Recent.NOTHING,
                Seconds.NONE,
                Clients.NONE,
                Sides.NONE,
                Ratio.NONE,
                "",
                Cursors.NONE,
                Hold.NOT_BEGUN,
                null,
                now,
                Windows.NONE,
                Excesses.NONE,
                null);
    }

    boolean counted(TrafficSample sample) {
        return cursors.passed(sample);
    }

    Processes processes(Rollout rollout) {
        return processes == null ? Processes.starting(rollout.rules()) : processes;
    }

    /**
     * Takes one more sample in; what it is evidence of is found when its second is over.
     *
     * @param passed the cursors with this sample
     * @param now no second is later than that, so that a gateway whose clock runs ahead neither ends a hold early nor
     *     pushes what others see out of the window
     */
    Tally taking(TrafficSample sample, Cursors passed, Rollout rollout, Step step, Instant now) {
        VersionCounts ofCanary = of(sample, rollout.canary());
        VersionCounts ofBaseline = rollout.baseline() == null ? null : of(sample, rollout.baseline());
        Sides all = new Sides(every(ofCanary), every(ofBaseline));
        Sides brief = new Sides(all.canary().withoutKinds(), all.baseline().withoutKinds());
        Clients.Seen seen = clients.seeing(rollout.sticky() ? ofCanary : null, rollout.sticky() ? ofBaseline : null);
        boolean inForce = step.number() > 0 && sample.counter() >= step.tableCounter();
        Instant thisSecond = now.truncatedTo(ChronoUnit.SECONDS);
        Instant second = sample.second().isAfter(thisSecond) ? thisSecond : sample.second();
        return new Tally(
                canary.plus(all.canary()),
                baseline.plus(all.baseline()),
                processes,
                recent,
                recentBaseline,
                seconds.plus(new Open(
                        second,
                        inForce,
                        new Sides(all.canary(), brief.baseline()),
                        rollout.sticky() ? seen.counted() : brief)),
                seen.clients(),
                firsts.plus(seen.counted()),
                inForce ? drawn(rollout, all, seen) : ratio,
                doubt,
                passed,
                hold,
                saidAt,
                heardAt,
                windows,
                excess,
                leaving(sample, rollout, second));
    }

    /** Nothing is beside it that would say what was to be expected, and nothing says which of its answers are slow. */
    private @Nullable Excesses leaving(TrafficSample sample, Rollout rollout, Instant second) {
        SideTally more = rollout.left() == null ? SideTally.NONE : every(of(sample, rollout.left()));
        return more.answers() == 0
                ? left
                : Objects.requireNonNullElse(left, Excesses.NONE).plus(second, more, Bad.NONE);
    }

    List<Excess> leftSaid() {
        return left == null ? List.of() : left.said();
    }

    /** A sample could not be counted: nobody has seen all of what was answered now, so the step is held anew. */
    Tally leavingOut(Instant now) {
        return new Tally(
                canary,
                baseline,
                processes,
                recent,
                recentBaseline,
                seconds,
                clients,
                firsts,
                ratio,
                doubt,
                cursors.leavingOut(now),
                Hold.NOT_BEGUN,
                saidAt,
                heardAt,
                windows,
                excess,
                left);
    }

    /** What the baseline had answered in the seconds that are over. */
    SideTally baselineOver() {
        return seconds.open().stream()
                .map(open -> open.all().baseline())
                .reduce(baseline, SideTally::minus, (one, _) -> one);
    }

    private Ratio drawn(Rollout rollout, Sides all, Clients.Seen seen) {
        return rollout.sticky()
                ? ratio.plus(seen.newOnCanary(), seen.newOnBaseline())
                : ratio.plus(all.canary().timed(), all.baseline().timed()); // an outcome may come under a later share
    }

    /**
     * What of the canary's answers was not well beyond the baseline's share, up to the last sample.
     *
     * @param limits from when on an answer is slow; null where that is not known
     */
    Excesses excesses(@Nullable SlowLimits limits) {
        Excesses all = excess;
        for (Open open : seconds.open()) {
            all = all.plus(open.second(), open.all().canary(), share(limits));
        }
        return all;
    }

    /** What the baseline's share of bad answers is by the seconds that are over. */
    Bad share(@Nullable SlowLimits limits) {
        return Bad.shares(windows.baseline(), limits);
    }

    /**
     * A second is over.
     *
     * @param comparing whether the canary has, or had, a share
     * @param step number of the present step
     * @param limits from when on an answer is slow; null where that is not known
     */
    Tally closing(
            Open second, Processes next, Duration window, boolean comparing, int step, @Nullable SlowLimits limits) {
        Windows stretched = windows.plus(second.second(), second.all(), comparing, step, second.inForce());
        Bad share = Bad.shares(stretched.baseline(), limits);
        return new Tally(
                canary,
                baseline,
                next,
                recent.plus(second.second(), second.all().canary(), window),
                recentBaseline.plus(second.second(), second.all().baseline(), window),
                seconds.closed(),
                clients,
                firsts,
                ratio,
                doubt,
                cursors,
                second.inForce() ? hold.seen(second.second()) : hold,
                saidAt,
                heardAt,
                stretched,
                excess.plus(second.second(), second.all().canary(), share),
                left);
    }

    Tally with(Processes next) {
        return kept(next, ratio, doubt, hold, saidAt, heardAt);
    }

    Tally doubting(String text) {
        return text.equals(doubt) ? this : kept(processes, ratio, text, hold, saidAt, heardAt);
    }

    /** A new step has its own hold, and so has one that nobody asked for in a while; everything else goes on. */
    Tally holdingAnew() {
        return kept(processes, Ratio.NONE, "", Hold.NOT_BEGUN, saidAt, heardAt);
    }

    Tally said(Instant second) {
        return kept(processes, ratio, doubt, hold, second, heardAt);
    }

    Tally heard(Instant now) {
        return kept(processes, ratio, doubt, hold, saidAt, now);
    }

    private Tally kept(
            @Nullable Processes gathered,
            Ratio drawn,
            String doubted,
            Hold holding,
            @Nullable Instant said,
            Instant heard) {
        return new Tally(
                canary,
                baseline,
                gathered,
                recent,
                recentBaseline,
                seconds,
                clients,
                firsts,
                drawn,
                doubted,
                cursors,
                holding,
                said,
                heard,
                windows,
                excess,
                left);
    }

    private static @Nullable VersionCounts of(TrafficSample sample, String key) {
        for (VersionCounts version : sample.versions()) {
            if (version.key().equals(key)) {
                return version;
            }
        }
        return null;
    }

    private static SideTally every(@Nullable VersionCounts version) {
        return version == null ? SideTally.NONE : SideTally.of(version.all());
    }
}
