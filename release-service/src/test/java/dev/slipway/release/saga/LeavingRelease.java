package dev.slipway.release.saga;

import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A release of the demo that ends well and leaves things to do, for tests that do not take it along its way. */
public final class LeavingRelease {
    private static final ReleaseSaga SAGA = new ReleaseSaga(Examples.SAGA_LIMITS);

    private final Journey journey;

    /** @param duties as a policy has them */
    public LeavingRelease(String duties) {
        journey = new Journey(VotesTest.policy("required: 2, within: 72h", duties));
    }

    /** Another release, which has only begun. */
    public static Dossier begun(String id, Instant at) {
        return SAGA.decide(SAGA.initial(id), new ReleaseInput.Launched(EndedReleases.launch(id, at)), at)
                .state();
    }

    /** Production serves it alone; it is not at its end. */
    public LeavingRelease baked() {
        journey.baked();
        return this;
    }

    /** It has come to its end, of which everybody was told. */
    public LeavingRelease completed() {
        journey.completed().told();
        return this;
    }

    /** So long passes, and whoever is late is reminded. */
    public LeavingRelease later(Duration time) {
        journey.after(time).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE)).told();
        return this;
    }

    /**
     * Somebody says that it is done.
     *
     * @return why that is refused; empty where it is not
     */
    public String done(String duty, String email, Map<String, String> fields) {
        journey.take(new ReleaseInput.AnswerDuty(
                email, duty, Result.PASSED, "done", fields, List.of(), journey.triple(), null));
        Refusal refusal = journey.refusal();
        journey.told();
        return refusal == null ? "" : refusal.code();
    }

    public Dossier dossier() {
        return journey.dossier();
    }

    /** Whether it is over for good: among the live ones no longer. */
    public boolean finished() {
        return SAGA.finished(journey.dossier());
    }
}
