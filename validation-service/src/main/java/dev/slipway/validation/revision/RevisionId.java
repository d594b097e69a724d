package dev.slipway.validation.revision;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;

/** A revision of an application, written {@code application@sha}. */
public record RevisionId(ApplicationName application, Sha sha) {
    public static RevisionId parse(String text) {
        int at = text.indexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("A revision has the form application@sha, not " + text);
        }
        return new RevisionId(new ApplicationName(text.substring(0, at)), new Sha(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return application + "@" + sha;
    }
}
