package dev.slipway.contracts.ci;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;

/**
 * The customData of a {@code pipelinerun.finished} that a required check may be. Beside these it may hold
 * {@code attempt}, 1 or more: of one run (the event's subject) the highest attempt counts, of several runs the one that
 * finished last.
 *
 * @param check the check's name as policies write it, 1 to 200 characters
 */
public record CheckFinished(ApplicationName application, Sha sha, String check) {
    public CheckFinished {
        Texts.requirePresent("application", application);
        Texts.requirePresent("sha", sha);
        Texts.requireLength("check", check, 1, 200);
    }
}
