package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import java.time.Duration;

/**
 * How long a release waits for what no policy names.
 *
 * @param askEvery pause before an unanswered question is asked again, 1 s to 5 min
 * @param answerGrace how long a question asked at a deadline may take, 1 s to 10 min
 * @param sleepAfter a deadline that fires so late tells that the machine slept; then the wait starts again once
 * @param readWithin to read the revision from Git
 * @param assessMargin beyond the longest gate of an assessment
 * @param queueWithin for an environment's slot
 * @param startWithin for a version to start and become healthy
 * @param rolloutMargin beyond what the policy's steps may take
 * @param candidateWithin to prove the way back
 * @param confirmWithin for an environment to confirm what it runs
 * @param restoreWithin for an environment to go back
 * @param mergeWithin to merge and tag
 * @param operatorWithin for a person who is asked to act; then they are reminded
 * @param tellEvery pause before the end is told again to those who have not planned to tell it
 * @param milestonesMax milestones of a release; later ones but the end are left out
 * @param notesMax notes of a release
 * @param requestsRemembered keys of requests that are answered the same way again
 */
public record SagaLimits(
        Duration askEvery,
        Duration answerGrace,
        Duration sleepAfter,
        Duration readWithin,
        Duration assessMargin,
        Duration queueWithin,
        Duration startWithin,
        Duration rolloutMargin,
        Duration candidateWithin,
        Duration confirmWithin,
        Duration restoreWithin,
        Duration mergeWithin,
        Duration operatorWithin,
        Duration tellEvery,
        int milestonesMax,
        int notesMax,
        int requestsRemembered) {
    public SagaLimits {
        Duration[] all = {
            askEvery,
            answerGrace,
            sleepAfter,
            readWithin,
            assessMargin,
            queueWithin,
            startWithin,
            rolloutMargin,
            candidateWithin,
            confirmWithin,
            restoreWithin,
            mergeWithin,
            operatorWithin,
            tellEvery
        };
        for (Duration each : all) {
            if (each.compareTo(Duration.ofMillis(100)) < 0 || each.compareTo(Duration.ofDays(90)) > 0) {
                throw new IllegalArgumentException(
                        "slipway.release.saga: a wait must be 100 ms to 90 d, is " + Texts.words(each));
            }
        }
        if (milestonesMax < 20 || notesMax < 1 || requestsRemembered < 1) {
            throw new IllegalArgumentException("slipway.release.saga: milestones-max from 20, the other bounds from 1");
        }
    }
}
