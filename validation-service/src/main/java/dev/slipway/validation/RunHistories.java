package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.validation.evidence.stability.RunHistory;
import dev.slipway.validation.evidence.stability.TestPush;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers which tests failed in the last runs of each branch. */
interface RunHistories {
    /**
     * Whose runs.
     *
     * @param branch null for runs that name none
     */
    record Of(
            ApplicationName application,
            String kind,
            @Nullable String suite,
            @Nullable String branch) {}

    /** Durable when it returns; the same reports of the same attempt again change nothing. */
    void add(Of branch, TestPush push);

    RunHistory of(Of branch);

    /** The names of the branches of which runs of this kind and suite are remembered. */
    List<String> branches(ApplicationName application, String kind, @Nullable String suite);
}
