package dev.slipway.release.report;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReportView.Candidate;
import dev.slipway.contracts.release.ReportView.CandidateKind;
import dev.slipway.contracts.release.ReportView.Stretch;
import dev.slipway.contracts.validation.GateVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What took a release longest, and which of its tests are unsteady: facts that may be worth a look. */
final class Candidates {
    private static final int SHOWN_MAX = 10;
    private static final Pattern FLAKY = Pattern.compile("(?:tests|stability)\\.flaky (\\d+)");
    private static final int PERCENT = 100;

    private final String release;
    private final List<Stretch> course;
    private final long wholeSeconds;

    Candidates(String release, List<Stretch> course) {
        this.release = release;
        this.course = course;
        this.wholeSeconds = course.stream().mapToLong(Stretch::seconds).sum();
    }

    /** The longest first, of those that took a second at least; then what is unsteady. */
    List<Candidate> of(List<GateVerdict> gates, List<DutyView> duties) {
        Stream<Candidate> timed = Stream.of(
                        states(),
                        gates.stream().flatMap(gate -> gate(gate).stream()),
                        duties.stream().flatMap(duty -> duty(duty).stream()))
                .flatMap(each -> each)
                .filter(each -> each.seconds() > 0)
                .sorted(Comparator.comparingLong(Candidate::seconds).reversed())
                .limit(SHOWN_MAX);
        return Stream.concat(timed, gates.stream().flatMap(gate -> flaky(gate).stream()))
                .toList();
    }

    private Stream<Candidate> states() {
        Map<String, Long> seconds = new LinkedHashMap<>();
        Map<String, Stretch> first = new LinkedHashMap<>();
        for (Stretch stretch : course) {
            String name = name(stretch);
            seconds.merge(name, stretch.seconds(), Long::sum);
            first.putIfAbsent(name, stretch);
        }
        return first.entrySet().stream()
                .map(each -> candidate(
                        people(each.getValue()) ? CandidateKind.PEOPLE : CandidateKind.STATE,
                        each.getKey(),
                        seconds.getOrDefault(each.getKey(), 0L),
                        people(each.getValue()) ? "waited for people in " + each.getKey() : "was in " + each.getKey()));
    }

    private static String name(Stretch stretch) {
        return stretch.part() == null ? stretch.state().name() : "%s (%s)".formatted(stretch.state(), stretch.part());
    }

    private static boolean people(Stretch stretch) {
        return stretch.state() == ReleasePhase.AWAITING_APPROVAL
                || stretch.state() == ReleasePhase.NEEDS_OPERATOR
                || (stretch.state() == ReleasePhase.CANDIDATE && "held".equals(stretch.part()));
    }

    private Optional<Candidate> gate(GateVerdict gate) {
        return gate.complete()
                ? Course.asked(course, gate.stage(), gate.at())
                        .map(asked -> candidate(
                                CandidateKind.GATE,
                                gate.gate(),
                                between(asked, gate.at()),
                                "waited for gate %s, which %s"
                                        .formatted(
                                                gate.gate(),
                                                gate.verdict() == GateVerdict.Verdict.PASSED
                                                        ? "passed then"
                                                        : "said %s then".formatted(gate.verdict()))))
                : Optional.empty();
    }

    /** From when it was asked for; what is asked for after the end holds nothing up. */
    private Optional<Candidate> duty(DutyView duty) {
        Optional<Instant> last =
                duty.answers().stream().map(DutyView.Answer::at).max(Comparator.naturalOrder());
        Duty.Before before = duty.before();
        return before == null
                ? Optional.empty()
                : last.flatMap(answered -> asked(before, answered)
                        .map(asked -> candidate(
                                CandidateKind.DUTY,
                                duty.id(),
                                between(asked, answered),
                                "had the last answer to duty %s, of %s".formatted(duty.id(), duty.by()))));
    }

    private Optional<Instant> asked(Duty.Before before, Instant answered) {
        return switch (before) {
            case STAGING ->
                course.stream()
                        .filter(each -> each.state() == ReleasePhase.AWAITING_APPROVAL)
                        .map(Stretch::from)
                        .findFirst();
            case PRODUCTION -> Course.asked(course, Stage.CANDIDATE, answered);
            case END -> Course.asked(course, Stage.PRODUCTION, answered);
        };
    }

    private Optional<Candidate> flaky(GateVerdict gate) {
        Matcher seen = FLAKY.matcher(gate.observed());
        long most = 0;
        while (seen.find()) {
            most = Math.max(most, Long.parseLong(seen.group(1)));
        }
        return most == 0
                ? Optional.empty()
                : Optional.of(new Candidate(
                        CandidateKind.FLAKY_TESTS,
                        gate.gate(),
                        0,
                        0,
                        "%s of gate %s: ./slipway gate explain %s %s names them"
                                .formatted(
                                        Texts.counted(most, "flaky test", "flaky tests"),
                                        gate.gate(),
                                        release,
                                        gate.gate())));
    }

    private Candidate candidate(CandidateKind kind, String what, long seconds, String text) {
        int percent =
                wholeSeconds == 0 ? 0 : (int) Math.min(PERCENT, Math.round((double) PERCENT * seconds / wholeSeconds));
        return new Candidate(
                kind,
                what,
                seconds,
                percent,
                "%s (%d %% of its time) it %s".formatted(Texts.words(Duration.ofSeconds(seconds)), percent, text));
    }

    private static long between(@Nullable Instant from, Instant to) {
        return from == null ? 0 : Math.max(0, Duration.between(from, to).toSeconds());
    }
}
