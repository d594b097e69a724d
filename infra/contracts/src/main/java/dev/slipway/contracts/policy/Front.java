package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How users come to an environment. What is left out of the JSON is what absence means, so that the hash of a policy that
 * says nothing of it stays as it was.
 *
 * @param hosts names by which the front answers, as {@link HostNames} has them; empty is the one by default
 * @param limits how much this traffic may take of a gateway; absent is {@link TrafficLimits#DEFAULT}
 * @param cohort requests that get the new version whenever it has a share, or null
 */
public record Front(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> hosts,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = TrafficLimits.IfAbsent.class) @JsonSetter
        TrafficLimits limits,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cohort cohort) {
    /** By the name by default, within the limits by default. */
    public static final Front DEFAULT = new Front(List.of(), TrafficLimits.DEFAULT, null);

    public Front {
        HostNames.require(hosts);
        hosts = List.copyOf(hosts);
        limits = limits == null ? TrafficLimits.DEFAULT : limits;
    }

    /** Equals the front that need not be written. */
    public static final class IfAbsent {
        @Override
        public boolean equals(@Nullable Object value) {
            return DEFAULT.equals(value);
        }

        @Override
        public int hashCode() {
            return DEFAULT.hashCode();
        }
    }
}
