package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.messaging.Refusal;
import java.util.Optional;

/**
 * Who says how the guide is to be read of a release: somebody who has a role in its policy, or an operator, and who did not make
 * the change. That is a judgement, as an approval is, and not knowledge, of which authors have most.
 */
final class Judging {
    private Judging() {}

    /** Why somebody may not; empty where they may. */
    static Optional<Refusal> refusal(Dossier d, String email, boolean operator, String does) {
        if (!mayJudge(d.guide(), email, operator)) {
            return Optional.of(new Refusal(
                    "not-your-role",
                    "%s is no contact of the release's policy and no operator; one of these %s."
                            .formatted(email, does)));
        }
        return d.madeBy(email)
                ? Optional.of(new Refusal(
                        "own-change",
                        "%s wrote, committed or published this change; somebody else %s.".formatted(email, does)))
                : Optional.empty();
    }

    static boolean mayJudge(Policy policy, String email, boolean operator) {
        return operator || !policy.rolesOf(email).isEmpty();
    }

    static Optional<Refusal> noReason(String reason, String doing) {
        return Texts.says(reason)
                ? Optional.empty()
                : Optional.of(
                        new Refusal("no-reason", doing + " takes a reason, for the release's record: --reason WHY"));
    }
}
