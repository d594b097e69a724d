package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;

/**
 * Which recorded lines a judge's word rests on: questions and seconds, as they are stored, from the first one on.
 *
 * @param lines how many, 1 or more
 * @param digest SHA-256 of the last of them, each of which is made of the one before it, so that none can be altered, dropped or
 *     moved without another digest (ADR 40)
 * @param interruptions how often something that was judged before them is not among them: a service was killed, a store took
 *     nothing, a bound was reached. Absent is 0
 */
public record JudgedSeconds(
        long lines,
        Digest digest,
        @JsonSetter(nulls = Nulls.AS_EMPTY) int interruptions) {
    public JudgedSeconds {
        Texts.requirePresent("digest", digest);
        Ranges.require("lines", lines, 1, Long.MAX_VALUE);
        Ranges.require("interruptions", interruptions, 0, Integer.MAX_VALUE);
    }
}
