package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseFacts;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.release.application.Launch;
import dev.slipway.rules.FactExpression;
import dev.slipway.rules.FactExpression.Answer;
import dev.slipway.rules.FactExpression.Compiled;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A duty that does not apply to a release, by its rule (ADR 50). That is decided once, when the release begins, by what is known
 * then, and stands in its record. An expression that has no answer leaves nothing out.
 *
 * @param duty its id
 * @param why the rule, and what the release is, in one sentence for a person
 */
public record LeftOut(String duty, String why) {
    /** All of them, in the order of the policy. */
    static List<LeftOut> of(Launch launch) {
        Policy policy = launch.policy();
        if (policy == null || launch.rollback() != null || launch.refused() != null) {
            return List.of();
        }
        Set<ReleaseKind> kinds = LaunchFacts.kinds(launch);
        Map<String, BigDecimal> facts = LaunchFacts.of(launch);
        return policy.duties().stream()
                .flatMap(duty -> why(duty, kinds, facts).map(why -> new LeftOut(duty.id(), why)).stream())
                .toList();
    }

    private static Optional<String> why(Duty duty, Set<ReleaseKind> kinds, Map<String, BigDecimal> facts) {
        String where = duty.where();
        if (where != null) {
            return holds(where, facts)
                    ? Optional.empty()
                    : Optional.of("it is asked where %s, which does not hold of this release".formatted(where));
        }
        return duty.when().isEmpty() || duty.when().stream().anyMatch(kinds::contains)
                ? Optional.empty()
                : Optional.of(otherwise(duty.when(), kinds));
    }

    /** Why a line does not apply by what a heading above it says, the first that does, else by what it says itself. */
    static Optional<String> why(Guide guide, GuideLine line, Launch launch) {
        return guide.headings().stream()
                .filter(heading -> heading.covers(line))
                .flatMap(heading -> why(heading, launch).stream())
                .findFirst()
                .or(() -> why(line, launch));
    }

    private static Optional<String> why(GuideHeading heading, Launch launch) {
        String where = heading.where();
        if (where != null) {
            return holds(where, LaunchFacts.of(launch))
                    ? Optional.empty()
                    : Optional.of("what stands under %s applies where %s, which does not hold of this release"
                            .formatted(heading.under(), where));
        }
        Set<ReleaseKind> kinds = LaunchFacts.kinds(launch);
        return heading.when().stream().anyMatch(kinds::contains)
                ? Optional.empty()
                : Optional.of("what stands under %s holds for %s, and this release is %s"
                        .formatted(heading.under(), words(heading.when()), words(kinds)));
    }

    /**
     * Why a line of a guide does not apply to a release, if so. What is known when a release begins is pinned with it, so that
     * it is the same whenever somebody looks.
     */
    private static Optional<String> why(GuideLine line, Launch launch) {
        String where = line.where();
        if (where != null) {
            return holds(where, LaunchFacts.of(launch))
                    ? Optional.empty()
                    : Optional.of("it applies where %s, which does not hold of this release".formatted(where));
        }
        Set<ReleaseKind> kinds = LaunchFacts.kinds(launch);
        return line.holds(kinds) ? Optional.empty() : Optional.of(otherwise(line.when(), kinds));
    }

    private static boolean holds(String where, Map<String, BigDecimal> facts) {
        return !(FactExpression.compile(where, ReleaseFacts.NAMES) instanceof Compiled.Ready(FactExpression expression)
                && expression.ask(facts) instanceof Answer.Said(boolean holds)
                && !holds);
    }

    /** For what it holds, and what the release is. */
    static String otherwise(Collection<ReleaseKind> when, Collection<ReleaseKind> kinds) {
        return "it holds for %s, and this release is %s".formatted(words(when), words(kinds));
    }

    private static String words(Collection<ReleaseKind> kinds) {
        return kinds.stream().map(ReleaseKind::word).collect(Collectors.joining(", "));
    }

    /** Why a duty was left out of a release, if it was. */
    static Optional<String> why(Dossier d, Duty duty) {
        return d.leftOut().stream()
                .filter(each -> each.duty().equals(duty.id()))
                .map(LeftOut::why)
                .findFirst();
    }
}
