package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WhenBad;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    /** Nobody is named, and nothing is done but told. */
    public static final Care NONE = new Care(List.of(), WhenBad.ALERT);

    public Care {
        contacts = List.copyOf(contacts);
        whenBad = whenBad == null ? WhenBad.ALERT : whenBad;
    }

    /** Null where nothing is to be remembered. */
    static @Nullable Care of(List<Policy.Contact> contacts, WhenBad whenBad) {
        Care care = new Care(contacts, whenBad);
        return care.equals(NONE) ? null : care;
    }
}
