package dev.slipway.cli.machine;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.Trouble;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How versions are that should run, and what is wrong with those that are not well. */
public final class IncidentText {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;

    public IncidentText(ZoneId zone) {
        this.zone = zone;
    }

    /** One line for each version that something is wrong with. */
    public List<String> brief(List<EnvironmentView> environments) {
        List<String> lines = new ArrayList<>();
        for (EnvironmentView environment : environments) {
            for (Running version : environment.running()) {
                incidents(version)
                        .forEach(incident -> lines.add("%s: %s %s: ./slipway app show %s"
                                .formatted(
                                        environment.environment(),
                                        version.version(),
                                        happened(incident.kind()),
                                        environment.environment().application().value())));
            }
        }
        return lines;
    }

    /** Every version that should run, with all that is known of what is wrong. */
    public List<String> whole(List<EnvironmentView> environments) {
        List<String> lines = new ArrayList<>();
        for (EnvironmentView environment : environments) {
            for (Running version : environment.running()) {
                Digest configuration = version.configuration();
                lines.add("  %s runs %s: %s since %s%s%s"
                        .formatted(
                                environment.environment().environment(),
                                version.version(),
                                words(version.health()),
                                moment(version.since()),
                                restarts(version),
                                configuration == null ? "" : ", configuration " + configuration.brief()));
                incidents(version).forEach(incident -> lines.addAll(incident(incident)));
            }
        }
        return lines;
    }

    /** It may be bad, and changed as well. */
    private static Stream<IncidentStatus> incidents(Running version) {
        return Stream.of(Optional.ofNullable(version.incident()), Optional.ofNullable(version.changed()))
                .flatMap(Optional::stream);
    }

    private String restarts(Running version) {
        if (version.restarts() == 0 && version.nextStartAt() == null) {
            return "";
        }
        String next = version.nextStartAt() == null ? "" : ", next at " + moment(version.nextStartAt());
        return ", started again %s%s".formatted(Texts.counted(version.restarts(), "time", "times"), next);
    }

    private List<String> incident(IncidentStatus incident) {
        Trouble why = incident.why();
        List<String> lines = new ArrayList<>();
        lines.add("  ! it %s, since %s".formatted(happened(incident.kind()), moment(incident.begun())));
        lines.add("    why: " + why.text());
        if (!why.lastLines().isEmpty()) {
            lines.add("    the last that it wrote:");
            why.lastLines().forEach(line -> lines.add("      | " + line));
        }
        if (why.log() != null) {
            lines.add("    all that it wrote: " + why.log());
        }
        if (!why.remedy().isEmpty()) {
            lines.add("    " + why.remedy());
        }
        lines.add(
                incident.goesBack()
                        ? "    the version before it is brought back, as its policy says"
                        : "    people were told, and hear again when it is over");
        return lines;
    }

    private static String happened(IncidentStatus.Kind kind) {
        return switch (kind) {
            case DIED -> "died";
            case UNREADY -> "is not well";
            case CRASH_LOOP -> "keeps dying";
            case CHANGED -> "was changed behind Slipway's back";
            case UNKNOWN -> "went bad";
        };
    }

    private static String words(Health health) {
        return switch (health) {
            case UP -> "up and ready";
            case STARTING -> "starting";
            case UNREADY -> "up but not ready";
            case RESTARTING -> "being started again";
            case DOWN -> "down";
            case UNKNOWN -> "in an unknown state";
        };
    }

    private String moment(Instant at) {
        return MOMENT.format(at.atZone(zone));
    }
}
