package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.WhenBad;
import java.util.List;

/**
 * How a version is looked after once it is verified: the slice of the policy that an environment needs for that.
 *
 * @param contacts who is told when it goes bad, at most 50
 * @param whenBad what is done then; absent is {@link WhenBad#ALERT}
 */
public record Care(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Policy.Contact> contacts,

        @JsonSetter WhenBad whenBad) {
    private static final int CONTACTS_MAX = 50;

    /** Nobody is named, and nothing is done but told. */
    public static final Care NONE = new Care(List.of(), WhenBad.ALERT);

    public Care {
        contacts = List.copyOf(contacts);
        Ranges.require("care.contacts: their number", contacts.size(), 0, CONTACTS_MAX);
        whenBad = whenBad == null ? WhenBad.ALERT : whenBad;
    }
}
