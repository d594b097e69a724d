package dev.slipway.release.application;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The artifacts of a release lie side by side under their names, and a policy speaks of them by name: so each has one of its
 * own, and the policy's are there. Told when it is proposed, as a start would only find it out.
 */
public final class ArtifactNames {
    public static final String KIND = "artifact-names";

    private ArtifactNames() {}

    /** Why it cannot be released, in words. */
    public static Optional<String> refusal(Proposal proposal, Policy policy) {
        List<String> names = proposal.artifacts().stream().map(Artifact::called).toList();
        return twice(names).or(() -> missing(names, policy));
    }

    static Optional<Cause> cause(Proposal proposal, Policy policy) {
        return refusal(proposal, policy).map(text -> Cause.of(KIND, text));
    }

    private static Optional<String> twice(List<String> names) {
        Set<String> seen = new HashSet<>();
        return names.stream()
                .filter(name -> !seen.add(name))
                .findFirst()
                .map(
                        "Two artifacts of this proposal are called %s, and each lies under its name. Name them: \"name\" beside \"uri\" and \"digest\", or --artifact NAME=FILE."
                                ::formatted);
    }

    private static Optional<String> missing(List<String> names, Policy policy) {
        return Stream.concat(
                        Stream.of(
                                        policy.environments().staging().target(),
                                        policy.environments().production().target())
                                .flatMap(target -> target.texts().stream()),
                        policy.gates().stream()
                                .flatMap(gate -> gate.http().stream())
                                .flatMap(request -> request.texts().stream()))
                .flatMap(text -> Placeholders.used(text).stream())
                .filter(used -> used.startsWith(Placeholders.ARTIFACTS_PREFIX))
                .map(used -> used.substring(Placeholders.ARTIFACTS_PREFIX.length()))
                .filter(used -> !names.contains(used))
                .findFirst()
                .map(used ->
                        "The policy speaks of {artifacts.%s}, and this proposal has no artifact of that name: it has %s. Propose it with one (\"name\" beside \"uri\" and \"digest\", or --artifact %s=FILE), or change the policy."
                                .formatted(used, String.join(", ", names), used));
    }
}
