package dev.slipway.release.application;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import java.io.IOException;

/** The branch that releases are made of, as an application looks at it. */
@FunctionalInterface
public interface SourceBranch {
    /** Kind of the task that looks. */
    String LOOK = "look-at-branch";

    /** Look where the source branch is, because somebody says that it is there. */
    record Look(Policy.Source source, Sha pushed) {}

    /**
     * Where the branch is now. May be asked again after a crash.
     *
     * @throws IOException if the repository cannot be read now; a retry may help
     */
    ApplicationInput.HeadSeen look(Look look) throws IOException;
}
