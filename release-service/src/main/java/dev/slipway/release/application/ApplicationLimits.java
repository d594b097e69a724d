package dev.slipway.release.application;

/**
 * How much one application remembers.
 *
 * @param proposalsRemembered keys of proposals (event, Idempotency-Key) that are answered the same way again, 1 to 1,000
 * @param versionsRemembered versions whose content is known, so that the same content is recognised, 1 to 1,000
 * @param policiesRemembered marks of earlier policies, 1 to 1,000
 * @param releasesLiveMax releases on their way at the same time, 1 to 1,000; one more is refused
 * @param verifiedRemembered versions that production verified and that a rollback may name, 1 to 1,000; whether there is
 *     still a snapshot of one, only production knows
 */
public record ApplicationLimits(
        int proposalsRemembered,
        int versionsRemembered,
        int policiesRemembered,
        int releasesLiveMax,
        int verifiedRemembered) {
    public ApplicationLimits {
        int[] bounds = {proposalsRemembered, versionsRemembered, policiesRemembered, releasesLiveMax, verifiedRemembered
        };
        for (int bound : bounds) {
            if (bound < 1 || bound > 1_000) {
                throw new IllegalArgumentException(
                        "slipway.release.application: a bound must be 1 to 1,000, is " + bound);
            }
        }
    }
}
