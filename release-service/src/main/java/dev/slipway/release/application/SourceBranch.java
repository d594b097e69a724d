package dev.slipway.release.application;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import java.io.IOException;

/** The branches that releases are made of, as an application looks at them. */
@FunctionalInterface
public interface SourceBranch {
    /** Kind of the task that looks. */
    String LOOK = "look-at-branch";

    /** Look which source branches are at a revision, because somebody says that one is. */
    record Look(Policy.Source source, Sha pushed) {}

    /**
     * Where the branches are now. May be asked again after a crash.
     *
     * @throws IOException if the repository cannot be read now; a retry may help
     */
    ApplicationInput.HeadSeen look(Look look) throws IOException;
}
