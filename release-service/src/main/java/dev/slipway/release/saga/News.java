package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.saga.ReleaseInput.Assessed;
import dev.slipway.release.saga.ReleaseInput.FreezesChanged;
import dev.slipway.release.saga.ReleaseInput.HoldChanged;
import dev.slipway.release.saga.ReleaseInput.Judged;
import dev.slipway.release.saga.ReleaseInput.RevisionRead;
import dev.slipway.release.saga.ReleaseInput.RolloutChanged;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import dev.slipway.release.saga.ReleaseInput.WayBackChanged;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an entry of the journal says to a person who reads the timeline: what came, where it led, and why. */
final class News {
    private News() {}

    /** Null if there is nothing to say. */
    static @Nullable String of(Dossier before, Dossier after, ReleaseInput input) {
        String text = Stream.of(heard(before, after, input), Timetable.news(before, after), move(before, after))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : text;
    }

    private static Optional<String> heard(Dossier before, Dossier after, ReleaseInput input) {
        return switch (input) {
            case RolloutChanged changed -> Optional.ofNullable(rollout(before, after, changed.status()));
            case Assessed assessed
            when !before.assessments().equals(after.assessments()) -> Optional.of(assessment(assessed.status()));
            case WayBackChanged changed
            when !Objects.equals(before.wayBack(), after.wayBack()) ->
                Optional.of("the way back is %sproven: %s"
                        .formatted(
                                changed.status().proven() ? "" : "not ",
                                changed.status().detail()));
            case Judged judged
            when judged.status().worse() != null && !judged.status().ended() ->
                Optional.of("worse: " + judged.status().worse());
            case Judged _
            when !Objects.equals(before.disruption(), after.disruption()) ->
                Optional.of("what users had of it was counted further");
            case HoldChanged _
            when !Objects.equals(before.hold(), after.hold()) ->
                Optional.of(
                        after.hold() == null
                                ? "held no longer"
                                : Entering.held(after.hold()).text());
            case TimedOut _ when asksOnceMore(before, after) -> Optional.of("the deadline has passed, asked once more");
            case TimedOut _
            when beganAgain(before, after) ->
                Optional.of("the deadline came much too late, as after a sleep of the machine: the wait begins again,"
                        + " once");
            case RevisionRead _
            when Work.looksAgain(before) && !before.equals(after) ->
                Optional.of("Git still shows the revision where releases are made");
            case FreezesChanged _
            when !before.equals(after) -> Optional.of("the policy of now says when nothing begins production");
            case Assessed _,
                    Judged _,
                    WayBackChanged _,
                    HoldChanged _,
                    TimedOut _,
                    FreezesChanged _,
                    ReleaseInput.Launched _,
                    ReleaseInput.Superseded _,
                    ReleaseInput.Fixed _,
                    RevisionRead _,
                    ReleaseInput.RevisionRefused _,
                    ReleaseInput.Merged _,
                    ReleaseInput.MergeRefused _,
                    ReleaseInput.AnnouncementsWritten _,
                    ReleaseInput.Told _,
                    ReleaseInput.Request _,
                    ReleaseInput.AskAgain _ -> Optional.empty();
        };
    }

    private static boolean asksOnceMore(Dossier before, Dossier after) {
        Wait had = before.state().waits();
        Wait has = after.state().waits();
        return had != null
                && has != null
                && !had.asked()
                && has.asked()
                && had.since().equals(has.since());
    }

    private static boolean beganAgain(Dossier before, Dossier after) {
        Wait had = before.state().waits();
        Wait has = after.state().waits();
        return had != null && has != null && !had.restarted() && has.restarted();
    }

    private static @Nullable String rollout(Dossier before, Dossier after, RolloutStatus status) {
        String environment = status.environment().environment();
        Optional<RolloutStatus> known = after.rollout(environment);
        if (known.isEmpty() || known.equals(before.rollout(environment))) {
            return null;
        }
        if (status.leaving() != null) {
            return environment + " " + Telling.leaving(status);
        }
        String at = switch (status.phase()) {
            case STEPPING ->
                " step %d of %d at %d %%".formatted(status.step(), status.steps(), status.trafficPercent());
            case BAKING -> " at %d %%".formatted(status.trafficPercent());
            case WAITING, STARTING, WARMING_UP, FULL, VERIFIED, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN ->
                "";
        };
        String rest = status.atTurn() ? ", its turn has come" : status.paused() ? ", paused" : "";
        return "%s: %s%s%s".formatted(environment, words(status.phase()), at, rest);
    }

    private static String assessment(AssessmentStatus status) {
        long complete = status.gates().stream().filter(GateVerdict::complete).count();
        return "%s: %s, %d of %s complete"
                .formatted(
                        status.question().step(),
                        words(status.outcome()),
                        complete,
                        Texts.counted(status.gates().size(), "gate", "gates"));
    }

    private static Optional<String> move(Dossier before, Dossier after) {
        ReleasePhase from = before.state().phase();
        ReleasePhase to = after.state().phase();
        Cause cause = after.cause();
        String why = cause == null || cause.equals(before.cause()) ? "" : cause.text();
        if (from == to) {
            return why.isEmpty() ? Optional.empty() : Optional.of(why);
        }
        return Optional.of("%s to %s%s".formatted(from, to, why.isEmpty() ? "" : ": " + why));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
