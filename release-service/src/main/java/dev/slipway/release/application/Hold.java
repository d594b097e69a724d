package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.ReleaseId;

/**
 * Application to release: whether it may begin production.
 *
 * @param by the release for whose sake
 * @param ordinal the order that the release has from now on; its own unless a rollback came before it
 */
public record Hold(ReleaseId by, Kind kind, long ordinal) {
    /** How far it is held. */
    public enum Kind {
        /** The other one needs an operator and holds production: nothing begins there but what fixes it. */
        BLOCKED,
        /** Production went back from the other one, whose fault this one probably contains: a person says when to go on. */
        HELD,
        /** The other one is well after all. */
        LIFTED,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
