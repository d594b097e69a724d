package dev.slipway.deployment.environment;

import dev.slipway.deployment.environment.EnvironmentInput.RemoveAsked;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of an environment whose application nobody needs any more: it has no address from then on, what serves is stopped
 * after its last requests, and nothing can be gone back to. What it answered is kept, and a later release makes it anew.
 */
final class Removal {
    private final Rhythm rhythm;

    Removal(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    Decision<Environment> asked(Environment environment, RemoveAsked asked, Instant now) {
        boolean later = environment.highest() != null && environment.highest().ordinal() > asked.ordinal();
        if (later || environment.active() != null || environment.waiting() != null || isGone(environment)) {
            return Decision.stay(environment); // a release was asked for since, or it has been done
        }
        List<Effect> dropped = new ArrayList<>();
        Environment next = Drain.endInspections(environment, now);
        Snapshot verified = environment.verified();
        if (verified != null) {
            next = next.retiring(new Retired(verified.key(), now.plus(rhythm.drain())));
            dropped.add(Orders.dropStart(verified.key()));
        }
        for (Environment.Proving proving : environment.proving()) {
            next = next.retiring(new Retired(Work.proofKey(proving.to(), proving.question()), now));
            dropped.add(Orders.dropProof(proving));
        }
        next = next.withSnapshots(List.of())
                .withProofs(List.of(), environment.proofs())
                .withTraffic(environment.traffic().removal());
        return Decision.move(next, Orders.table(next, now), Effect.stopTimer(Orders.PROVE))
                .and(dropped)
                .and(Drain.timerWithDue(next, now))
                .because("removed: %s (%s)".formatted(asked.reason(), asked.actor()));
    }

    /** Nothing was ever there, or it was removed. */
    private static boolean isGone(Environment environment) {
        return environment.traffic().removed() || environment.traffic().counter() == 0;
    }
}
