package dev.slipway.release.saga;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.release.wiring.Examples;
import java.util.List;
import java.util.Map;

/** A release whose duty {@code try-it} was answered with files, for tests that do not take it along its way. */
public final class AnsweredReleases {
    private AnsweredReleases() {}

    /** @param files by name; of 7 bytes each */
    public static Dossier naming(Map<String, Digest> files) {
        Journey journey = new Journey(Journey.dutiful(Journey.duty("try-it", Before.PRODUCTION))).candidate();
        List<AnswerFile> named = files.entrySet().stream()
                .map(each -> new AnswerFile(each.getKey(), each.getValue(), 7))
                .toList();
        journey.take(new ReleaseInput.AnswerDuty(
                Examples.BEN,
                "try-it",
                Result.PASSED,
                "tried it",
                Map.of(),
                List.of(),
                List.of(),
                named,
                journey.triple(),
                null,
                null));
        return journey.dossier();
    }

    /** A release that failed in staging, which goes back. */
    public static Dossier goingBack() {
        return new Journey().restoring().dossier();
    }
}
