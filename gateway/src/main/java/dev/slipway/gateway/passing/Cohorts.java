package dev.slipway.gateway.passing;

import dev.slipway.contracts.policy.Cohort;
import java.util.List;
import java.util.function.Function;

/** Tells the requests that a policy gives the new version to. */
public final class Cohorts {
    private Cohorts() {}

    /**
     * Whether a request carries exactly what the cohort names.
     *
     * @param values of a header by its name, whatever its case
     */
    public static boolean carries(Function<String, List<String>> values, Cohort cohort) {
        return switch (cohort.source()) {
            case HEADER -> values.apply(cohort.name()).contains(cohort.value());
            case COOKIE ->
                Cookies.value(values.apply("Cookie"), cohort.name())
                        .filter(cohort.value()::equals)
                        .isPresent();
        };
    }
}
